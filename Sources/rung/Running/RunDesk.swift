import PolicyExplain
import PolicyGraph
import RoutingLedger
import RoutingRuntime
import RoutingService

/// Hands requests to the service, one or many at a time, and gives out what became of each.
///
/// Nothing about routing or money is decided here.
struct RunDesk: Sendable {
  let desk: DecisionDesk
  let service: RequestService
  let idempotencyKey: String?
  /// What all requests of this desk may cost together; nil for no bound.
  var purse: BatchPurse?

  /// Runs `requests`, at most `atOnce` at a time, and hands each row out as it ends.
  ///
  /// A cancelled task starts no more; those under way settle and are handed out.
  func run(
    _ requests: [RequestFile], atOnce: Int, each: (Int, RunRow) -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: (Int, RunRow).self) { group in
      var waiting = requests.enumerated().makeIterator()
      var running = 0
      func start() {
        while running < atOnce, !Task.isCancelled, let (index, file) = waiting.next() {
          running += 1
          group.addTask { (index, try await run(file, index)) }
        }
      }
      start()
      while let (index, row) = try await group.next() {
        running -= 1
        start()
        each(index, row)
      }
    }
  }

  private func run(_ file: RequestFile, _ index: Int) async throws -> RunRow {
    var input = try desk.input(for: file)
    input.moment = try desk.now()
    var asked = AskedRequest(
      request: file.request, input: input, idempotencyKey: idempotencyKey)
    if let purse { asked.admits = { await purse.admit(index, $0) } }
    do throws(RequestFailure) {
      let outcome = try await service.answer(asked)
      purse?.settle(index, CallCost(outcome.entry.cost).money)
      return RunRow(
        name: file.name, user: input.user, result: .success(outcome),
        explanation: explanation(outcome, file.name))
    } catch {
      purse?.settle(index, nil)
      return RunRow(name: file.name, user: input.user, result: .failure(error), explanation: nil)
    }
  }

  private func explanation(_ outcome: RequestOutcome, _ name: String) -> Explanation? {
    switch outcome.ending {
    case .called(let decided, _), .notCalled(let decided), .full(let decided, _),
      .cached(let decided, _):
      try? desk.explain(decided.decision, of: decided.input, named: name)
    case .repeated, .unfit, .cancelled: nil
    }
  }
}
