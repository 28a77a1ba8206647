import HTTPUpstream
import StandInProvider
import Testing

/// Readers that are slow, go away, or want the whole thing to end.
@Suite struct PressureTests {
  private static let roomy = UpstreamLimits(body: 128 << 20)

  @Test func `a slow reader holds the sender back, and still gets every byte`() async throws {
    // In a process of its own, so that its memory and time are those of one call.
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardOutputContent]
    ) {
      try await withStandIn { standIn, upstream in
        _ = await upstream.outcome(of: standIn.call())
        let before = Usage.memory
        var most = before
        let response = try await upstream.send(
          standIn.call(fault: .bigBody, limits: UpstreamLimits(body: 128 << 20)))
        var total = 0
        var largest = 0
        var pieces = 0
        while let piece = try await response.body.next() {
          total += piece.count
          largest = max(largest, piece.count)
          pieces += 1
          if pieces == 3 {
            let timeBefore = Usage.processorSeconds
            try await ContinuousClock().sleep(for: .milliseconds(500))
            let busy = Usage.processorSeconds - timeBefore
            precondition(busy < 0.1, "busy while held back: \(busy) s")
            most = max(most, Usage.memory)
          } else if pieces % 64 == 0 {
            most = max(most, Usage.memory)
            try await ContinuousClock().sleep(for: .milliseconds(2))
          }
        }
        let grown = most - before
        print(
          "measured: 64 MiB in \(pieces) pieces of at most \(largest) bytes; memory grew by \(grown)"
        )
        precondition(total == 64 << 20, "\(total)")
        precondition(largest <= (256 + 16) << 10, "\(largest)")
        precondition(grown < 16 << 20, "\(grown)")
      }
    }
    report(result)
  }

  @Test func `no piece is larger than what may be held and half as much again`() async throws {
    try await withStandIn { standIn, upstream in
      let limits = UpstreamLimits(body: 128 << 20, buffer: 4 << 10)
      let response = try await upstream.send(standIn.call(fault: .bigBody, limits: limits))
      var largest = 0
      for _ in 0..<100 {
        guard let piece = try await response.body.next() else { break }
        largest = max(largest, piece.count)
        // Long enough for libcurl to offer more than it may.
        try await ContinuousClock().sleep(for: .milliseconds(1))
      }
      #expect((1..<6 << 10).contains(largest), "\(largest)")
    }
  }

  @Test func `a reader that holds the sender back is not taken for silence`() async throws {
    try await withStandIn { standIn, upstream in
      let response = try await upstream.send(
        standIn.call(
          fault: .bigBody, deadlines: UpstreamDeadlines(silence: .milliseconds(150)),
          limits: Self.roomy))
      _ = try await response.body.next()
      try await ContinuousClock().sleep(for: .milliseconds(500))
      #expect(try await response.body.collect().count > 63 << 20)
    }
  }

  @Test(arguments: [Fault.hang, .slowBody, .streamSilent])
  func `a cancelled call closes its connection`(fault: Fault) async throws {
    try await withStandIn { standIn, upstream in
      let task = Task { await upstream.outcome(of: standIn.call(fault: fault)) }
      try await standIn.calls(1)
      task.cancel()
      #expect(try await standIn.hangUps(1) != nil)
      #expect(await task.value == .failed(.cancelled))
    }
  }

  @Test func `a call cancelled between two pieces of its stream says so`() async throws {
    try await withStandIn { standIn, upstream in
      let task = Task { () -> UpstreamFailure? in
        do throws(UpstreamFailure) {
          let response = try await upstream.send(standIn.call(fault: .streamSilent, streams: true))
          while try await response.body.next() != nil {}
          return nil
        } catch {
          return error
        }
      }
      try await standIn.calls(1)
      task.cancel()
      #expect(try await standIn.hangUps(1) != nil)
      #expect(await task.value == .cancelled)
    }
  }

  /// Nothing more comes on these connections for a minute, so whoever sees one close waited for nothing.
  ///
  /// How long it took is printed, and decides nothing.
  @Test func `the other side sees that a call was cancelled or let go`() async throws {
    try await withStandIn(Script(chunkDelay: 60_000)) { standIn, upstream in
      var slowest = Duration.zero
      for round in 0..<10 {
        if round.isMultiple(of: 2) {
          let task = Task { await upstream.outcome(of: standIn.call(fault: .hang)) }
          try await standIn.calls(round + 1)
          task.cancel()
          #expect(await task.value == .failed(.cancelled))
        } else {
          for try await _ in try await upstream.send(standIn.call(streams: true)).body { break }
        }
        let seen = try #require(
          try await standIn.hangUps(round + 1), "call \(round) was never closed")
        slowest = max(slowest, seen)
      }
      print("measured: 10 connections closed, the slowest after \(slowest)")
    }
  }

  @Test func `a call that was cancelled before it began is never made`() async throws {
    try await withStandIn { standIn, upstream in
      let task = Task { () -> Outcome in
        try? await ContinuousClock().sleep(for: .seconds(10))
        return await upstream.outcome(of: standIn.call())
      }
      task.cancel()
      #expect(await task.value == .failed(.cancelled))
      #expect(standIn.stats.connections == 0)
    }
  }

  @Test func `shutting down ends the calls under way and refuses later ones`() async throws {
    try await withStandIn { standIn, upstream in
      let calls = (0..<4).map { _ in
        Task { await upstream.outcome(of: standIn.call(fault: .hang)) }
      }
      try await standIn.calls(4)
      upstream.shutdown()
      for call in calls { #expect(await call.value == .failed(.shutDown)) }
      #expect(await upstream.outcome(of: standIn.call()) == .failed(.shutDown))
      #expect(try await standIn.hangUps(4) != nil)
    }
  }

  @Test func `an upstream that is let go ends its thread`() async throws {
    try await withStandIn { standIn, _ in
      for _ in 0..<20 {
        let upstream = HTTPUpstream()
        #expect(await upstream.outcome(of: standIn.call()) == .answered(200))
      }
      #expect(standIn.stats.calls == 20)
      let clock = ContinuousClock()
      let start = clock.now
      while standIn.stats.openConnections > 0, clock.now - start < .seconds(5) {
        try await clock.sleep(for: .milliseconds(5))
      }
      #expect(standIn.stats.openConnections == 0)
    }
  }

  @Test func `calls cancelled at every moment leave nothing behind`() async throws {
    try await withStandIn { standIn, upstream in
      for number in 0..<200 {
        let task = Task { await upstream.outcome(of: standIn.call("number \(number)")) }
        try await ContinuousClock().sleep(for: .microseconds(number * 5))
        task.cancel()
        let outcome = await task.value
        #expect(outcome == .answered(200) || outcome == .failed(.cancelled), "\(outcome)")
      }
      #expect(await upstream.outcome(of: standIn.call()) == .answered(200))
    }
  }
}
