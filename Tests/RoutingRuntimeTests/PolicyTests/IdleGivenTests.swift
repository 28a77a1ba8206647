import PolicySemantics
import PolicySource
import Testing

@testable import RoutingRuntime

/// What stands in `given` and is not asked for.
@Suite struct `Lines of given that nobody asks for` {
  @Test(arguments: [
    // Gates: behind a rejection, above what answers, beside what answers for all.
    ("question = \"hi\"", "kind = other score = 0.9", []),
    (
      "question = \"hi\"", "kind = other score = 0.9 at small score = 0.2 at middle",
      ["score = 0.2 at middle"]
    ),
    ("question = \"hi\"", "kind = other score = 0.1 at small score = 0.9", []),
    ("question = \"hi\"", "kind = other score = 0.9 at small score = 0.9", ["score = 0.9"]),
    ("question = \"hi\"", "kind = other score fails limited at small score = 0.9", []),
    ("question = \"hi\"", "kind = other score = 0.4 solid = true", ["solid = true"]),
    // Nobody climbs, and nobody asks which kind it is.
    (
      "question = \"hi\" plan = pro", "score = 0.9 kind = law", ["score = 0.9", "kind = law"]
    ),
    ("question = \"hi\" plan = pro", "kind fails limited", ["kind fails limited"]),
    ("question = \"hi\"", "large fails limited kind = other score = 0.9", []),
    // That it makes no difference may be what a test is about.
    ("question = \"hi\"", "kind = law middle fails limited vectors fails limited", []),
    ("question = \"hi\"", "kind = law middle = unhealthy daily.used = 79%", []),
    ("question = \"hi\"", "kind = law others.used = $20", []),
  ])
  func `are told`(request: String, given: String, idle: [String]) throws {
    let text = """
      facts { plan : free | pro = free }
      classifier kind : law | other { reads question ask large "Which?" on failure law }
      gate score = http("https://score.example", higher_is_better)
      gate solid = not refusal
      budget daily = $20 per tenant per day
      budget others = $20 per day when plan = pro
      ladder climb { tier small accept score >= 0.5 tier middle accept score >= 0.5 tier large }
      route pro when plan = pro { use small }
      route saving when daily.used >= 80% { use small }
      route law when kind = law { use small }
      otherwise { use climb }
      test "t" { request { \(request) } given { \(given) } expect { climbs >= 0 } }
      """
    let policy = try TestPolicy(text)
    let runner = PolicyTestRunner(policy.decider) { _ in .failure(.init("there are no files")) }
    let test = policy.policy.tests[0]
    #expect(runner.run(test).passed)
    #expect(runner.idleLines(of: test).map { policy.policy.sources.text(of: $0) } == idle)
  }

  @Test func `are none of a test that hangs on what is not given`() throws {
    let policy = try TestPolicy(
      """
      classifier kind : law | other { reads question ask large "Which?" on failure law }
      gate score = http("https://score.example", higher_is_better)
      ladder climb { tier small accept score >= 0.5 tier large }
      route law when kind = law { use climb }
      otherwise { use large }
      test "t" { request { question = "hi" } given { kind = law } expect { calls = 1 } }
      """)
    let runner = PolicyTestRunner(policy.decider) { _ in .failure(.init("there are no files")) }
    #expect(runner.idleLines(of: policy.policy.tests[0]).isEmpty)
  }
}
