import Foundation
import HTTPUpstream
import Logging
import RoutingBudgets
import RoutingCalls
import RoutingGateway
import RoutingTestSupport
import StandInProvider
import Synchronization
import Testing

/// Keys and prompts are found nowhere but where they belong (F3).
@Suite(.serialized) struct `Secrets` {
  static let provider = Canary(
    name: "provider key", text: "sk-Canary+P7/x9Qw2Er4Ty6Ui8Op0As=Df3Gh5Jk7")
  static let caller = Canary(
    name: "caller's key", text: "rk-Canary0C1x9Qw2Er4Ty6Ui8Op0AsDf3Gh5Jk7Lz9")
  static let admin = Canary(name: "admin key", text: "rk-Canary0A1v8Bn6Mm4Qq2Ww0Ee8Rr6Tt4Yy2Uu0Ii")
  static let prompt = Canary(
    name: "prompt", text: "canary-prompt 5f0e2d91/c7+b84a63 of nobody's business")

  private final class Sink: Sendable {
    let bytes = Mutex<[UInt8]>([])
    func take(_ more: [UInt8]) { bytes.withLock { $0 += more } }
  }

  static let policy = """
    facts { team : search | support = support from key }
    ladder two(max_budget = $0.05) { tier cheap  tier dear }
    otherwise { use two }
    """

  /// Faults that end within a second or so.
  static let faults: [Fault] = [
    .closeBeforeHeaders, .resetBeforeHeaders, .resetAfterHeaders, .resetMidBody, .notHTTP,
    .noContent, .badRequest, .status408, .status409, .status413, .status429, .status429Absurd,
    .status500, .status502, .status503, .status504, .contextLength, .contentFilter, .unauthorized,
    .unknownModel, .redirect, .html, .halfJSON, .brokenJSON, .errorObject, .emptyBody, .lengthLong,
    .malformedChunk, .invalidUTF8, .duplicateKeys, .streamCut, .streamWithoutDone, .streamError,
    .brokenEvent, .usageMissing, .usageNegative, .usageHuge, .wrongModel, .finishMissing,
    .finishFiltered,
  ]

  /// Bodies that are wrong, each with the prompt where it is, or beside.
  ///
  /// A role that is none is shown to whoever wrote it: it is no prompt.
  static let broken: [String] = [
    #"{"model":"auto","messages":"PROMPT"}"#, #"{"model":"auto","messages":["PROMPT"]}"#,
    #"{"model":"auto","messages":[{"role":"user","content":{"a":"PROMPT"}}]}"#,
    #"{"model":"auto","messages":[{"role":"user","content":"PROMPT"}"#,
    #"{"model":"auto","messages":[{"role":"user","content":"PROMPT"}],"temperature":"PROMPT"}"#,
    #"{"model":"auto","messages":[{"role":"user","content":"PROMPT"}],"n":3}"#,
    #"{"messages":[{"role":"user","content":"PROMPT"}],"max_tokens":-1}"#,
    #"["PROMPT"]"#, #"{"PROMPT":1}"#, #"{"model":"auto","messages":[{"content":"PROMPT"}]}"#,
  ]

  private static func logger(_ format: LogFormat, _ output: LogOutput) -> Logger {
    Logger(label: "rung") { _ in
      LineLogHandler(format, to: output, level: .trace, clock: { GroundPolicies.now })
    }
  }

  private static func catalog(at address: String) -> String {
    GatewayGround.catalog(at: address).replacing(
      "    timeouts:", with: "    key_env: CANARY_KEY\n    timeouts:")
  }

  private static func calls() -> CallSettings {
    CallSettings(key: { _ in Secret(provider.text) })
  }

  /// Sends a body with all canaries in place, and keeps what came back unless it is an answer.
  private static func ask(
    _ ground: GatewayGround, _ body: String, _ more: [(String, String)] = [],
    path: String = "/v1/chat/completions", keeping kept: inout [UInt8]
  ) async throws {
    let answer = try await ground.send(
      .post, path, body.replacing("PROMPT", with: prompt.text),
      headers: [("authorization", "Bearer \(caller.text)")] + more)
    for field in answer.head.headers { kept += Array("\(field.name): \(field.value)\n".utf8) }
    if answer.status != 200 { kept += answer.body } else { kept += Array("answered\n".utf8) }
  }

  /// Asks for all that is wrong with requests, and for what the gateway says of itself.
  private static func askWrongly(_ ground: GatewayGround, keeping kept: inout [UInt8]) async throws
  {
    for body in broken {
      for path in ["/v1/chat/completions", "/v1/decisions"] {
        try await ask(ground, body, path: path, keeping: &kept)
      }
    }
    let chat = GatewayGround.chat("PROMPT")
    try await ask(ground, chat, keeping: &kept)
    try await ask(ground, chat, [("x-rung-explain", "1")], keeping: &kept)
    try await ask(ground, chat, [("api-key", admin.text)], keeping: &kept)
    try await ask(ground, chat, path: "/v1/nowhere", keeping: &kept)
    for (method, path) in [
      (UpstreamRequest.Method.post, "/admin/reload"), (.get, "/metrics"), (.get, "/readyz"),
      (.get, "/v1/models"),
    ] {
      kept += try await ground.send(method, path, headers: [("x-api-key", admin.text)]).body
    }
  }

  private static func files(of ground: GatewayGround) throws -> [UInt8] {
    let folder = URL(filePath: ground.ledgerPath).deletingLastPathComponent()
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return try files.reduce(into: []) { $0 += try Data(contentsOf: $1) }
  }

  /// Each before a gateway of its own: a circuit that opens would spare the next its fault.
  @Test(arguments: [LogFormat.json, .text(isColoured: false)])
  func `are in no log, error, metric or ledger file`(format: LogFormat) async throws {
    let sink = Sink()
    let output = LogOutput { sink.take($0) }
    let keys = try GroundKeys(caller: Self.caller.text, admin: Self.admin.text)
    var kept: [UInt8] = []
    var ledgers: [UInt8] = []
    var calls = 0
    // The log's words are the same in both formats; the second is for how it writes them.
    let faults = format == .json ? Self.faults : Array(Self.faults.prefix(4))
    for fault in faults.map(Optional.some) + [nil] {
      let rules = fault.map { [Rule(contains: "canary", fault: $0)] } ?? []
      try await GatewayGround.with(
        Self.policy, script: Script(key: Self.provider.text, rules: rules),
        settings: { $0.admin = .key }, catalog: { Self.catalog(at: $0) }, keys: keys.ring,
        calls: Self.calls(), logger: Self.logger(format, output)
      ) { ground in
        for more in ["", #","stream":true"#] {
          try await Self.ask(ground, GatewayGround.chat("PROMPT", more: more), keeping: &kept)
        }
        if fault == nil { try await Self.askWrongly(ground, keeping: &kept) }
        calls += ground.standIn.stats.requests
        ledgers += try Self.files(of: ground)
      }
    }
    #expect(output.flush(within: 10_000))
    #expect(kept.holds(Array("answered\n".utf8)))
    let log = sink.bytes.withLock { $0 }
    for (place, bytes) in [("errors", kept), ("ledgers", ledgers), ("the log", log)] {
      for canary in [Self.provider, Self.caller, Self.admin, Self.prompt] {
        let isIn = canary.isIn(bytes)
        #expect(!isIn, "the \(canary.name) is in \(place)")
      }
    }
    SharedData.say(
      "no canary after \(calls) calls: errors and metrics \(kept.count) bytes, ledgers "
        + "\(ledgers.count), log \(log.count)")
    #expect(calls >= 2 * faults.count && log.count > 3_000 && ledgers.count > 100_000)
  }

  @Test func `are in no error when a provider repeats them`() async throws {
    let wall = try await RecordingWall.start { request in
      let key = request.split(separator: "\r\n").first {
        $0.lowercased().hasPrefix("authorization:")
      }
      let body =
        #"{"error":{"message":"Incorrect API key provided: \#(key ?? "")","type":"x","code":"invalid_api_key"}}"#
      return RecordingWall.answer("401 Unauthorized", body)
    }
    let keys = try GroundKeys(caller: Self.caller.text, admin: Self.admin.text)
    let sink = Sink()
    let output = LogOutput { sink.take($0) }
    try await GatewayGround.with(
      "otherwise { use cheap }",
      catalog: { _ in Self.catalog(at: "http://127.0.0.1:\(wall.port)/v1") }, keys: keys.ring,
      calls: Self.calls(), logger: Self.logger(.json, output)
    ) { ground in
      for stream in ["", #","stream":true"#] {
        let answer = try await ground.send(
          body: GatewayGround.chat("hi", more: stream), headers: [("x-api-key", Self.caller.text)])
        #expect(answer.status >= 400)
        #expect(!Self.provider.isIn(answer.body))
      }
      // The wall got the provider's key, and never the caller's.
      let seen = Array(wall.requests.joined().utf8)
      #expect(Self.provider.isIn(seen) && !Self.caller.isIn(seen))
    }
    #expect(output.flush(within: 10_000))
    #expect(!Self.provider.isIn(sink.bytes.withLock { $0 }))
    await wall.stop()
  }

  @Test func `would be found in each disguise`() {
    for canary in [Self.provider, Self.prompt] {
      let disguises = [
        canary.text, String(canary.text.prefix(20)),
        Data("x: \(canary.text)!".utf8).base64EncodedString(),
        Data("ab\(canary.text)".utf8).base64EncodedString(),
        Data("Bearer \(canary.text)".utf8).base64EncodedString(),
        canary.text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "",
      ]
      for disguise in disguises {
        #expect(canary.isIn(Array("before \(disguise) after".utf8)), "\(disguise)")
      }
      #expect(!canary.isIn(Array("nothing of the kind".utf8)))
    }
  }
}
