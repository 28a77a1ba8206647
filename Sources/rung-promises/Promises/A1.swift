import Foundation
import LedgerSimulation
import PolicyUnits
import PromiseEvidence
import RoutingBudgets
import RoutingLedger

/// A hard cap is never passed, and it is usable: A1 and A2 share this run of the programs.
///
/// So many requests at a time that the cap falls while hundreds are under way, for a demand of ten
/// times the cap. The ledger's rows are then replayed.
struct CapTrial {
  let requests: Int
  let cap: Int64
  /// What all requests would have cost, from the mean of an unbounded run.
  let demand: Int64
  let admitted: Int
  /// The most that was settled and reserved at one time, by the rows.
  let peak: Int64
  /// The most one request set aside.
  let largest: Int64
  let open: Int
  let findings: [String]

  static func run(_ trial: Trial, name: String) throws -> CapTrial {
    let requests = trial.count(10_000, atLeast: 600)
    let mean = try meanCost(trial, name: name)
    let cap = mean * Int64(requests) / 10
    let ground = try Ground(
      trial, name, cap: "$" + decimal(cap), tiers: 1)
    let gateway = try ground.gateway("ledger")
    let asks = try ground.requests(requests, in: gateway)
    let run = try gateway.run(asks, atOnce: 256, within: .seconds(600))
    var findings: [String] = []
    if ![.exit(0), .exit(1)].contains(run.ending) {
      findings.append("the run ends with \(run.ending): \(run.complaint)")
    }
    findings += try ground.findings([run], on: gateway)
    let book = try LedgerBook(at: gateway.ledger)
    let admitted = book.rows.filter { row in row.entry.attempts.contains { $0.attempt > 0 } }
    if book.rows.count != requests {
      findings.append("\(requests) requests came, \(book.rows.count) have rows")
    }
    let sum = admitted.reduce(Int64(0)) { $0 + ($1.entry.cost.money?.nanos ?? .max / 4096) }
    if sum > cap { findings.append("the rows cost \(sum) nano under a cap of \(cap)") }
    let peak = Self.peak(admitted)
    if peak > cap { findings.append("settled + reserved came to \(peak) nano of \(cap)") }
    return CapTrial(
      requests: requests, cap: cap, demand: mean * Int64(requests), admitted: admitted.count,
      peak: peak, largest: admitted.map(reserved).max() ?? 0, open: book.open.count,
      findings: findings)
  }

  private static func reserved(_ row: ChainedEntry) -> Int64 {
    row.entry.attempts.compactMap { $0.reserved?.nanos }.max() ?? 0
  }

  /// What one request costs if nothing is in its way.
  private static func meanCost(_ trial: Trial, name: String) throws -> Int64 {
    let ground = try Ground(trial, name + "-mean", tiers: 1)
    let gateway = try ground.gateway("ledger")
    let run = try gateway.run(try ground.requests(200, in: gateway), atOnce: 16)
    guard run.ending == .exit(0) else { throw PromiseFailure("a run fails: \(run.complaint)") }
    let costs = try LedgerBook(at: gateway.ledger).rows.compactMap { $0.entry.cost.money?.nanos }
    guard costs.count == 200, let sum = Optional(costs.reduce(0, +)), sum > 0 else {
      throw PromiseFailure("the rows of 200 requests have \(costs.count) costs")
    }
    return sum / 200
  }

  /// Replays the rows: a request holds its reservation while its call runs, then its cost.
  ///
  /// A row does not say when it reserved, only that it had when its call left, and times are whole
  /// milliseconds: what is found was surely held at once, and the truth may be a little more.
  private static func peak(_ rows: [ChainedEntry]) -> Int64 {
    var steps: [(time: Int64, order: Int, amount: Int64)] = []
    for row in rows {
      let reserved = Self.reserved(row)
      let cost = row.entry.cost.money?.nanos ?? reserved
      let end = row.entry.settled?.milliseconds ?? row.entry.time.milliseconds
      let start = end - (row.entry.attempts.map(\.latency.count).max() ?? 0) + 1
      if start < end {
        steps.append((start, 1, reserved))
        steps.append((end, 0, cost - reserved))
      } else {
        steps.append((end, 0, cost))
      }
    }
    steps.sort { ($0.time, $0.order) < ($1.time, $1.order) }
    var now: Int64 = 0
    return steps.reduce(Int64(0)) { peak, step in
      now += step.amount
      return max(peak, now)
    }
  }

  /// As the policy writes it.
  static func decimal(_ nanos: Int64) -> String {
    let digits = String(nanos % 1_000_000_000)
    return "\(nanos / 1_000_000_000)." + String(repeating: "0", count: 9 - digits.count) + digits
  }
}

/// A hard cap is never passed.
enum A1: Promise {
  static let name = "A1"
  static let text = "settled + reserved never passes a hard cap"

  static func tried(_ trial: Trial) async throws -> Verdict {
    let simulated = SimulatedTrial(trial, name: "A1", requests: trial.count(100_000, atLeast: 3000))
    let cap = try CapTrial.run(trial, name: "a1")
    var findings = simulated.findings.map(\.description) + simulated.blindness + cap.findings
    if cap.admitted == cap.requests { findings.append("nobody was refused: a blind trial") }
    let share = cap.peak * 10_000 / max(1, cap.cap)
    return .of(
      findings,
      "0 nano over in \(simulated.requests) simulated requests, 256 at a time, "
        + "\(simulated.endings[.refusedByBudget, default: 0]) refused for the budget; and in "
        + "\(cap.requests) through rung run, demand 10 × cap (most settled + reserved: "
        + "\(share / 100).\(share % 100) % of it)")
  }
}
