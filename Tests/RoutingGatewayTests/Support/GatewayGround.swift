import CallerKeys
import Foundation
import HTTPUpstream
import Logging
import RoutingCalls
import RoutingGateway
import RoutingLedger
import StandInProvider
import Tracing

/// A gateway in this process on a free port, before a stand-in provider, over a ledger on disk:
/// requests run through real sockets on both sides into real rows.
final class GatewayGround: Sendable {
  let standIn: StandIn
  let gateway: Gateway
  let ledger: Ledger
  /// To read rows from, beside the ledger that is open.
  let ledgerPath: String
  let port: Int
  /// What the next reload takes.
  let policies: GroundPolicies
  private let client = HTTPUpstream()

  var address: String { "http://127.0.0.1:\(port)" }

  struct Refused: Error, CustomStringConvertible {
    let description: String
  }

  /// `cheap` costs 0.13 in and 0.57 out per million tokens, `dear` 2.13 and 7.77.
  static func catalog(at address: String) -> String {
    """
    currency: USD
    reference_tokenizer: qwen
    providers:
      one:
        base_url: \(address)
        timeouts: {connect: 1s, first_byte: 2s, whole: 5s}
    models:
      cheap:
        provider: one
        window: 32k
        max_output: 2k
        capabilities: [tools, json, json_schema, streaming, images]
        tokenizer: qwen
        prices: {input: 0.13, output: 0.57, date: 2026-11-21, source: test}
      dear:
        provider: one
        window: 128k
        max_output: 4k
        capabilities: [tools, json, json_schema, streaming, images]
        tokenizer: qwen
        prices: {input: 2.13, output: 7.77, date: 2026-11-21, source: test}
    embedders:
      small: {provider: one, dimensions: 8, prices: {input: 0.02}}
    """
  }

  /// Runs a test before a gateway of its own and takes everything down afterwards.
  ///
  /// `rung 1` and `catalog` are put in front of the policy.
  static func with(
    _ policy: String, script: Script = Script(),
    settings change: (inout GatewaySettings) -> Void = { _ in },
    catalog: @escaping @Sendable (_ standIn: String) -> String = { catalog(at: $0) },
    upstream configuration: HTTPUpstream.Configuration = .init(),
    tracer: (any Tracer)? = nil,
    keys: KeyRing? = nil, keepsRows: Bool = true, calls: CallSettings = CallSettings(),
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
    _ test: (GatewayGround) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "rung-gateway-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let standIn = try await StandIn.start(script: script)
    let path = folder.appending(path: "test.ledger").path
    let ledger = try Ledger.open(path: path, clock: { GroundPolicies.now })
    let upstream = HTTPUpstream(configuration: configuration)
    let policies = GroundPolicies(
      policy, catalog: catalog(standIn.address), client: upstream,
      ledger: keepsRows ? ledger : nil,
      keys: keys, calls: calls)
    var settings = GatewaySettings()
    settings.port = 0
    settings.watchesFiles = false
    settings.drain = .seconds(2)
    change(&settings)
    let result: Result<Void, any Error>
    do {
      result = .success(
        try await run(policies, standIn, (ledger, path), settings, (logger, tracer), test))
    } catch {
      result = .failure(error)
    }
    upstream.shutdown()
    await ledger.close()
    await standIn.stop()
    try result.get()
  }

  private static func run(
    _ policies: GroundPolicies, _ standIn: StandIn, _ ledger: (open: Ledger, path: String),
    _ settings: GatewaySettings, _ watching: (logger: Logger, tracer: (any Tracer)?),
    _ test: (GatewayGround) async throws -> Void
  ) async throws {
    let gateway = Gateway(
      settings, serving: try policies.version(), reloading: policies.loading,
      observer: GatewayObserver(
        logger: watching.logger, health: policies.health, tracer: watching.tracer),
      clock: { GroundPolicies.now },
      random: { (.random(in: 0...(.max)), .random(in: 0...(.max))) })
    let (ports, found) = AsyncStream<Int>.makeStream()
    let serving = Task {
      defer { found.finish() }
      try await gateway.run { found.yield($0) }
    }
    guard let port = await ports.first(where: { _ in true }) else {
      try await serving.value
      throw Refused(description: "the gateway did not start")
    }
    let ground = GatewayGround(standIn, gateway, ledger, port, policies)
    let result: Result<Void, any Error>
    do {
      result = .success(try await test(ground))
    } catch {
      result = .failure(error)
    }
    ground.client.shutdown()
    let stopping = Task { await gateway.stop() }
    try await serving.value
    stopping.cancel()
    try result.get()
  }

  private init(
    _ standIn: StandIn, _ gateway: Gateway, _ ledger: (open: Ledger, path: String), _ port: Int,
    _ policies: GroundPolicies
  ) {
    self.standIn = standIn
    self.gateway = gateway
    self.ledger = ledger.open
    ledgerPath = ledger.path
    self.port = port
    self.policies = policies
  }

  /// The rows that are committed by now, oldest first.
  func rows() throws -> [LedgerEntry] {
    try LedgerReader(path: ledgerPath).last(.max).map(\.entry)
  }

  /// A whole answer, whatever its status.
  func send(
    _ method: UpstreamRequest.Method = .post, _ path: String = "/v1/chat/completions",
    _ body: String = "", headers: [(String, String)] = []
  ) async throws -> UpstreamAnswer {
    try await client.sendWhole(request(method, path, body, headers))
  }

  /// An answer as it comes.
  func stream(
    _ body: String, headers: [(String, String)] = []
  ) async throws -> UpstreamResponse {
    try await client.send(request(.post, "/v1/chat/completions", body, headers))
  }

  private func request(
    _ method: UpstreamRequest.Method, _ path: String, _ body: String,
    _ headers: [(String, String)]
  ) -> UpstreamRequest {
    UpstreamRequest(
      method, address + path, headers: headers.map { UpstreamHeader($0.0, $0.1) },
      body: Array(body.utf8))
  }

  /// A chat request with one question; `more` starts with a comma.
  static func chat(_ question: String, model: String = "auto", more: String = "") -> String {
    #"{"model":"\#(model)","messages":[{"role":"user","content":"\#(question)"}]\#(more)}"#
  }
}
