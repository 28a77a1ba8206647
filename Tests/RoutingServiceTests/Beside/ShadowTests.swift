import PolicyUnits
import RoutingLedger
import RoutingService
import StandInProvider
import Testing

@Suite struct `Calls beside a request` {
  private static let policy = """
    budget daily = $1 per tenant per day
    route tried when question mentions ("try") { use cheap  shadow 100% use dear }
    route some when question mentions ("some") { use cheap  shadow 25% use dear }
    otherwise { use cheap }
    """

  @Test func `a shadow has a row of its own, paid for and never returned`() async throws {
    let disk = MemoryDisk()
    try await ServiceGround.with(Self.policy, disk: disk) { ground in
      let outcome = try await ground.ask("Please try this", tenant: "acme")
      await ground.service.finish()
      let row = try #require(outcome.row).entry
      #expect(row.modelServed == "cheap" && row.attempts.map(\.role) == [.answer])
      let rows = disk.now.rows.map(\.entry)
      #expect(rows.count == 2)
      let shadow = try #require(rows.last)
      #expect(shadow.parent == row.id && shadow.id != row.id)
      #expect(shadow.attempts.map(\.role) == [.shadow] && shadow.modelServed == "dear")
      #expect(shadow.charges.first?.amount == shadow.cost.money?.nanos)
      ground.expectSameAsProvider(rows)
    }
  }

  @Test func `a shadow that fails changes nothing for the caller`() async throws {
    let script = Script(rules: [Rule(model: "dear", fault: .status500)])
    let disk = MemoryDisk()
    try await ServiceGround.with(Self.policy, script: script, disk: disk) { ground in
      let row = try await ground.row(of: "Please try this")
      await ground.service.finish()
      #expect(row.status == .answered)
      let rows = disk.now.rows.map(\.entry)
      #expect(rows.last?.status == .failed && rows.last?.parent == row.id)
    }
  }

  @Test func `a share is a share of the requests, by their ids`() async throws {
    let disk = MemoryDisk()
    try await ServiceGround.with(Self.policy, disk: disk) { ground in
      let rows = try await ground.askMany(80, atOnce: 8) { "Ask some \($0)" }
      await ground.service.finish()
      let all = disk.now.rows.map(\.entry)
      let shadows = all.filter { $0.parent != nil }
      #expect((5...40).contains(shadows.count))
      #expect(Set(shadows.compactMap(\.parent)).isSubset(of: Set(rows.map(\.id))))
      ground.expectSameAsProvider(all)
    }
  }

  @Test func `a conversation goes on with the model that answered, for as long as it sticks`()
    async throws
  {
    let policy = """
      gate solid = length >= 3 chars
      ladder steps { tier cheap accept solid  tier dear }
      otherwise { stick for 30m  use steps }
      """
    let script = Script(rules: [Rule(model: "cheap", times: 1, answer: "no")])
    try await ServiceGround.with(policy, script: script) { ground in
      let turns: [(conversation: String?, minutes: Int64, models: [String])] = [
        ("a", 0, ["cheap", "dear"]), ("a", 0, ["dear"]), ("b", 0, ["cheap"]), (nil, 0, ["cheap"]),
        ("a", 29, ["dear"]), ("a", 31, ["cheap"]),
      ]
      for turn in turns {
        ground.time.pass(Milliseconds(turn.minutes * 60_000))
        let outcome = try await ground.ask("And then?", conversation: turn.conversation)
        let row = try #require(outcome.row).entry
        #expect(row.attempts.map(\.model) == turn.models)
      }
    }
  }
}
