import OpenAIWire
import PolicyGraph
import PolicyUnits
import RoutingBudgets
import RoutingGateway
import RoutingLedger
import RoutingRuntime
import RoutingService
import Synchronization

/// Asks the items of a batch, some at a time, and writes a line for each that is over.
///
/// A line is written once its row is committed. Nothing about routing is decided here, and about money
/// only whether another item may run.
final class BatchRun: Sendable {
  /// Why no more items are started.
  enum Stop: Sendable {
    case interrupted
    /// The next item could pass what may be spent.
    case outOfMoney
    /// The rest is in providers' batches.
    case atProviders
    case failure(CommandFailure)
  }

  /// What tells the time and waits; a test's own does not pass by itself.
  struct Pace: Sendable {
    /// In nanoseconds since anything.
    var now: @Sendable () -> Int64
    var sleep: @Sendable (_ nanoseconds: Int64) async -> Void

    /// The longest an interruption waits for a place that has not come.
    static let step: Int64 = 100_000_000

    static var real: Pace {
      let began = ContinuousClock.now
      return Pace(
        now: {
          let (seconds, attoseconds) = (ContinuousClock.now - began).components
          return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        },
        sleep: { try? await Task.sleep(for: .nanoseconds($0)) })
    }
  }

  private let desk: DecisionDesk
  let service: RequestService
  private let problems: OutcomeProblems
  private let answers: AnswersFile
  private let name: BatchName
  let purse: BatchPurse?
  private let tallied: Mutex<BatchTally>
  private let stopped = Mutex<Stop?>(nil)
  let pace: Pace

  init(
    _ desk: DecisionDesk, _ service: RequestService, to answers: AnswersFile, named name: BatchName,
    purse: BatchPurse?, tally: BatchTally, pace: Pace = .real
  ) {
    self.desk = desk
    self.service = service
    problems = OutcomeProblems(desk.explainer)
    self.answers = answers
    self.name = name
    self.purse = purse
    tallied = Mutex(tally)
    self.pace = pace
  }

  var tally: BatchTally { tallied.withLock { $0 } }
  var stop: Stop? { stopped.withLock { $0 } }

  /// Whether what is in providers' batches is still waited for: it is paid already.
  var goesOn: Bool {
    switch stop {
    case nil, .outOfMoney: true
    case .interrupted, .atProviders, .failure: false
    }
  }

  /// Starts no more items; the first reason stays.
  func stop(because reason: Stop) {
    stopped.withLock { $0 = $0 ?? reason }
    // Those under way end by themselves; those that wait for money have not begun.
    purse?.close()
  }

  /// Returns when all items are over, or those that were started before it was stopped.
  func run(_ asks: [BatchPlan.Ask], atOnce: Int, rate: BatchRate?) async {
    var bucket = rate.map(StartBucket.init)
    await withTaskGroup(of: Void.self) { group in
      var running = 0
      for (index, ask) in asks.enumerated() {
        if running == atOnce {
          await group.next()
          running -= 1
        }
        guard await mayStart(&bucket) else { break }
        running += 1
        group.addTask { await self.answer(ask, index) }
      }
    }
    do throws(CommandFailure) {
      try await answers.sync()
    } catch {
      stop(because: .failure(error))
    }
  }

  /// Waits for the item's turn; false if there is none any more.
  private func mayStart(_ bucket: inout StartBucket?) async -> Bool {
    while stop == nil, !Task.isCancelled {
      guard let wait = bucket?.take(at: pace.now()) else { return true }
      await pace.sleep(min(wait, Pace.step))
    }
    return false
  }

  private func answer(_ ask: BatchPlan.Ask, _ index: Int) async {
    let turnedAway = Mutex<Stop?>(nil)
    do {
      var asked = try self.asked(ask)
      if let purse {
        asked.admits = { most in
          let mayRun = await purse.admit(index, most)
          if !mayRun { turnedAway.withLock { $0 = most == nil ? ask.unbounded : .outOfMoney } }
          return mayRun
        }
      }
      if !ask.mayCall { asked.admits = { _ in false } }
      let outcome = try await service.answer(asked)
      if !ask.mayCall, outcome.entry.reason == "max_cost" { return }
      settle(outcome, index)
      if let reason = turnedAway.withLock({ $0 }) { return stop(because: reason) }
      try await write(outcome, ask)
    } catch let failure as CommandFailure {
      stop(because: .failure(failure))
    } catch {
      // What it cost is on record as open, and nobody knows more.
      purse?.settle(index, nil)
      stop(because: .failure(CommandFailure("\(error)", exit: .couldNotRun)))
    }
  }

  /// The item is over, and its row says what it cost.
  func settle(_ outcome: RequestOutcome, _ index: Int) {
    purse?.settle(index, (CallCost(outcome.entry.cost) + outcome.shadows).money)
  }

  /// Writes the line of an item that is over.
  func write(_ outcome: RequestOutcome, _ ask: BatchPlan.Ask) async throws(CommandFailure) {
    guard let (line, body) = line(of: outcome, ask) else { return }
    try await answers.append(line.json(body, of: name))
    tallied.withLock { tally in
      tally.add(line, from: .thisRun)
    }
  }

  /// Returns when every line is on the disk.
  func sync() async throws(CommandFailure) { try await answers.sync() }

  /// The item as the service is asked it.
  func asked(_ ask: BatchPlan.Ask) throws(CommandFailure) -> AskedRequest {
    var input = try desk.input(for: ask.item.file)
    input.moment = try desk.now()
    return AskedRequest(
      request: ask.item.file.request, input: input, idempotencyKey: ask.key)
  }

  /// Its line and what it was answered with; nil for an item that was ended before it cost anything.
  private func line(
    of outcome: RequestOutcome, _ ask: BatchPlan.Ask
  ) -> (BatchLine, body: [UInt8])? {
    if outcome.entry.status == .cancelled, outcome.entry.cost == .exact(.zero) { return nil }
    var line = BatchLine(ask.item, request: ask.request, entry: outcome.entry)
    line.asked = ask.asked
    line.before = ask.before
    line.shadows = EntryCost(outcome.shadows)
    if let body = outcome.body {
      line.status = 200
      return (line, body)
    }
    let problem = problems.problem(outcome) ?? OutcomeProblems.undecided
    line.status = problem.status
    line.problem = problem.message
    return (line, problem.body(of: line.row))
  }
}

extension BatchPlan.Ask {
  fileprivate var unbounded: BatchRun.Stop {
    .failure(
      CommandFailure(
        "\(item.file.name): nothing bounds what it may cost, which `--max-cost` needs: give it "
          + "`max_completion_tokens`, and its models prices"))
  }
}

extension RequestOutcome {
  /// The most that shadows may cost, which are asked after it is over.
  fileprivate var shadows: CallCost {
    guard case .called(let decided, _) = ending else { return .nothing }
    return decided.decision.plan.calls.filter(\.isShadow).reduce(.nothing) { sum, call in
      sum + (call.cost.atMost.money.map { .atMost($0) } ?? .unknown)
    }
  }

}

extension PlannedCall {
  fileprivate var isShadow: Bool {
    if case .shadow = step.role { isKept } else { false }
  }
}
