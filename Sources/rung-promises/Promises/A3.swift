import PolicySemantics
import PolicyUnits
import PromiseEvidence
import RoutingLedger
import RoutingRuntime
import RoutingTestSupport

/// The bill never exceeds the reservation.
///
/// Generated tariffs and bills in this process, by the one function that prices calls; then the bills
/// of a provider, call by call, against what the rows say was set aside for them.
enum A3: Promise {
  static let name = "A3"
  static let text = "a bill never exceeds what was set aside for its call"

  static func tried(_ trial: Trial) async throws -> Verdict {
    var random = trial.random("a3")
    var findings: [String] = []
    let wanted = trial.count(1_000_000, atLeast: 50_000)
    var priced = 0
    var tight = 0
    while priced < wanted, findings.count < 5 {
      let prices = prices(&random)
      let tariff = Tariff(prices)
      for _ in 0..<20 {
        let input = amount(&random)
        let output = amount(&random)
        let usage = usage(input: input, output: output, &random)
        guard let bill = tariff.cost(of: usage),
          let most = tariff.atMost(input: input, output: output)
        else { continue }
        priced += 1
        if bill == most { tight += 1 }
        if bill > most {
          findings.append("\(bill.nanos) nano billed, \(most.nanos) set aside: \(usage), \(prices)")
        }
      }
      if priced % 1000 < 20 { trial.progress.show("A3 bill \(priced) of \(wanted)") }
    }
    if tight * 1000 < priced { findings.append("no bill came near its bound: a blind trial") }
    let calls = try real(trial)
    if calls.count == 0 { findings.append("no call of a provider was held against its row") }
    return .of(
      findings + calls.findings,
      "0 of \(priced) generated bills over their bound (\(tight) exactly at it), 0 of \(calls.count) "
        + "calls of the provider over what was set aside for them")
  }

  /// Runs requests and holds each call of the provider against its row's reservation.
  private static func real(_ trial: Trial) throws -> (count: Int, findings: [String]) {
    let ground = try Ground(trial, "a3")
    let gateway = try ground.gateway("ledger")
    let asks = try ground.requests(trial.count(2000, atLeast: 100), in: gateway)
    let run = try gateway.run(asks, atOnce: 32, within: .seconds(300))
    guard run.ending == .exit(0) else { throw PromiseFailure("a run fails: \(run.complaint)") }
    let calls = Dictionary(
      grouping: try ground.wall.newCalls(), by: { "\($0.marker.map { "\($0)" } ?? "")/\($0.model)" }
    )
    var count = 0
    var findings: [String] = []
    for row in try LedgerBook(at: gateway.ledger).rows {
      for attempt in row.entry.attempts where attempt.attempt > 0 {
        let name = "\(row.entry.caller.user ?? "")/\(attempt.upstream ?? attempt.model ?? "")"
        guard let call = calls[name]?.first, let reserved = attempt.reserved else {
          findings.append("\(name): a call without its row's reservation")
          continue
        }
        count += 1
        let bill = Workload.bill(call)
        if bill > reserved.nanos {
          findings.append("\(name): \(bill) nano billed, \(reserved.nanos) set aside")
        }
      }
    }
    return (count, findings)
  }

  // MARK: Generated tariffs and bills

  private static func prices(_ random: inout SplitMix) -> ModelPrices {
    func price() -> Price { Price(picosPerToken: Int64(random.next() % 20_000_000)) }
    func maybe() -> Price? { random.next() % 2 == 0 ? price() : nil }
    var prices = ModelPrices(
      input: price(), output: price(), cachedInput: maybe(), cacheWrite: maybe(),
      cacheWriteLong: maybe(), reasoning: maybe())
    if random.next() % 4 == 0 { prices.perRequest = Money(nanos: Int64(random.next() % 1_000_000)) }
    var threshold: Int64 = 0
    for _ in 0..<random.next() % 3 {
      threshold += 1 + Int64(random.next() % 100_000)
      prices.longContext.append(
        LongContextStep(
          threshold: threshold, input: price(), output: price(), cachedInput: maybe(),
          cacheWrite: maybe(), cacheWriteLong: maybe(),
          appliesToWholeRequest: random.next() % 2 == 0))
    }
    return prices
  }

  /// Of every size, small ones often.
  private static func amount(_ random: inout SplitMix) -> Int64 {
    let bits = random.next() % 20
    return Int64(random.next() % (1 << (bits + 1)))
  }

  /// A bill within what was allowed: often all of it, divided among the kinds at random.
  private static func usage(
    input: Int64, output: Int64, _ random: inout SplitMix
  ) -> Usage {
    func part(_ whole: Int64) -> Int64 {
      switch random.next() % 4 {
      case 0: 0
      case 1: whole
      default: Int64(random.next() % UInt64(whole + 1))
      }
    }
    let sent = random.next() % 2 == 0 ? input : part(input)
    let written = random.next() % 2 == 0 ? output : part(output)
    let cached = part(sent)
    let kept = part(sent - cached)
    return Usage(
      input: sent, cachedInput: cached, cacheWrite: kept,
      cacheWriteLong: part(sent - cached - kept),
      output: written, reasoning: part(written))
  }
}
