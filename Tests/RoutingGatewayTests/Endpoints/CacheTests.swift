import HTTPUpstream
import JSONReading
import OpenAIWire
import PolicyUnits
import RoutingLedger
import StandInProvider
import Testing

@testable import RoutingGateway

@Suite struct `The exact cache over HTTP` {
  private static let policy = """
    route plain when question mentions "plain" { use cheap }
    otherwise {
      cache exact for 1h
      use cheap
    }
    """

  private static func text(_ answer: UpstreamAnswer) throws -> String? {
    try ChatResponse(answer.body).text
  }

  @Test func `a hit says so, how old it is, and that it cost nothing`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let body = GatewayGround.chat("when is it open?")
      let first = try await ground.send(.post, "/v1/chat/completions", body)
      #expect(first.head["x-rung-cache"] == "miss" && first.head["age"] == nil)
      let second = try await ground.send(
        .post, "/v1/chat/completions",
        #" { "messages" : [{"content":"when is it open?","role":"user"}], "model":"auto" } "#)
      #expect(second.status == 200 && second.head["x-rung-cache"] == "hit")
      #expect(second.head["age"] == "0" && second.head["x-rung-model"] == "cheap")
      #expect(second.head["x-rung-cost-usd"].flatMap(Double.init) == 0)
      #expect(second.head["x-rung-calls"] == "0")
      #expect(second.head["x-rung-cost-certainty"] == "exact")
      #expect(try Self.text(second) == Self.text(first))
      let ids = try [first, second].map { try JSONText($0.body).root["id"]?.string }
      #expect(ids[0] != ids[1])
      #expect(ground.standIn.stats.calls == 1)
      let rows = try ground.rows()
      #expect(rows.map(\.savings.cache) == ["miss", "exact"])
      #expect(rows.last?.cost == .exact(.zero))
      let plain = try await ground.send(
        .post, "/v1/chat/completions", GatewayGround.chat("plain"))
      #expect(plain.head["x-rung-cache"] == "none")
    }
  }

  @Test func `streams replay as streams, in either shape`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let first = try await ground.send(
        .post, "/v1/chat/completions", GatewayGround.chat("open?", more: #","stream":true"#))
      #expect(first.head["x-rung-cache"] == "miss")
      let again = try await ground.send(
        .post, "/v1/chat/completions",
        GatewayGround.chat(
          "open?", more: #","stream":true,"stream_options":{"include_usage":true}"#))
      #expect(again.head["x-rung-cache"] == "hit")
      #expect(again.head["content-type"]?.hasPrefix("text/event-stream") == true)
      let (one, two) = (
        String(decoding: first.body, as: UTF8.self), String(decoding: again.body, as: UTF8.self)
      )
      #expect(one.hasSuffix("data: [DONE]\n\n") && two.hasSuffix("data: [DONE]\n\n"))
      #expect(two.contains("\"usage\":{"))
      let whole = try await ground.send(.post, "/v1/chat/completions", GatewayGround.chat("open?"))
      #expect(whole.head["x-rung-cache"] == "hit")
      let older = #"{"model":"auto","prompt":"open?","max_tokens":400}"#
      let miss = try await ground.send(.post, "/v1/completions", older)
      let hit = try await ground.send(.post, "/v1/completions", older)
      #expect(miss.head["x-rung-cache"] == "miss" && hit.head["x-rung-cache"] == "hit")
      #expect(try JSONText(hit.body).root["object"]?.string == "text_completion")
      #expect(ground.standIn.stats.calls == 2)
    }
  }

  @Test func `the caller's words are heard in body and header, and go to no provider`() async throws
  {
    try await GatewayGround.with(Self.policy) { ground in
      let body = GatewayGround.chat("open?", more: #","cache":{"ttl":60}"#)
      #expect(
        try await ground.send(.post, "/v1/chat/completions", body).head["x-rung-cache"] == "miss")
      #expect(
        try await ground.send(.post, "/v1/chat/completions", body).head["x-rung-cache"] == "hit")
      let fresh = try await ground.send(
        .post, "/v1/chat/completions", body, headers: [("cache-control", "no-cache")])
      #expect(fresh.head["x-rung-cache"] == "refresh")
      let skipped = try await ground.send(
        .post, "/v1/chat/completions", GatewayGround.chat("new?"),
        headers: [("cache-control", "no-store")])
      #expect(skipped.head["x-rung-cache"] == "skip")
      for _ in 0..<2 {
        let passing = GatewayGround.chat("now?", more: #","cache":{"ttl":0}"#)
        #expect(
          try await ground.send(.post, "/v1/chat/completions", passing).head["x-rung-cache"]
            == "skip")
      }
      let wrong = try await ground.send(
        .post, "/v1/chat/completions", GatewayGround.chat("open?", more: #","cache":{"tl":1}"#))
      #expect(wrong.status == 400)
      let error = try JSONText(wrong.body).root["error"]
      #expect(error?["param"]?.string == "cache.tl")
    }
  }

  @Test(arguments: [
    "max-age=abc", "max-age", "max-age=", "s-maxage=-1", "no-cache, max-age=1.5", "max-age=\"x\"",
  ])
  func `an age that is none is refused by the header's name`(header: String) async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let body = GatewayGround.chat("open?")
      _ = try await ground.send(.post, "/v1/chat/completions", body)
      let refused = try await ground.send(
        .post, "/v1/chat/completions", body, headers: [("cache-control", header)])
      #expect(refused.status == 400)
      let error = try JSONText(refused.body).root["error"]
      #expect(error?["code"]?.string == "invalid_header")
      #expect(error?["param"]?.string == "cache-control")
      #expect(error?["message"]?.string?.contains("a whole number of seconds") == true)
      #expect(ground.standIn.stats.calls == 1)
      // What HTTP has and this does not know is passed over; a quoted number is a number.
      for known in [
        "max-age=\"60\"", "max-stale=abc, no-transform", "max-age=99999999999999999999",
      ] {
        let heard = try await ground.send(
          .post, "/v1/chat/completions", body, headers: [("cache-control", known)])
        #expect(heard.head["x-rung-cache"] == "hit", "\(known)")
      }
    }
  }

  @Test(arguments: [false, true])
  func `only-if-cached asks nobody`(streams: Bool) async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let more = streams ? #","stream":true"# : ""
      func ask(_ question: String, _ header: String?) async throws -> UpstreamAnswer {
        try await ground.send(
          .post, "/v1/chat/completions", GatewayGround.chat(question, more: more),
          headers: header.map { [("cache-control", $0)] } ?? [])
      }
      for (question, header, use, why) in [
        ("open?", "only-if-cached", "miss", "no such answer is in the cache"),
        ("plain?", "only-if-cached", "none", "the route has no cache"),
        ("open?", "only-if-cached, no-cache", "refresh", "no such answer is in the cache"),
      ] {
        let missing = try await ask(question, header)
        #expect(missing.status == 504)
        let error = try #require(try JSONText(missing.body).root["error"])
        #expect(error["code"]?.string == "not_cached")
        #expect(error["message"]?.string?.contains(why) == true, "\(error)")
        #expect(missing.head["x-rung-cache"] == use)
      }
      #expect(ground.standIn.stats.calls == 0)
      #expect(try await ask("open?", nil).status == 200)
      let hit = try await ask("open?", "only-if-cached")
      #expect(hit.status == 200 && hit.head["x-rung-cache"] == "hit")
      #expect(ground.standIn.stats.calls == 1)
    }
  }

  @Test func `only-if-cached is named where it was said`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let said = #","cache":{"only-if-cached":true}"#
      for (more, header, param) in [
        (said, nil, "cache.only-if-cached"), ("", "only-if-cached", "cache-control"),
        (said, "only-if-cached", "cache.only-if-cached"),
        (#","cache":{"only-if-cached":false}"#, "only-if-cached", "cache-control"),
      ] as [(String, String?, String)] {
        let missing = try await ground.send(
          .post, "/v1/chat/completions", GatewayGround.chat("open?", more: more),
          headers: header.map { [("cache-control", $0)] } ?? [])
        let error = try #require(try JSONText(missing.body).root["error"])
        #expect(missing.status == 504 && error["param"]?.string == param, "\(error)")
        let message = try #require(error["message"]?.string)
        #expect(message.contains("header `cache-control`") == (header != nil), "\(message)")
        #expect(message.contains("`cache`") == (more == said), "\(message)")
      }
    }
  }

  @Test func `an admin sees what it holds, and makes it forget at once`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let body = GatewayGround.chat("open?")
      let first = try await ground.send(.post, "/v1/chat/completions", body)
      _ = try await ground.send(.post, "/v1/chat/completions", body)
      let stats = try JSONText(try await ground.send(.get, "/admin/cache").body).root
      #expect(stats["entries"]?.integer == 1 && stats["hits"]?.integer == 1)
      #expect(stats["misses"]?.integer == 1)
      let name = try #require(first.head["x-request-id"])
      let found = try JSONText(try await ground.send(.get, "/admin/cache/answers/\(name)").body)
        .root
      let answer = try #require(found["answers"]?.elements.first { _ in true })
      #expect(answer["route"]?.string == "otherwise" && answer["model"]?.string == "cheap")
      for wrong in ["", "{}", #"{"rout":"a"}"#, #"{"all":true,"route":"a"}"#, #"{"route":7}"#] {
        let refused = try await ground.send(.post, "/admin/cache/purge", wrong)
        #expect(refused.status == 400, "\(wrong)")
      }
      let purged = try await ground.send(.post, "/admin/cache/purge", #"{"route":"otherwise"}"#)
      #expect(try JSONText(purged.body).root["purged"]?.integer == 1)
      let again = try await ground.send(.post, "/v1/chat/completions", body)
      #expect(again.head["x-rung-cache"] == "miss")
      let metrics = String(decoding: try await ground.send(.get, "/metrics").body, as: UTF8.self)
      for line in [
        #"rung_cache_requests_total{route="otherwise",use="hit"} 1"#,
        #"rung_cache_answers{tier="memory"} 1"#, "rung_cache_saved_nanounits_total{",
      ] {
        #expect(metrics.contains(line), "\(line)")
      }
    }
  }

  @Test func `answers outlive a version that leaves their route alone, and no other`() async throws
  {
    try await GatewayGround.with(Self.policy) { ground async throws in
      func use() async throws -> String? {
        try await ground.send(.post, "/v1/chat/completions", GatewayGround.chat("open?"))
          .head["x-rung-cache"]
      }
      #expect(try await use() == "miss")
      ground.policies.text = Self.policy.replacing(
        #""plain" { use cheap }"#, with: #""plain" { use dear }"#)
      _ = try await ground.send(.post, "/admin/reload")
      #expect(try await use() == "hit")
      ground.policies.text = Self.policy.replacing(
        "for 1h\n  use cheap", with: "for 1h\n  use dear")
      _ = try await ground.send(.post, "/admin/reload")
      #expect(try await use() == "miss")
    }
  }
}
