import PolicyUnits
import RoutingCalls
import RoutingHealth
import RoutingRuntime
import StandInProvider
import Testing

/// Providers that go away and come back, counted by the provider itself.
@Suite(.serialized) struct `An outage` {
  @Test func `is found within five calls, and its end by a probe`() async throws {
    let down = Script(rules: [Rule(model: "cheap", fault: .status500)])
    let health = TwoPlaces.quick()
    let state = { health.snapshot.deployments.first { $0.name.upstream == "cheap" }?.state }
    try await Ground.with("otherwise { use cheap fallback dear }", health: health) { ground in
      let clock = ContinuousClock()
      for round in 1...2 {
        ground.standIn.follow(down)
        var calls = 0
        while state() != .open {
          calls += 1
          let record = try await ground.run("hello")
          #expect(record.answer != nil, "round \(round): served all along")
        }
        #expect(calls == 5 && ground.standIn.stats.calls(to: "cheap") == 5)
        let opened = clock.now
        while clock.now - opened < .seconds(2) {
          let record = try await ground.run("hello")
          #expect(record.answer != nil, "round \(round): served all along")
        }
        let probes = ground.standIn.stats.calls(to: "cheap") - 5
        #expect(probes <= Int((clock.now - opened) / .milliseconds(400)), "round \(round)")
        #expect(probes > 0, "round \(round)")
        ground.standIn.follow(Script())
        let recovery = clock.now
        while state() != .closed, clock.now - recovery < .seconds(10) {
          _ = try await ground.run("hello")
        }
        #expect(state() == .closed, "round \(round): back, with a tenth of the usual pause")
        let record = try await ground.run("hello")
        #expect(record.calls.map(\.upstream) == ["cheap"])
      }
    }
  }

  @Test(arguments: [Fault.status500, .resetBeforeHeaders, .status429])
  func `gets no more than a fifth of its calls again`(fault: Fault) async throws {
    let script = Script(rules: [Rule(fault: fault)])
    let policy = "otherwise { use cheap attempts 3 }"
    try await Ground.with(policy, script: script, health: TwoPlaces.patient()) { ground in
      let requests = 200
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<requests {
          if number >= 16 { try await group.next() }
          group.addTask {
            let record = try await ground.run("hello")
            #expect(record.answer == nil)
          }
        }
        try await group.waitForAll()
      }
      let extra = ground.standIn.stats.calls - requests
      #expect(extra <= requests / 5 + 3, "\(extra) more than \(requests)")
      #expect(extra > 0, "what may be repeated is")
    }
  }

  @Test(arguments: [Fault.status500, .status503, .resetBeforeHeaders])
  func `gets three calls of one request at most`(fault: Fault) async throws {
    let script = Script(rules: [Rule(fault: fault, retryAfter: "0.2")])
    try await Ground.with("otherwise { use cheap attempts 3 }", script: script) { ground in
      let record = try await ground.run("hello")
      #expect(ground.standIn.stats.calls == 3 && record.calls.count == 3)
      let waits = zip(record.calls, record.calls.dropFirst()).map { first, second in
        second.began.count - first.began.count - first.latency.count
      }
      #expect(waits.allSatisfy { $0 >= 124 }, "half of 250 ms at least: \(waits)")
    }
  }

  struct Wait: CustomTestStringConvertible {
    let fault: Fault
    let retryAfter: String?
    /// In milliseconds; nil if the provider is not called again.
    let expected: Int64?
    var testDescription: String { "\(fault) \(retryAfter ?? "")" }
  }

  @Test(arguments: [
    Wait(fault: .status429Seconds, retryAfter: "1", expected: 1000),
    Wait(fault: .status429Seconds, retryAfter: "0.3", expected: 300),
    Wait(fault: .status429Date, retryAfter: nil, expected: 2000),
    Wait(fault: .status503, retryAfter: "1", expected: 1000),
    Wait(fault: .status429Absurd, retryAfter: nil, expected: nil),
    Wait(fault: .status429Seconds, retryAfter: "31", expected: nil),
  ])
  func `is waited for as long as the provider asks`(wait: Wait) async throws {
    let script = Script(rules: [
      Rule(times: 1, fault: wait.fault, retryAfter: wait.retryAfter)
    ])
    try await Ground.with("otherwise { use cheap attempts 2 }", script: script) { ground in
      let record = try await ground.run("hello")
      guard let expected = wait.expected else {
        #expect(ground.standIn.stats.calls == 1 && record.calls.count == 1)
        #expect(record.elapsed < Milliseconds(10_000))
        return
      }
      #expect(record.answer != nil && ground.standIn.stats.calls == 2)
      guard let first = record.calls.first, let second = record.calls.last else { return }
      let gap = second.began.count - first.began.count - first.latency.count
      // A hundred milliseconds are promised; the rest is for a machine that stands still.
      #expect(gap >= expected - 1 && gap <= expected + 5000, "\(gap) ms")
    }
  }
}
