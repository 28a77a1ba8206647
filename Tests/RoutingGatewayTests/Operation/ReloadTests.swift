import HTTPUpstream
import JSONReading
import RoutingGateway
import RoutingLedger
import Synchronization
import Testing

/// Two policies that differ in the model that answers, swapped under load.
@Suite struct `A new version of the policy` {
  private static let first = "otherwise { use cheap }"
  private static let second = "otherwise { use dear }"

  @Test func `no request fails, and each is decided by the version it names`() async throws {
    try await GatewayGround.with(Self.first) { ground in
      let versions = try await Self.versions(of: ground)
      let seen = Seen()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<8 {
          group.addTask {
            while !seen.isOver {
              let answer = try await ground.send(.post, body: "which one?")
              #expect(answer.status == 200)
              let version = try #require(answer.head["x-rung-policy"])
              #expect(versions[version] == answer.head["x-rung-model"])
              seen.add(version)
            }
          }
        }
        for turn in 1...40 {
          ground.policies.text = turn.isMultiple(of: 2) ? Self.first : Self.second
          #expect(try await ground.send(.post, "/admin/reload").status == 200)
        }
        seen.end()
        try await group.waitForAll()
      }
      #expect(seen.counts.count == 2, "both versions served")
      let rows = try ground.rows()
      #expect(rows.count == seen.counts.values.reduce(0, +))
      for row in rows {
        let version = "\(row.fingerprints.policy ?? "")-\(row.fingerprints.catalog ?? "")"
        #expect(versions[version] == row.modelServed)
      }
    }
  }

  /// What each version answers with, by its name.
  private static func versions(of ground: GatewayGround) async throws -> [String: String] {
    var versions: [String: String] = [:]
    for (text, model) in [(second, "dear"), (first, "cheap")] {
      ground.policies.text = text
      let answer = try await ground.send(.post, "/admin/reload")
      let version = try JSONText(answer.body).root["policy"]?.string
      versions[try #require(version)] = model
    }
    return versions
  }

  @Test func `one that does not compile changes nothing and is told of`() async throws {
    try await GatewayGround.with(Self.first) { ground in
      for broken in ["", "otherwise { use nobody }", "route a when {", "\u{0}\u{FFFD}"] {
        ground.policies.text = broken
        let refused = try await ground.send(.post, "/admin/reload")
        #expect(refused.status == 422)
        let error = try JSONText(refused.body).root["error"]
        #expect(error?["code"]?.string == "policy_not_compiled")
        #expect(try await ground.send(.post, body: "still there?").head["x-rung-model"] == "cheap")
        let state = try JSONText(try await ground.send(.get, "/readyz").body).root
        #expect(state["status"]?.string == "ready")
        #expect(state["policy"]?["reload_failure"]?.string?.isEmpty == false)
      }
      let metrics = String(
        decoding: try await ground.send(.get, "/metrics").body, as: UTF8.self)
      #expect(metrics.contains(#"rung_policy_reloads_total{result="refused"} 4"#))
      ground.policies.text = Self.second
      #expect(try await ground.send(.post, "/admin/reload").status == 200)
      let state = try JSONText(try await ground.send(.get, "/readyz").body).root
      #expect(state["policy"]?["reload_failure"]?.isNull == true)
      #expect(try await ground.send(.post, body: "and now?").head["x-rung-model"] == "dear")
    }
  }
}

/// How many answers named each version, until the load ends.
private final class Seen: Sendable {
  private let state = Mutex((counts: [String: Int](), isOver: false))

  var counts: [String: Int] { state.withLock { $0.counts } }
  var isOver: Bool { state.withLock { $0.isOver } }

  func add(_ version: String) { state.withLock { $0.counts[version, default: 0] += 1 } }
  func end() { state.withLock { $0.isOver = true } }
}
