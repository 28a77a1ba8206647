import HTTPUpstream
import JSONReading
import StandInProvider
import Testing

/// The stand-in over its socket.
@Suite struct ServerTests {
  private struct Caller {
    let standIn: StandIn
    let upstream: HTTPUpstream

    func post(
      _ path: String, _ body: String, fault: String? = nil
    ) async throws -> UpstreamAnswer {
      var headers = [UpstreamHeader("Content-Type", "application/json")]
      if let fault { headers.append(UpstreamHeader("x-standin-fault", fault)) }
      return try await upstream.sendWhole(
        UpstreamRequest(.post, root + path, headers: headers, body: Array(body.utf8)))
    }

    func get(_ path: String) async throws -> UpstreamAnswer {
      try await upstream.sendWhole(UpstreamRequest(.get, root + path))
    }

    func chat(_ model: String, _ question: String, _ more: String = "") async throws
      -> UpstreamAnswer
    {
      try await post(
        "/v1/chat/completions",
        #"{"model":"\#(model)","messages":[{"role":"user","content":"\#(question)"}]\#(more)}"#)
    }

    private var root: String { String(standIn.address.dropLast("/v1".count)) }
  }

  private func with(
    _ script: Script = Script(), _ test: (Caller) async throws -> Void
  ) async throws {
    let standIn = try await StandIn.start(script: script)
    let caller = Caller(standIn: standIn, upstream: HTTPUpstream())
    do {
      try await test(caller)
    } catch {
      await standIn.stop()
      throw error
    }
    await standIn.stop()
  }

  @Test func `the same call gets the same bytes from every server`() async throws {
    var answers: Set<[UInt8]> = []
    for _ in 0..<3 {
      try await with { caller in
        _ = try await caller.chat("qwen3-8b", "something before")
        answers.insert(try await caller.chat("qwen3-8b", "How do I pay?").body)
      }
    }
    #expect(answers.count == 1)
  }

  @Test func `a stream says the same as the whole answer, and ends with what it cost`()
    async throws
  {
    try await with { caller in
      let whole = try JSONText(try await caller.chat("m", "How do I pay?").body).root
      let stream = try await caller.chat(
        "m", "How do I pay?", #","stream":true,"stream_options":{"include_usage":true}"#)
      let events = String(decoding: stream.body, as: UTF8.self).split(separator: "\n\n")
      #expect(events.last == "data: [DONE]")
      let chunks = try events.dropLast().map { try JSONText($0.dropFirst("data: ".count)).root }
      let text = chunks.compactMap { chunk in
        chunk["choices"]?.elements.first { _ in true }?["delta"]?["content"]?.string
      }
      let choice = try #require(whole["choices"]?.elements.first { _ in true })
      #expect(text.joined() == choice["message"]?["content"]?.string)
      let total = chunks.last?["usage"]?["total_tokens"]?.integer
      #expect(total != nil && total == whole["usage"]?["total_tokens"]?.integer)
    }
  }

  @Test func `rules are followed in order, by call and by number of times`() async throws {
    let script = Script(rules: [
      Rule(model: "a", calls: [1, 2], fault: .status500),
      Rule(contains: "once", times: 1, fault: .status429Seconds, retryAfter: "9"),
      Rule(contains: "exactly", answer: "These words.", finish: "length"),
    ])
    try await with(script) { caller in
      var seen: [Int] = []
      for _ in 0..<3 { seen.append(try await caller.chat("a", "hello there").status) }
      #expect(seen == [500, 500, 200])
      let limited = try await caller.chat("b", "only once")
      #expect(limited.status == 429 && limited.head["retry-after"] == "9")
      #expect(try await caller.chat("b", "only once").status == 200)
      let told = String(decoding: try await caller.chat("b", "say exactly").body, as: UTF8.self)
      #expect(told.contains(#""content":"These words.""#) && told.contains(#""length""#))
    }
  }

  @Test func `it counts what it saw, and starts anew with another script`() async throws {
    try await with { caller in
      _ = try await caller.chat("a", "first question")
      _ = try await caller.chat("a", "second question")
      _ = try await caller.post("/v1/chat/completions", "{", fault: nil)
      _ = try await caller.post(
        "/v1/chat/completions", #"{"model":"b","messages":[{"role":"user","content":"x"}]}"#,
        fault: "status_503")
      let stats = try JSONText(try await caller.get("/__stats").body).root
      #expect(stats["calls"]?.integer == 3)
      #expect(stats["requests"]?.integer == 4)
      #expect(stats["models"]?["a"]?["calls"]?.integer == 2)
      #expect(stats["models"]?["b"]?["faults"]?.integer == 1)
      #expect(stats["faults"]?["status_503"]?.integer == 1)
      #expect(stats["last"]?.elements.map { $0["status"]?.integer } == [200, 200, 400, 503])

      let refused = try await caller.post("/__script", #"{"rules":[{"fault":"no_such"}]}"#)
      #expect(refused.status == 400)
      let taken = try await caller.post("/__script", #"{"rules":[{"fault":"status_502"}]}"#)
      #expect(taken.status == 200)
      #expect(try await caller.chat("a", "third question").status == 502)
      #expect(caller.standIn.stats.calls == 1)
    }
  }

  @Test(arguments: [
    ("/v1/chat/completions", "[]", 400), ("/v1/chat/completions", #"{"model":"a"}"#, 400),
    ("/v1/chat/completions", #"{"model":"a","messages":[]}"#, 400),
    ("/v1/chat/completions", #"{"model":"a","messages":[{"content":"x"}]}"#, 400),
    (
      "/v1/chat/completions",
      #"{"model":"a","max_tokens":0,"messages":[{"role":"user","content":"x"}]}"#, 400
    ),
    ("/v1/embeddings", #"{"model":"a"}"#, 400), ("/v1/elsewhere", "{}", 404),
    ("/v1/models", "{}", 405),
  ])
  func `a request it cannot use is refused in the shape of the API`(
    path: String, body: String, status: Int
  ) async throws {
    try await with { caller in
      let answer = try await caller.post(path, body)
      #expect(answer.status == status)
      #expect(try JSONText(answer.body).root["error"]?["message"]?.string?.isEmpty == false)
    }
  }

  @Test func `models that are not listed are unknown if the script says so`() async throws {
    let script = Script(
      models: [ModelProfile("Qwen/Qwen3-8B", contextWindow: 50)], onlyListed: true)
    try await with(script) { caller in
      #expect(try await caller.chat("qwen3-8b", "Is it known?").status == 200)
      #expect(try await caller.chat("gpt-4o", "Is it known?").status == 404)
      let long = String(repeating: "word ", count: 60)
      let refused = try await caller.chat("qwen3-8b", long)
      #expect(refused.status == 400)
      #expect(String(decoding: refused.body, as: UTF8.self).contains("context_length_exceeded"))
    }
  }
}
