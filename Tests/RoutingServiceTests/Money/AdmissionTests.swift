import PolicyUnits
import RoutingBudgets
import RoutingLedger
import RoutingService
import StandInProvider
import Synchronization
import Testing

/// Whoever asks may have the last word on what a request may cost.
@Suite struct `A request that has to be afforded` {
  private static let policy = """
    classifier subject : law | code | other {
      reads question
      ask cheap "Which field is this question about?"
      timeout 500ms on failure other
    }
    gate impossible = answer contains "no answer has this"
    ladder two { tier cheap accept impossible  tier dear }
    guard quiet when question mentions "secret" { refuse "no secrets" }
    route courts when subject = law { use two }
    otherwise { use cheap }
    """

  private final class Bounds: Sendable {
    let told = Mutex<[Money?]>([])
  }

  @Test func `is told the most it may cost, and never costs more`() async throws {
    let script = Script(rules: [
      Rule(model: "cheap", contains: "Which field", answer: "law"),
      Rule(model: "cheap", contains: "clause", times: 3, answer: "law"),
    ])
    try await ServiceGround.with(Self.policy, script: script) { ground in
      var courts = 0
      for number in 0..<12 {
        let bounds = Bounds()
        var asked = try ground.asked(
          "Is clause \(number) binding?", more: #","max_tokens":\#(16 + number * 8)"#)
        asked.admits = { most in
          bounds.told.withLock { $0.append(most) }
          return true
        }
        let before = try #require(await ground.service.worstCost(of: asked))
        let row = try #require(try await ground.service.answer(asked).row).entry
        let told = bounds.told.withLock { $0 }
        #expect(told == [before])
        #expect(try #require(row.cost.money) <= before && before > .zero)
        if row.route == "courts" { courts += 1 }
      }
      #expect(courts > 0)
    }
  }

  @Test func `is given a kept answer without being asked whether there is room`() async throws {
    let policy = "otherwise { cache exact for 1h per tenant  use cheap }"
    try await ServiceGround.with(policy) { ground in
      let first = try await ground.service.answer(
        ground.asked("hello", tenant: "acme"))
      #expect(first.cache == .miss)
      let told = Bounds()
      var asked = try ground.asked("hello", tenant: "acme")
      asked.admits = { most in
        told.told.withLock { $0.append(most) }
        return false
      }
      let hit = try await ground.service.answer(asked)
      #expect(hit.cache == .hit && hit.entry.status == .answered)
      #expect(hit.entry.cost == .exact(.zero))
      #expect(told.told.withLock { $0.isEmpty })
      #expect(ground.standIn.stats.calls == 1)
    }
  }

  @Test func `is not called where it is said no, and its key stays free`() async throws {
    try await ServiceGround.with(Self.policy) { ground in
      var asked = try ground.asked("hello", key: "k", more: #","max_tokens":16"#)
      asked.admits = { _ in false }
      let row = try #require(try await ground.service.answer(asked).row).entry
      #expect(row.status == .refused && row.reason == "max_cost" && row.cost == .exact(.zero))
      #expect(ground.standIn.stats.calls == 0)
      #expect(ground.service.standing(of: asked) == .free)
      asked.admits = { _ in true }
      #expect(try await ground.service.answer(asked).row?.entry.status == .answered)
    }
  }

  @Test func `is not asked about where it is refused anyway`() async throws {
    try await ServiceGround.with(Self.policy) { ground in
      var asked = try ground.asked("a secret")
      asked.admits = { _ in
        Issue.record("asked")
        return false
      }
      #expect(await ground.service.worstCost(of: asked) == .zero)
      let row = try #require(try await ground.service.answer(asked).row).entry
      #expect(row.status == .refused && row.reason != "max_cost")
    }
  }
}
