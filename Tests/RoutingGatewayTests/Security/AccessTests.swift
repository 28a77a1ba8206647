import HTTPUpstream
import JSONReading
import RoutingGateway
import StandInProvider
import Testing

@Suite(.serialized) struct `Who may ask for a route` {
  static let policy = """
    facts { team : search | support = support from key }
    route own when team = search { use dear }
    otherwise { use cheap }
    """

  /// The whole list of routes anybody may ask for.
  static let open: Set<GatewayRoute> = [.health, .readiness]

  private static func code(_ answer: UpstreamAnswer) -> String? {
    (try? JSONText(answer.body))?.root["error"]?["code"]?.string
  }

  private static func path(of route: GatewayRoute) -> String {
    route.path.hasSuffix("/") ? route.path + "auto" : route.path
  }

  private static func body(for route: GatewayRoute) -> String {
    route == .cachePurge ? #"{"all":true}"# : GatewayGround.chat("hi")
  }

  private static func ask(
    _ ground: GatewayGround, _ route: GatewayRoute, _ headers: [(String, String)]
  ) async throws -> UpstreamAnswer {
    let isPost = "\(route.method)" == "POST"
    return try await ground.send(
      isPost ? .post : .get, path(of: route), isPost ? body(for: route) : "", headers: headers)
  }

  @Test(arguments: GatewayRoute.allCases)
  func `without a good key is nobody, but for health and readiness`(route: GatewayRoute)
    async throws
  {
    let keys = try GroundKeys()
    let strangers: [[(String, String)]] = [
      [], [("authorization", "Bearer rk-stranger")], [("x-api-key", "' OR '1'='1")],
      [("authorization", "Basic \(keys.caller)")],
      [("authorization", "Bearer \(keys.caller)"), ("api-key", "rk-other")],
      [("cookie", "key=\(keys.caller)")], [("x-rung-user", "admin")],
    ]
    try await GatewayGround.with(Self.policy, settings: { $0.admin = .key }, keys: keys.ring) {
      ground in
      for headers in strangers {
        let answer = try await Self.ask(ground, route, headers)
        #expect(
          (answer.status == 401) != Self.open.contains(route),
          "\(route) \(headers) \(answer.status)")
        if answer.status == 401 { #expect(answer.head["www-authenticate"] == "Bearer") }
      }
      #expect(ground.standIn.stats.requests == 0)
    }
  }

  @Test(arguments: GatewayRoute.allCases.filter { $0.access == .admin })
  func `are admins with an admin key, where a gateway is told so`(route: GatewayRoute) async throws
  {
    let keys = try GroundKeys()
    try await GatewayGround.with(Self.policy, settings: { $0.admin = .key }, keys: keys.ring) {
      ground in
      let caller = try await Self.ask(ground, route, [("x-api-key", keys.caller)])
      #expect(caller.status == 403 && Self.code(caller) == "admin_key_required")
      let admin = try await Self.ask(ground, route, [("x-api-key", keys.admin)])
      #expect(admin.status == 200, "\(String(decoding: admin.body, as: UTF8.self))")
    }
  }

  @Test(arguments: GatewayRoute.allCases.filter { $0.access == .admin })
  func `are else who is on this machine, and no page or proxy on it`(route: GatewayRoute)
    async throws
  {
    try await GatewayGround.with(Self.policy) { ground in
      #expect(try await Self.ask(ground, route, []).status == 200)
      let foreign = [
        ("x-forwarded-for", "203.0.113.9"), ("forwarded", "for=203.0.113.9"), ("via", "1.1 proxy"),
        ("x-real-ip", "127.0.0.1"), ("origin", "https://page.example"),
        ("referer", "https://page.example/"),
      ]
      for header in foreign {
        let answer = try await Self.ask(ground, route, [header])
        #expect(
          answer.status == 403 && Self.code(answer) == "admin_from_elsewhere",
          "\(header): \(answer.status)")
      }
      let hosts = [
        "rebound.example", "127.0.0.1.rebound.example", "localhost.rebound.example:80",
        "127.0.0.256", "[::1].example", "localhostile",
      ]
      for (host, status) in hosts.map({ ($0, 403) }) + [
        ("localhost", 200), ("127.0.0.1:1", 200), ("[::1]:4141", 200),
      ] {
        let body = route == .cachePurge ? Self.body(for: route) : ""
        let message =
          "\(route.method) \(Self.path(of: route)) HTTP/1.1\r\nHost: \(host)\r\n"
          + "Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        let heard = try await RawCaller.ask(message, of: ground.port)
        #expect(heard.statuses == [status], "\(host): \(heard.text.prefix(200))")
      }
    }
  }

  @Test func `are no pages in browsers where nobody shows a key`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      for route in GatewayRoute.allCases where route.access == .caller {
        for header in [
          ("origin", "https://page.example"), ("origin", "null"), ("sec-fetch-site", "cross-site"),
          ("sec-fetch-site", "same-site"),
        ] {
          let answer = try await Self.ask(ground, route, [header])
          #expect(
            answer.status == 403 && Self.code(answer) == "asked_by_page",
            "\(route) \(header): \(answer.status)")
        }
      }
      let typed = try await ground.send(.get, "/v1/models", headers: [("sec-fetch-site", "none")])
      #expect(typed.status == 200 && ground.standIn.stats.requests == 0)
    }
    let keys = try GroundKeys()
    try await GatewayGround.with(Self.policy, keys: keys.ring) { ground in
      let answer = try await ground.send(
        body: GatewayGround.chat("hi"),
        headers: [("x-api-key", keys.caller), ("origin", "https://page.example")])
      #expect(answer.status == 200, "a key is nobody else's")
    }
  }

  @Test func `ask for this machine by its name where they are told to`() async throws {
    let body = GatewayGround.chat("hi")
    func statuses(_ ground: GatewayGround) async throws -> [Int] {
      var all: [Int] = []
      for host in ["localhost:4141", "127.0.0.1", "[::1]", "rebound.example", "gateway:4141"] {
        let heard = try await RawCaller.ask(
          "POST /v1/chat/completions HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)", of: ground.port)
        all += heard.statuses
      }
      return all
    }
    try await GatewayGround.with(Self.policy, settings: { $0.onlyByOwnName = true }) { ground in
      let heard = try await statuses(ground)
      #expect(heard == [200, 200, 200, 403, 403])
    }
    try await GatewayGround.with(Self.policy) { ground in
      let heard = try await statuses(ground)
      #expect(heard == [200, 200, 200, 200, 200])
    }
  }

  @Test func `has the facts of its key, and cannot give itself others`() async throws {
    let keys = try GroundKeys()
    try await GatewayGround.with(Self.policy, keys: keys.ring) { ground in
      for field in ["authorization", "api-key", "x-api-key"] {
        let value = field == "authorization" ? "Bearer \(keys.caller)" : keys.caller
        let answer = try await ground.send(
          body: GatewayGround.chat("hi"), headers: [(field, value)])
        #expect(answer.status == 200 && answer.head["x-rung-route"] == "own")
      }
      let forged = try await ground.send(
        body: GatewayGround.chat("hi", more: #","metadata":{"team":"support"}"#),
        headers: [("x-api-key", keys.caller)])
      #expect(forged.status == 400 && Self.code(forged) == "fact_out_of_reach")
      let param = try JSONText(forged.body).root["error"]?["param"]?.string
      #expect(param == "metadata.team")
      #expect(ground.standIn.stats.calls == 3)
    }
  }
}

extension GatewayGround {
  func send(body: String, headers: [(String, String)]) async throws -> UpstreamAnswer {
    try await send(.post, "/v1/chat/completions", body, headers: headers)
  }
}
