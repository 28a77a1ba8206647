package import OpenAIWire
import PolicyGraph
import PolicySemantics
package import PolicyUnits
package import RoutingBudgets
package import RoutingCache
package import RoutingCalls
package import RoutingCatalog
package import RoutingGates
package import RoutingLedger
package import RoutingRuntime

/// Carries requests from their input to their committed row: one for each policy and ledger.
///
/// decide → claim the idempotency key → reserve → climb → settle and record in one commit → answer.
/// Every request ends in a row, whatever becomes of it, and is seen by nobody before that row is
/// committed. A task that is cancelled ends its call, and still settles and records it.
///
/// Any number of requests may be under way at once. Clock and randomness come in.
package final class RequestService: Sendable {
  package struct Settings: Sendable {
    /// What is expected of answers, beyond the catalog.
    package var expectations = Expectations()
    /// How long an idempotency key stands for its answer.
    package var keyLife: Int64 = 24 * 3600 * 1000
    /// How long texts are kept, in milliseconds; nil keeps none.
    package var textLife: Int64?
    /// How often a request is decided anew because others were quicker to reserve.
    package var turns = 16

    package init() {}
  }

  let decider: Decider
  let gates: GateBook
  let runner: RequestRunner
  let vectors: VectorBook
  let ledger: Ledger?
  let maker: EntryMaker
  let counters: BudgetCounters
  /// Models whose health the policy asks about.
  let healthRead: [ModelID]
  let settings: Settings
  let memory: RequestMemory
  /// Nil where nothing is given again.
  let cache: AnswerCache?
  /// Where requests of routes with `batch` wait for each other.
  let batches: BatchDesk
  /// What each route and arm would do, for the keys of the cache.
  let arms: ArmFingerprints
  let clock: @Sendable () -> Timestamp
  private let sources: PolicyArchive?
  let random: @Sendable () -> (UInt64, UInt64)

  /// Without a ledger nothing is recorded, and what needs to be counted is refused.
  ///
  /// `sources` is all the policy was read from: the ledger keeps it once, so that rows can be read
  /// when it has changed. `pause` returns when so much time has passed, for requests that wait for
  /// others; nil is the machine's clock.
  package init(
    _ decider: Decider, gates: GateBook, catalog: Catalog, runner: RequestRunner,
    ledger: Ledger?, sources: [UInt8]? = nil, settings: Settings = Settings(),
    memory: RequestMemory = RequestMemory(), cache: AnswerCache? = nil,
    pause: (@Sendable (Milliseconds) async -> Void)? = nil,
    clock: @escaping @Sendable () -> Timestamp,
    random: @escaping @Sendable () -> (UInt64, UInt64)
  ) {
    self.decider = decider
    self.gates = gates
    self.runner = runner
    self.ledger = ledger
    self.settings = settings
    self.memory = memory
    self.cache = cache
    let random64: @Sendable () -> UInt64 = { random().0 }
    batches =
      if let pause {
        BatchDesk(runner, pause: pause, random: random64)
      } else {
        BatchDesk(runner, random: random64)
      }
    arms = ArmFingerprints(decider.frozen.policy, catalog)
    self.clock = clock
    self.random = random
    counters = BudgetCounters(decider.graph)
    healthRead = decider.graph.modelsAskedForHealth
    let maker = EntryMaker(decider.frozen.policy, catalog)
    self.maker = maker
    vectors = VectorBook(
      runner, embedder: decider.frozen.policy.examplesEmbedder,
      record: AsideRows(
        ledger: ledger, maker: maker, fingerprints: decider.frozen.fingerprints, clock: clock,
        random: random
      ).keep)
    let fingerprints = decider.frozen.fingerprints
    let name = LedgerEntry.Fingerprints(
      policy: fingerprints.policy, catalog: fingerprints.catalog
    ).archive
    self.sources = sources.flatMap { bytes in
      name.map { PolicyArchive(fingerprint: $0, bytes: bytes) }
    }
  }

  /// Answers one request.
  ///
  /// `sink` gets the answer as it comes, its end excepted; nil for a caller who waits for all of it.
  ///
  /// - Throws: if the ledger cannot keep what has to be kept. The next request may fare better.
  package func answer(
    _ asked: AskedRequest, to sink: (any RequestSink)? = nil
  ) async throws(RequestFailure) -> RequestOutcome {
    try await answer(accept(asked), to: sink)
  }

  /// The same for a request that has been accepted.
  package func answer(
    _ request: AcceptedRequest, to sink: (any RequestSink)? = nil
  ) async throws(RequestFailure) -> RequestOutcome {
    try await keepSources(for: request.id)
    let run = RequestRun(self, request, to: sink)
    return try await run.outcome()
  }

  /// Gives a request its name and its time.
  @inline(never)
  package func accept(_ asked: AskedRequest) -> AcceptedRequest {
    let time = clock()
    return AcceptedRequest(
      asked, id: asked.id ?? RequestID(at: time, random: random()), time: time,
      fingerprints: decider.frozen.fingerprints)
  }

  /// Answers a request for vectors; `asked` is how the policy reads it.
  ///
  /// - Returns: what became of it, and the vectors if it was answered now.
  /// - Throws: as ``answer(_:to:)`` does.
  package func embed(
    _ wanted: EmbeddingsRequest, asked: AskedRequest
  ) async throws(RequestFailure) -> (RequestOutcome, EmbeddingsResponse?) {
    let request = accept(asked)
    try await keepSources(for: request.id)
    let run = RequestRun(self, request, to: nil)
    return try await run.embedding(wanted)
  }

  /// Where answers that may be given again are kept; nil if they are not.
  package var answers: AnswerStore? { cache?.store }

  /// Returns once every shadow has its row: to be awaited before the ledger is closed.
  package func finish() async { await memory.finish() }

  /// Once for each policy: what rows name has to be there before they are.
  func keepSources(for id: RequestID) async throws(RequestFailure) {
    guard let ledger, let sources else { return }
    do throws(LedgerFailure) {
      try await ledger.keep(sources)
    } catch {
      throw RequestFailure(id: id, description: error.description)
    }
  }
}
