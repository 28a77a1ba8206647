import HTTPUpstream
import OpenAIWire
import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits
import PolicyWorkspace
import RoutingCalls
import RoutingCatalog
import RoutingGates
import RoutingHealth
import RoutingRequests
import RoutingRuntime
import StandInProvider

/// A policy over two models of one stand-in, ready to run requests through real sockets.
struct Ground {
  let standIn: StandIn
  /// One for all requests, as a command has it: it remembers which connections not to trust.
  private let runner: RequestRunner
  private let loaded: (graph: DecisionGraph, gates: GateBook)

  struct Refused: Error, CustomStringConvertible {
    let description: String
  }

  /// `cheap` costs 0.13 in and 0.57 out per million tokens, `dear` 2.13 and 7.77 and 0.001 a call.
  static func catalog(at address: String) -> String {
    """
    currency: USD
    reference_tokenizer: qwen
    providers:
      one:
        base_url: \(address)
        key_env: GROUND_KEY
        timeouts: {connect: 1s, first_byte: 1s, whole: 1500ms}
      slow:
        base_url: \(address)
        timeouts: {connect: 1s, first_byte: 20s, whole: 20s}
      honest:
        base_url: \(address)
        timeouts: {connect: 1s, first_byte: 20s, whole: 20s, silence: 700ms}
        bills_cancelled: no
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
    """
  }

  /// Runs a test on a ground of its own and takes everything down afterwards.
  ///
  /// `rung 1` and `catalog` are put in front of the policy, and `models` stand beside the others in
  /// the catalog.
  static func with(
    _ policy: String, script: Script = Script(), models: String = "",
    key: String? = "a-key-of-the-test", health: UpstreamHealth? = nil,
    _ test: (Ground) async throws -> Void
  ) async throws {
    let standIn = try await StandIn.start(script: script)
    let client = HTTPUpstream()
    do {
      let ground = try Ground(policy, standIn, client, models: models, key: key, health)
      try await test(ground)
    } catch {
      client.shutdown()
      await standIn.stop()
      throw error
    }
    client.shutdown()
    await standIn.stop()
  }

  private init(
    _ policy: String, _ standIn: StandIn, _ client: HTTPUpstream, models: String, key: String?,
    _ health: UpstreamHealth?
  ) throws {
    let files = [
      "policy.rung": "rung 1\ncatalog \"catalog.yaml\"\n" + policy,
      "catalog.yaml": Self.catalog(at: standIn.address) + "\n" + models,
    ]
    var catalog: Catalog?
    let loaded = PolicyLoader.load(
      path: "policy.rung", read: { files[$0].map { Array($0.utf8) } },
      catalog: { file in
        let parsed = CatalogReader.read(file)
        catalog = parsed.value
        return (parsed.value?.vocabulary, parsed.diagnostics)
      })
    guard let checked = loaded.checked, let catalog else {
      throw Refused(description: "\(loaded.diagnostics.map(\.message))")
    }
    self.loaded = (try DecisionGraph(checked), try GateBook(checked))
    self.standIn = standIn
    let key = key.flatMap { Secret($0) }
    runner = RequestRunner(
      catalog: catalog, client: client,
      settings: CallSettings(key: { $0 == "GROUND_KEY" ? key : nil }), health: health)
  }

  /// The longest the calls of a question can take.
  func longest(_ question: String) throws -> Milliseconds {
    let (_, _, decision, climb) = try decide(question)
    return runner.longest(climb, plan: decision.plan)
  }

  /// Decides one question and makes its calls.
  func run(
    _ question: String, more: String = "", to sink: (any AnswerSink)? = nil,
    keepsTexts: Bool = true, permit: (Spending) async -> Bool = { _ in true }
  ) async throws -> RunRecord {
    let streamed = sink == nil ? more : more + #","stream":true"#
    let (request, input, decision, climb) = try decide(question, more: streamed)
    let asked = GateRequest(input)
    let work = ClimbWork(
      climb, plan: decision.plan, request: request, to: sink, keepsTexts: keepsTexts,
      stop: decision.plan.stop.flatMap { loaded.gates.watch($0) },
      soFar: { loaded.gates.soFar($0, $1, asked) })
    return await runner.run(
      work, permit: permit,
      gate: { GateAnswer(loaded.gates.evaluate($0.gate, $1, asked) ?? .failed) })
  }

  func decide(
    _ question: String, more: String = ""
  ) throws -> (ChatRequest, RequestInput, Decision, Climb) {
    let body = #"{"messages":[{"role":"user","content":"\#(question)"}]\#(more)}"#
    let request = try ChatRequest(Array(body.utf8))
    guard let date = CalendarDate(year: 2026, month: 11, day: 20) else {
      throw Refused(description: "date")
    }
    let moment = LocalMoment(date: date, weekday: .friday, hour: 12)
    let input = RequestInput(request, moment: moment)
    let decider = Decider(loaded.graph)
    let decision = try decider.decide(input)
    guard let climb = Climb(decision, in: decider.frozen) else {
      throw Refused(description: "\(decision.outcome)")
    }
    return (request, input, decision, climb)
  }
}
