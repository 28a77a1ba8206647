import PolicyUnits
import RoutingCalls
import RoutingHealth
import RoutingLedger
import RoutingRuntime
import RoutingService
import StandInProvider
import Synchronization
import Testing

@Suite struct `A policy that asks after health` {
  private static let policy = """
    route spare when not healthy(cheap) { use dear }
    otherwise { use cheap }
    """

  /// A clock of the test's own: circuits open and are probed when it says so.
  private final class Hands: Sendable {
    private let time = Mutex<Int64>(0)
    var now: Milliseconds { Milliseconds(time.withLock { $0 }) }
    func move(_ span: Int64) { time.withLock { $0 += span } }
  }

  @Test func `leaves a model that is down alone, and finds it when it is back`() async throws {
    let hands = Hands()
    let health = UpstreamHealth(now: { hands.now })
    let script = Script(rules: [Rule(model: "cheap", fault: .status500)])
    try await ServiceGround.with(Self.policy, script: script, health: health) { ground in
      let down = try await Self.models(of: 8, on: ground)
      #expect(
        down.map { $0.first } == Array(repeating: "cheap", count: 5) + ["dear", "dear", "dear"])
      #expect(ground.standIn.stats.models["cheap"]?.calls == 5)
      // A probe is due: one request finds out that it is still down.
      hands.move(4000)
      let probed = try await Self.models(of: 2, on: ground)
      #expect(probed == [["cheap"], ["dear"]])
      ground.standIn.follow(Script())
      hands.move(4000)
      let back = try await Self.models(of: 3, on: ground)
      #expect(back == [["cheap"], ["cheap"], ["cheap"]])
      #expect(ground.standIn.stats.models["cheap"]?.calls == 3)
    }
  }

  /// The models each of so many requests called.
  private static func models(of requests: Int, on ground: ServiceGround) async throws -> [[String]]
  {
    var called: [[String]] = []
    for _ in 0..<requests {
      let row = try await ground.ask("hello").row
      called.append(row?.entry.attempts.compactMap(\.model) ?? [])
    }
    return called
  }

  @Test func `is not needed for a row to say why nothing was sent`() async throws {
    let hands = Hands()
    let health = UpstreamHealth(now: { hands.now })
    let script = Script(rules: [Rule(model: "cheap", fault: .status500)])
    let policy = "otherwise { use cheap fallback dear }"
    try await ServiceGround.with(policy, script: script, health: health) { ground in
      for _ in 0..<5 { _ = try await ground.ask("hello") }
      let outcome = try await ground.ask("hello")
      let attempts = outcome.row?.entry.attempts ?? []
      #expect(attempts.map(\.verdict) == ["failed", "accepted"])
      #expect(attempts.map(\.reason) == ["circuit_open", nil])
      #expect(attempts.first?.cost == .exact(.zero) && attempts.first?.tokens == nil)
      guard case .called(_, let record) = outcome.ending else {
        Issue.record("\(outcome.ending)")
        return
      }
      #expect(record.outcome.calls == 1 && record.calls.map(\.wasSent) == [false, true])
      #expect(ground.standIn.stats.calls == 5 * 2 + 1)
    }
  }
}
