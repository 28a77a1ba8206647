import HTTPUpstream
import StandInProvider
import Testing

@Suite struct CallTests {
  @Test func `a second call uses the connection of the first`() async throws {
    try await withStandIn { standIn, upstream in
      let first = try await upstream.sendWhole(standIn.call())
      #expect(!first.timing.reused)
      for _ in 0..<5 {
        let next = try await upstream.sendWhole(standIn.call())
        #expect(next.timing.reused)
        #expect(next.body == first.body)
        #expect(next.timing.firstByte <= next.timing.total)
      }
      #expect(standIn.stats.connections == 1)
    }
  }

  @Test func `calls in parallel do not wait for each other`() async throws {
    try await withStandIn { standIn, upstream in
      await withTaskGroup(of: Outcome.self) { group in
        for _ in 0..<50 {
          group.addTask { await upstream.outcome(of: standIn.call(fault: .hang)) }
        }
        // None is ever answered, so all are under way at once.
        while standIn.stats.calls < 50 {
          try? await ContinuousClock().sleep(for: .milliseconds(2))
        }
        #expect(standIn.stats.openConnections == 50)
        group.cancelAll()
        for await outcome in group { #expect(outcome == .failed(.cancelled)) }
      }
    }
  }

  @Test func `events of a stream arrive one by one`() async {
    // In a process of its own, where no other test keeps the reader from its turn.
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardOutputContent]
    ) {
      try await withStandIn(Script(chunkDelay: 20)) { standIn, upstream in
        let response = try await upstream.send(standIn.call(streams: true))
        precondition(response.head["content-type"] == "text/event-stream")
        precondition(response.body.timing == nil)
        var pieces = 0
        var text = ""
        for try await piece in response.body {
          pieces += 1
          text += String(decoding: piece, as: UTF8.self)
        }
        let events = text.split(separator: "\n\n").count
        print("measured: \(pieces) pieces of \(events) events 20 ms apart")
        precondition(text.hasSuffix("data: [DONE]\n\n"))
        precondition(pieces > events / 2)
        let timing = response.body.timing
        precondition(timing.map { $0.total > $0.firstByte } == true)
      }
    }
    report(result)
  }

  @Test func `a get brings a body and headers, names in lower case`() async throws {
    try await withStandIn { standIn, upstream in
      let answer = try await upstream.sendWhole(
        UpstreamRequest(.get, standIn.address + "/models"))
      #expect(answer.status == 200)
      #expect(answer.head["content-type"] == "application/json")
      #expect(answer.head["content-length"] == "\(answer.body.count)")
    }
  }

  @Test func `a key reaches the provider and nobody else`() async throws {
    try await withStandIn(Script(key: "sk-right-0001")) { standIn, upstream in
      let right = try #require(Secret("sk-right-0001"))
      let wrong = try #require(Secret("sk-wrong-0002"))
      #expect(
        await upstream.outcome(of: standIn.call(headers: [.bearer(right)])) == .answered(200))
      #expect(
        await upstream.outcome(of: standIn.call(headers: [.bearer(wrong)])) == .answered(401))
      #expect(await upstream.outcome(of: standIn.call()) == .answered(401))
      #expect(!String(decoding: standIn.stats.json, as: UTF8.self).contains("sk-"))
    }
  }

  @Test func `an empty body and an empty header are sent as they are`() async throws {
    try await withStandIn { standIn, upstream in
      let request = UpstreamRequest(
        .post, standIn.address + "/chat/completions", headers: [UpstreamHeader("X-Empty", "")])
      #expect(await upstream.outcome(of: request) == .answered(400))
    }
  }

  @Test func `a body of megabytes is sent whole`() async throws {
    try await withStandIn { standIn, upstream in
      let question = String(repeating: "word ", count: 1 << 20)
      let outcome = await upstream.outcome(of: standIn.call(question))
      #expect(outcome == .answered(400), "longer than the context window")
      let seen = try #require(standIn.stats.last.last)
      #expect(seen.question.count == 200)
    }
  }

  @Test func `the loopback of IPv6 is reached where the machine has one`() async throws {
    do {
      try await withStandIn(host: "::1") { standIn, upstream in
        #expect(await upstream.outcome(of: standIn.call()) == .answered(200))
      }
    } catch {
      print("no IPv6 loopback here: \(error)")
    }
  }

  @Test func `nothing in the environment leads a call elsewhere`() async throws {
    await #expect(processExitsWith: .success) {
      setEnvironment("http_proxy", "http://127.0.0.1:9")
      setEnvironment("ALL_PROXY", "http://127.0.0.1:9")
      try await withStandIn { standIn, upstream in
        let outcome = await upstream.outcome(of: standIn.call())
        precondition(outcome == .answered(200))
      }
    }
  }

  @Test func `nothing in the environment leads a call around its proxy`() async throws {
    await #expect(processExitsWith: .success) {
      setEnvironment("no_proxy", "*")
      let configuration = HTTPUpstream.Configuration(proxy: "http://127.0.0.1:9")
      try await withStandIn(configuration: configuration) { standIn, upstream in
        let outcome = await upstream.outcome(of: standIn.call())
        guard case .failed(.couldNotConnect) = outcome else { preconditionFailure("\(outcome)") }
      }
    }
  }

  @Test func `a proxy that was asked for is used`() async throws {
    let configuration = HTTPUpstream.Configuration(proxy: "http://127.0.0.1:9")
    try await withStandIn(configuration: configuration) { standIn, upstream in
      let outcome = await upstream.outcome(of: standIn.call())
      guard case .failed(.couldNotConnect) = outcome else {
        Issue.record("\(outcome)")
        return
      }
    }
  }
}
