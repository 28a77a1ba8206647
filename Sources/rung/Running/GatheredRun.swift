import PolicyCompiler
import PolicySemantics
import PolicyWorkspace
import RoutingCache
import RoutingLedger
import RoutingService

/// Runs a set of requests under one policy to their end: a gold set, or a prompt that is tried.
///
/// Whatever is called goes the way of any request: the policy's guards, budgets and ledger.
struct GatheredRun {
  let arguments: RequestArguments
  let recording: LedgerArguments
  let address: String?
  let purse: BatchPurse?
  let atOnce: Int

  /// A row for each request, in their order.
  func rows(
    _ requests: [RequestFile], in compilation: PolicyCompilation, saying label: String
  ) async throws -> [RunRow] {
    let compiled = try compilation.sound()
    let decisions = try DecisionDesk(compiled, arguments)
    let ledger = try recording.open(currency: compiled.policy.vocabulary.currency)
    var settings = RequestService.Settings()
    settings.textLife = recording.keepPrompts?.milliseconds
    // Answers of other runs are no evidence of this one.
    let store = AnswerStore(clock: { Moment.timestamp })
    let room = RunRoom(
      decisions, ledger, store, calling: address, sources: compilation.kept.archive,
      settings: settings)
    var runDesk = RunDesk(desk: decisions, service: room.service, idempotencyKey: nil)
    runDesk.purse = purse
    let interruption = Interruption()
    let (work, atOnce) = (runDesk, atOnce)
    let result = await Result.of {
      try await Progress.during(label) {
        try await interruption.cancelling {
          var rows: [Int: RunRow] = [:]
          try await work.run(requests, atOnce: atOnce) { rows[$0] = $1 }
          return rows
        }
      }
    }
    await room.close()
    let rows = try result.get()
    guard !interruption.hasCome, rows.count == requests.count else {
      throw CommandFailure("interrupted; what was called is on record", exit: .couldNotRun)
    }
    return requests.indices.compactMap { rows[$0] }
  }
}
