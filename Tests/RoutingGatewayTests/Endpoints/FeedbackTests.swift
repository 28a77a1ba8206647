import CallerKeys
import HTTPUpstream
import JSONReading
import PolicySource
import RoutingBudgets
import RoutingLedger
import Testing

@Suite struct `Feedback over HTTP` {
  private static let policy = "otherwise { use cheap }"

  private static func ask(
    _ ground: GatewayGround, _ headers: [(String, String)] = []
  ) async throws -> (name: String, id: String) {
    let answer = try await ground.send(
      .post, "/v1/chat/completions", GatewayGround.chat("hello"), headers: headers)
    #expect(answer.status == 200)
    let id = try JSONText(answer.body).root["id"]?.string
    return (try #require(answer.head["x-request-id"]), try #require(id))
  }

  private static func say(
    _ ground: GatewayGround, _ request: String, _ rating: String, _ more: String = "",
    _ headers: [(String, String)] = []
  ) async throws -> UpstreamAnswer {
    try await ground.send(
      .post, "/v1/feedback", #"{"request_id":"\#(request)","rating":\#(rating)\#(more)}"#,
      headers: headers)
  }

  private static func code(_ answer: UpstreamAnswer) throws -> String? {
    try JSONText(answer.body).root["error"]?["code"]?.string
  }

  @Test func `is in the ledger when it is answered, and the newest counts`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let (name, id) = try await Self.ask(ground)
      let first = try await Self.say(ground, name, #""bad""#)
      #expect(first.status == 200)
      #expect(
        String(decoding: first.body, as: UTF8.self)
          == #"{"object":"feedback","request_id":"\#(name)","rating":"bad"}"#)
      let second = try await Self.say(ground, id, "7.5e-1", #","comment":"better \u0007 now""#)
      #expect(
        String(decoding: second.body, as: UTF8.self)
          == #"{"object":"feedback","request_id":"\#(name)","rating":0.75}"#)
      let third = try await Self.say(
        ground, name.lowercased(), #""good""#, #","comment":null"#, [("x-rung-user", "ada")])
      #expect(third.status == 200)
      let request = try #require(RequestID(name))
      let kept = try LedgerReader(path: ground.ledgerPath).ratings(of: request, limit: 9)
      let said = kept.map(\.rating.entry)
      #expect(said.map(\.rating) == [.bad, .score(millionths: 750_000), .good])
      #expect(said.map(\.comment) == [nil, "better \u{7} now", nil])
      #expect(said.map(\.rater.user) == [nil, nil, "ada"])
      #expect(kept.map(\.counts) == [false, true, true])
      #expect(try LedgerVerifier(path: ground.ledgerPath).verify().findings.isEmpty)
    }
  }

  @Test(arguments: [
    (#"{"rating":"good"}"#, 400, "missing_field"),
    (#"{"request_id":"x"}"#, 400, "missing_field"),
    (#"{"request_id":7,"rating":"good"}"#, 400, "wrong_type"),
    (#"{"request_id":"ID","rating":"fine"}"#, 400, "invalid_value"),
    (#"{"request_id":"ID","rating":1.01}"#, 400, "invalid_value"),
    (#"{"request_id":"ID","rating":1.0000001}"#, 400, "invalid_value"),
    (#"{"request_id":"ID","rating":-0.1}"#, 400, "invalid_value"),
    (#"{"request_id":"ID","rating":1e999}"#, 400, "invalid_value"),
    (#"{"request_id":"ID","rating":true}"#, 400, "wrong_type"),
    (#"{"request_id":"ID","rating":null}"#, 400, "wrong_type"),
    (#"{"request_id":"ID","rating":"good","comment":7}"#, 400, "wrong_type"),
    (#"{"request_id":"ID","rating":"good","score":1}"#, 400, "unsupported_field"),
    (#"{"request_id":"ID","rating":"good","rating":"bad"}"#, 400, "json_duplicate_key"),
    (#"[1]"#, 400, "wrong_type"),
    ("", 400, "json_empty"),
    (#"{"request_id":"","rating":"good"}"#, 404, "request_not_found"),
    (#"{"request_id":"01KAJ5","rating":"good"}"#, 404, "request_not_found"),
    (#"{"request_id":"'; DROP TABLE rating; --","rating":"good"}"#, 404, "request_not_found"),
    (#"{"request_id":"01KAJ500000000000000000000","rating":"good"}"#, 404, "request_not_found"),
  ])
  func `that cannot be kept is refused by name`(
    body: String, status: Int, code: String
  ) async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let name = try await Self.ask(ground).name
      let answer = try await ground.send(
        .post, "/v1/feedback", body.replacing(#""ID""#, with: #""\#(name)""#))
      #expect(answer.status == status, "\(String(decoding: answer.body, as: UTF8.self))")
      #expect(try Self.code(answer) == code)
      #expect(try LedgerVerifier(path: ground.ledgerPath).verify().ratings == 0)
    }
  }

  @Test func `comments have a bound, by bytes`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let name = try await Self.ask(ground).name
      for (text, status) in [
        (String(repeating: "é", count: 1_000), 200),
        (String(repeating: "\\u00e9", count: 1_000), 200),
        (String(repeating: "é", count: 1_000) + "x", 400),
        (String(repeating: "x", count: 100_000), 400),
      ] {
        let answer = try await Self.say(ground, name, "1", #","comment":"\#(text)""#)
        #expect(answer.status == status)
      }
      #expect(try LedgerVerifier(path: ground.ledgerPath).verify().ratings == 2)
    }
  }

  @Test func `on another tenant's request is answered as on one that never was`() async throws {
    let keys = try TwoTenants()
    try await GatewayGround.with(Self.policy, keys: keys.ring) { ground in
      let name = try await Self.ask(ground, [("x-api-key", keys.acme)]).name
      let unknown = "01KAJ500000000000000000000"
      var told: [String] = []
      for (request, key) in [
        (name, keys.other), (name, keys.alone), (unknown, keys.other), (unknown, keys.acme),
      ] {
        let answer = try await Self.say(ground, request, "1", "", [("x-api-key", key)])
        #expect(answer.status == 404)
        #expect(try Self.code(answer) == "request_not_found")
        let own = try #require(answer.head["x-request-id"])
        told.append(String(decoding: answer.body, as: UTF8.self).replacing(own, with: "…"))
      }
      #expect(Set(told).count == 1)
      let request = try #require(RequestID(name))
      let reader = try LedgerReader(path: ground.ledgerPath)
      #expect(try reader.ratings(of: request, limit: 9).isEmpty)
      // Another key of the same tenant may, and the row says whose it was.
      for key in [keys.acme, keys.acmeToo] {
        let answer = try await Self.say(ground, name, "0", "", [("x-api-key", key)])
        #expect(answer.status == 200)
      }
      let raters = try reader.ratings(of: request, limit: 9).map(\.rating.entry.rater)
      #expect(raters.map(\.tenant) == ["acme", "acme"])
      #expect(raters.map(\.key) == ["web", "phone"])
      // A key without a tenant is one.
      let alone = try await Self.ask(ground, [("x-api-key", keys.alone)]).name
      let answer = try await Self.say(ground, alone, "1", "", [("x-api-key", keys.alone)])
      #expect(answer.status == 200)
    }
  }

  @Test func `is refused by name without a ledger, and with one that cannot be written`()
    async throws
  {
    try await GatewayGround.with(Self.policy, keepsRows: false) { ground in
      let answer = try await Self.say(ground, "01KAJ500000000000000000000", "1")
      #expect(answer.status == 501)
      #expect(try Self.code(answer) == "needs_ledger")
    }
    try await GatewayGround.with(Self.policy) { ground in
      let name = try await Self.ask(ground).name
      await ground.ledger.close()
      let answer = try await Self.say(ground, name, "1")
      #expect(answer.status == 503)
      #expect(try Self.code(answer) == "ledger_unavailable")
    }
  }
}

/// Keys of two tenants, and of a caller who has none.
private struct TwoTenants {
  let acme = "rk-7Qm2vT9xZ8bC3nL6pR0wE4yU1iO5aS7dF9gH2jK4lM6"
  let acmeToo = "rk-4Hs8kD1fG6hJ3kL9zX2cV5bN7mQ0wE8rT4yU6iO1pA3"
  let other = "rk-2Wd5rF8tG1yH4uJ7iK0oL3pZ6xC9vB2nM5qW8eR1tY4"
  let alone = "rk-9Pl6oK3iJ0uH7yG4tF1rD8eS5wA2qZ9xC6vB3nM0bV7"
  let ring: KeyRing

  struct NoKey: Error {}

  init() throws {
    let secret = try KeySecret("the tests keep this secret: 0123456789 abcdef")
    let span = Span(file: SourceID(0), start: 0, end: 1)
    let identities = [
      (acme, CallerIdentity(id: "web", tenant: "acme")),
      (acmeToo, CallerIdentity(id: "phone", tenant: "acme")),
      (other, CallerIdentity(id: "shop", tenant: "other")), (alone, CallerIdentity(id: "alone")),
    ]
    ring = KeyRing(
      try identities.map { text, identity in
        guard let key = PresentedKey(text) else { throw NoKey() }
        return CallerKey(identity: identity, digest: secret.digest(of: key), span: span)
      }, secret: secret)
  }
}
