import HTTPUpstream
import PolicyCompiler
import PolicySemantics
import PolicyWorkspace
import RoutingBudgets
import RoutingCache
import RoutingCalls
import RoutingLedger
import RoutingService

/// What requests are run with: the service, the ledger it records in, the answers it may give again
/// and the client it calls with.
struct RunRoom: Sendable {
  let service: RequestService
  let ledger: Ledger?
  private let store: AnswerStore
  private let client: HTTPUpstream

  /// `address` is where every provider is called instead, without its key; `sources` is what the
  /// policy was read from.
  init(
    _ desk: DecisionDesk, _ ledger: Ledger?, _ store: AnswerStore, calling address: String?,
    sources: [UInt8], settings: RequestService.Settings
  ) {
    let client = HTTPUpstream()
    var settings = settings
    settings.expectations = desk.expectations
    service = RequestService(
      desk.decider, gates: desk.compiled.gates, catalog: desk.compiled.catalog,
      runner: RequestRunner(
        catalog: desk.compiled.catalog, client: client, settings: CallSettings(baseURL: address)),
      ledger: ledger, sources: sources, settings: settings, cache: AnswerCache(store),
      clock: { Moment.timestamp },
      random: { (.random(in: 0...(.max)), .random(in: 0...(.max))) })
    self.ledger = ledger
    self.store = store
    self.client = client
  }

  /// Waits for what runs beside, then lets go of everything.
  func close() async {
    await service.finish()
    client.shutdown()
    await store.close()
    await ledger?.close()
  }
}

extension RequestArguments {
  /// What is counted by the calendar is counted when it happens.
  func checkTime(_ compiled: CompiledPolicy) throws(CommandFailure) {
    guard time != nil else { return }
    let counted = compiled.policy.budgets.first { budget in
      switch budget.window {
      case .day, .week, .month: true
      case .request, .minute, .hour, nil: false
      }
    }
    guard let counted else { return }
    throw CommandFailure(
      "`--at` would count `\(counted.name)` at another time; a run counts in the window of now: ask "
        + "`rung explain` instead")
  }
}
