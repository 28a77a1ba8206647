import Foundation
import HTTPUpstream
import OpenAIWire
import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits
import PolicyWorkspace
import RoutingBudgets
import RoutingCache
import RoutingCalls
import RoutingCatalog
import RoutingGates
import RoutingHealth
import RoutingLedger
import RoutingRequests
import RoutingRuntime
import RoutingService
import RoutingTestSupport
import StandInProvider
import Synchronization

/// A policy over two models of one stand-in, a service, and a ledger: requests run through real
/// sockets into real rows.
final class ServiceGround: Sendable {
  let standIn: StandIn
  let ledger: Ledger?
  let service: RequestService
  let time: SharedTime
  /// In memory; only routes with a cache use it.
  let store: AnswerStore

  struct Refused: Error, CustomStringConvertible {
    let description: String
  }

  /// `cheap` costs 0.13 in and 0.57 out per million tokens, `dear` 2.13 and 7.77 and 0.001 a call.
  ///
  /// With patience a call of those two has ten minutes: no load of the machine ends it.
  static func catalog(at address: String, isPatient: Bool = false) -> String {
    let hurried = "{connect: 1s, first_byte: 1s, whole: 1500ms}"
    let patient = "{connect: 10m, first_byte: 10m, whole: 10m}"
    return """
      currency: USD
      reference_tokenizer: qwen
      providers:
        one:
          base_url: \(address)
          key_env: GROUND_KEY
          timeouts: \(isPatient ? patient : hurried)
        slow:
          base_url: \(address)
          timeouts: {connect: 1s, first_byte: 20s, whole: 20s}
        honest:
          base_url: \(address)
          timeouts: {connect: 1s, first_byte: 20s, whole: 20s, silence: 700ms}
          bills_cancelled: no
        keyless:
          base_url: \(address)
          key_env: NOT_SET
      models:
        careful:
          provider: honest
          window: 32k
          max_output: 2k
          capabilities: [streaming]
          tokenizer: qwen
          prices: {input: 0.13, output: 0.57, date: 2026-11-21, source: test}
        patient:
          provider: slow
          window: 32k
          max_output: 2k
          capabilities: [streaming]
          tokenizer: qwen
          prices: {input: 0.13, output: 0.57, date: 2026-11-21, source: test}
        cheap:
          provider: one
          window: 32k
          max_output: 2k
          capabilities: [tools, json, json_schema, streaming]
          tokenizer: qwen
          prices: {input: 0.13, output: 0.57, date: 2026-11-21, source: test}
        dear:
          provider: one
          window: 128k
          max_output: 4k
          capabilities: [tools, json, json_schema, streaming]
          tokenizer: qwen
          prices: {input: 2.13, output: 7.77, per_request: 0.001, date: 2026-11-21, source: test}
        locked:
          provider: keyless
          window: 128k
          max_output: 4k
          tokenizer: qwen
          prices: {input: 2.13, output: 7.77, date: 2026-11-21, source: test}
      embedders:
        words:
          provider: one
          upstream: words-1
          prices: {input: 0.02, date: 2026-11-21, source: test}
      """
  }

  /// Runs a test on a ground of its own and takes everything down afterwards.
  ///
  /// `rung 1` and `catalog` are put in front of the policy. With a disk the ledger is on it, else in a
  /// file of a temporary folder.
  static func with(
    _ policy: String, script: Script = Script(), disk: MemoryDisk? = nil, keepsTexts: Bool = false,
    recording: Bool = true, isPatient: Bool = false, health: UpstreamHealth? = nil,
    pauses: HeldPauses? = nil,
    _ test: (ServiceGround) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "rung-service-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let time = SharedTime()
    var ledger: Ledger?
    if let disk {
      ledger = try Ledger(disk: disk, clock: { time.now })
    } else if recording {
      ledger = try Ledger.open(
        path: folder.appending(path: "test.ledger").path, clock: { time.now })
    }
    try await with(
      policy, script: script, on: ledger, time, keepsTexts: keepsTexts, isPatient: isPatient,
      health: health, pauses: pauses, test)
    await ledger?.close()
  }

  /// The same on a ledger that is open already.
  static func with(
    _ policy: String, script: Script = Script(), on ledger: Ledger?, _ time: SharedTime,
    keepsTexts: Bool = false, isPatient: Bool = false, health: UpstreamHealth? = nil,
    pauses: HeldPauses? = nil,
    _ test: (ServiceGround) async throws -> Void
  ) async throws {
    let standIn = try await StandIn.start(script: script)
    let client = HTTPUpstream()
    let result: Result<Void, any Error>
    do {
      try await test(
        ServiceGround(
          policy, standIn, client, ledger, time, keepsTexts: keepsTexts, isPatient: isPatient,
          health: health, pauses: pauses))
      result = .success(())
    } catch {
      result = .failure(error)
    }
    client.shutdown()
    await standIn.stop()
    try result.get()
  }

  private init(
    _ policy: String, _ standIn: StandIn, _ client: HTTPUpstream, _ ledger: Ledger?,
    _ time: SharedTime, keepsTexts: Bool, isPatient: Bool, health: UpstreamHealth?,
    pauses: HeldPauses?
  ) throws {
    let files = [
      "policy.rung": "rung 1\ncatalog \"catalog.yaml\"\n" + policy,
      "catalog.yaml": Self.catalog(at: standIn.address, isPatient: isPatient),
    ]
    var catalog: Catalog?
    let loaded = PolicyLoader.load(
      path: "policy.rung", read: { files[$0].map { Array($0.utf8) } },
      catalog: { file in
        let parsed = CatalogReader.read(file)
        catalog = parsed.value
        return (parsed.value?.vocabulary, parsed.diagnostics)
      })
    guard let checked = loaded.checked, let catalog, let key = Secret("a-key-of-the-test") else {
      throw Refused(description: "\(loaded.diagnostics.map(\.message))")
    }
    var settings = RequestService.Settings()
    if keepsTexts { settings.textLife = 1000 }
    let random = Mutex(SplitMix(state: 4))
    store = AnswerStore(clock: { time.now })
    self.standIn = standIn
    self.ledger = ledger
    self.time = time
    service = RequestService(
      Decider(try DecisionGraph(checked)), gates: try GateBook(checked), catalog: catalog,
      runner: RequestRunner(
        catalog: catalog, client: client,
        settings: CallSettings(key: { $0 == "GROUND_KEY" ? key : nil }), health: health),
      ledger: ledger, settings: settings, cache: AnswerCache(store),
      pause: pauses.map { pauses in { @Sendable in await pauses.hold($0) } }, clock: { time.now },
      random: { random.withLock { ($0.next(), $0.next()) } })
  }

  /// Answers one question, at noon.
  func ask(
    _ question: String, tenant: String? = nil, key: String? = nil, conversation: String? = nil,
    more: String = "", to sink: (any RequestSink)? = nil
  ) async throws -> RequestOutcome {
    try await send(
      #"{"messages":[{"role":"user","content":"\#(question)"}]\#(more)}"#, tenant: tenant, key: key,
      conversation: conversation, to: sink)
  }

  /// Answers one request as it is written, at noon.
  func send(
    _ body: String, tenant: String? = nil, user: String? = nil, key: String? = nil,
    conversation: String? = nil, header: String? = nil, to sink: (any RequestSink)? = nil
  ) async throws -> RequestOutcome {
    let request = try ChatRequest(Array(body.utf8))
    guard let date = CalendarDate(year: 2026, month: 11, day: 20) else {
      throw Refused(description: "date")
    }
    var input = RequestInput(
      request, moment: LocalMoment(date: date, weekday: .friday, hour: 12))
    input.tenant = tenant
    input.conversation = conversation
    if let user { input.user = user }
    var asked = AskedRequest(request: request, input: input, idempotencyKey: key)
    if let header { try asked.cache.add(header: header) }
    return try await service.answer(asked, to: sink)
  }

  /// The same question, not sent yet.
  func asked(
    _ question: String, tenant: String? = nil, key: String? = nil, more: String = ""
  ) throws -> AskedRequest {
    let body = #"{"messages":[{"role":"user","content":"\#(question)"}]\#(more)}"#
    let request = try ChatRequest(Array(body.utf8))
    guard let date = CalendarDate(year: 2026, month: 11, day: 20) else {
      throw Refused(description: "date")
    }
    var input = RequestInput(
      request, moment: LocalMoment(date: date, weekday: .friday, hour: 12))
    input.tenant = tenant
    return AskedRequest(request: request, input: input, idempotencyKey: key)
  }
}

/// A clock that stands still until it is moved: noon on 2026-11-20.
final class SharedTime: Sendable {
  private let milliseconds = Mutex<Int64>(1_795_176_000_000)

  var now: Timestamp { Timestamp(milliseconds: milliseconds.withLock { $0 }) }

  func pass(_ span: Milliseconds) { milliseconds.withLock { $0 += span.count } }
}
