import HTTPUpstream
import Testing

/// Nothing in a request chooses where bytes go (F1).
@Suite(.serialized) struct `Where bytes go` {
  static let policy = "otherwise { use cheap }"

  /// Body fields that choose an upstream in one gateway or another; TRAP is a host nobody may reach.
  static let fields = [
    #""api_base":"TRAP""#, #""base_url":"TRAP""#, #""baseURL":"TRAP""#, #""api_key":"sk-x""#,
    #""endpoint":"TRAP""#, #""host":"TRAP""#, #""url":"TRAP""#, #""proxy":"TRAP""#,
    #""proxies":{"http":"TRAP","https":"TRAP"}"#, #""custom_host":"TRAP""#,
    #""customHost":"TRAP""#, #""azure_endpoint":"TRAP""#, #""api_version":"TRAP""#,
    #""litellm_params":{"api_base":"TRAP"}"#,
    #""model_list":[{"litellm_params":{"api_base":"TRAP"}}]"#,
    #""fallbacks":[{"cheap":["TRAP"]}]"#, #""context_window_fallbacks":[{"api_base":"TRAP"}]"#,
    #""router_settings":{"api_base":"TRAP"}"#,
    #""user_config":{"model_list":[{"api_base":"TRAP"}]}"#,
    #""extra_headers":{"Host":"TRAP"}"#, #""headers":{"Host":"TRAP"}"#,
    #""default_headers":{"X-Forwarded-Host":"TRAP"}"#, #""extra_body":{"base_url":"TRAP"}"#,
    #""extra_query":{"api_base":"TRAP"}"#, #""callback_url":"TRAP""#, #""webhook_url":"TRAP""#,
    #""success_callback":["TRAP"]"#, #""upstream":"TRAP""#, #""provider":{"base_url":"TRAP"}"#,
    #""target":"TRAP""#, #""targets":[{"override_params":{"base_url":"TRAP"}}]"#,
    #""config":{"custom_host":"TRAP"}"#, #""deployment_id":"../../TRAP""#,
    #""organization":"TRAP""#, #""metadata":{"api_base":"TRAP","base_url":"TRAP"}"#,
    #""credentials":{"endpoint":"TRAP"}"#, #""region_name":"TRAP""#,
  ]

  static let headers: [(String, String)] = [
    ("x-forwarded-host", "TRAP"), ("x-forwarded-for", "TRAP"),
    ("x-forwarded-proto", "TRAP"), ("x-forwarded-server", "TRAP"), ("forwarded", "host=TRAP"),
    ("x-real-ip", "TRAP"), ("x-original-url", "http://TRAP/"), ("x-rewrite-url", "http://TRAP/"),
    ("x-host", "TRAP"), ("proxy", "http://TRAP"), ("proxy-authorization", "Basic eDp4"),
    ("x-portkey-custom-host", "http://TRAP/v1"), ("x-portkey-config", #"{"custom_host":"TRAP"}"#),
    ("x-litellm-api-base", "http://TRAP"), ("x-api-base", "http://TRAP"),
    ("openai-base-url", "http://TRAP"), ("x-base-url", "http://TRAP"),
    ("x-upstream", "http://TRAP"), ("x-target-url", "http://TRAP"),
    ("helicone-target-url", "http://TRAP"), ("x-azure-endpoint", "http://TRAP"),
    ("destination", "http://TRAP"), ("referer", "http://TRAP"), ("origin", "http://TRAP"),
    ("x-envoy-original-path", "http://TRAP"), ("x-http-host-override", "TRAP"),
    ("x-rung-upstream", "http://TRAP"), ("x-rung-base-url", "http://TRAP"),
    ("x-standin-fault", "redirect"), ("x-original-host", "TRAP"), ("true-client-ip", "TRAP"),
  ]

  private static func one(
    _ wall: RecordingWall, _ test: (GatewayGround) async throws -> Void
  ) async throws {
    try await GatewayGround.with(
      policy, catalog: { _ in GatewayGround.catalog(at: "http://127.0.0.1:\(wall.port)/v1") }, test)
  }

  private static func check(_ request: String, of wall: RecordingWall) {
    #expect(request.hasPrefix("POST /v1/chat/completions HTTP/1.1\r\n"), "\(request.prefix(120))")
    let head = request.prefix(
      request.utf8.count - (request.split(separator: "\r\n\r\n").last?.utf8.count ?? 0))
    let hosts = head.split(separator: "\r\n").filter { $0.lowercased().hasPrefix("host:") }
    #expect(hosts == ["Host: 127.0.0.1:\(wall.port)"])
  }

  @Test func `is the catalog's to say, whatever fields and headers say`() async throws {
    let wall = try await RecordingWall.start()
    let trap = try await RecordingWall.start()
    try await Self.one(wall) { ground in
      var asked = 0
      let name = "127.0.0.1:\(trap.port)"
      for field in Self.fields {
        let more = "," + field.replacing("TRAP", with: name)
        let answer = try await ground.send(
          body: GatewayGround.chat("hi", more: more), headers: [])
        #expect([200, 400].contains(answer.status), "\(field): \(answer.status)")
        if answer.status == 200 { asked += 1 }
      }
      for (field, value) in Self.headers {
        let answer = try await ground.send(
          body: GatewayGround.chat("hi"), headers: [(field, value.replacing("TRAP", with: name))])
        // No page may spend where nobody shows a key.
        #expect(answer.status == (field == "origin" ? 403 : 200), "\(field): \(answer.status)")
        if answer.status == 200 { asked += 1 }
      }
      for model in ["http://\(name)/v1", "openai/\(name)", "//\(name)", "../\(name)"] {
        let answer = try await ground.send(
          body: GatewayGround.chat("hi", model: model), headers: [])
        if answer.status == 200 { asked += 1 }
      }
      #expect(wall.requests.count == asked && asked > 40)
      for request in wall.requests { Self.check(request, of: wall) }
      for (field, value) in Self.headers {
        let line = "\r\n\(field): \(value.replacing("TRAP", with: name))\r\n"
        #expect(!wall.requests.contains { $0.lowercased().contains(line.lowercased()) }, "\(field)")
      }
    }
    #expect(trap.connections == 0)
    await wall.stop()
    await trap.stop()
  }

  @Test func `is the catalog's to say, whatever the request line says`() async throws {
    let wall = try await RecordingWall.start()
    let trap = try await RecordingWall.start()
    try await Self.one(wall) { ground in
      let name = "127.0.0.1:\(trap.port)"
      let body = GatewayGround.chat("hi")
      for line in [
        "POST /v1/chat/completions HTTP/1.1", "POST http://\(name)/v1/chat/completions HTTP/1.1",
        "CONNECT \(name) HTTP/1.1",
        "POST //\(name)/v1/chat/completions HTTP/1.1",
        "POST /v1/chat/completions?api_base=http://\(name) HTTP/1.1",
        "POST /v1/chat/completions@\(name) HTTP/1.1",
        "POST /v1/chat/completions/../../\(name) HTTP/1.1", "GET http://\(name)/ HTTP/1.1",
        "GET /v1/models/http://\(name)/ HTTP/1.1",
      ] {
        let message =
          "\(line)\r\nHost: \(name)\r\nConnection: close\r\n"
          + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        let heard = try await RawCaller.ask(message, of: ground.port)
        #expect(heard.statuses.allSatisfy { $0 < 500 }, "\(line): \(heard.statuses)")
      }
      // The first names the trap as its host only, and is served.
      #expect(!wall.requests.isEmpty)
      for request in wall.requests { Self.check(request, of: wall) }
    }
    #expect(trap.connections == 0)
    await wall.stop()
    await trap.stop()
  }

  @Test(arguments: [
    "301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect",
  ])
  func `follows no redirect`(status: String) async throws {
    let trap = try await RecordingWall.start()
    let location = "location: http://127.0.0.1:\(trap.port)/v1/chat/completions\r\n"
    let wall = try await RecordingWall.start { _ in
      RecordingWall.answer(status, "{}", more: location)
    }
    try await Self.one(wall) { ground in
      let answer = try await ground.send(body: GatewayGround.chat("hi"), headers: [])
      #expect(answer.status >= 500)
      #expect(!wall.requests.isEmpty)
    }
    #expect(trap.connections == 0)
    await wall.stop()
    await trap.stop()
  }
}
