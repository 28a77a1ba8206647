import PolicyUnits
import Testing
import TrafficReplay

@Suite struct `Everything on one model` {
  @Test func `is priced with no more than it, and the request, allow`() throws {
    let ground = try ReplayGround("otherwise { use small }")
    let report = try ground.replay([
      ReplayGround.line(0, input: 0, output: 15_000),
      ReplayGround.line(1, input: 0, output: 500, more: #","max_tokens":100"#),
    ]).report
    // Of the first 1,000 × 0.02, 2,000 × 0.3 and 8,000 × 10; of the second 100 of each.
    let singles = report.singles.map { $0.cost ?? -1 }
    let expected: [Int128] = [22_000, 630_000, 81_000_000]
    #expect(singles == expected)
    // The first answer is longer than each of them gives; the second no longer than was asked for.
    #expect(report.singles.map(\.cut) == [1, 1, 1])
    // What the policy does is everything on small.
    #expect(report.steps[1].cost.expected == report.singles[0].cost)
  }

  @Test func `is priced with what that model had of a prompt in its cache`() throws {
    let ground = try ReplayGround("otherwise { use middle }")
    let cached = #","cached_input_tokens":900"#
    let report = try ground.replay([
      ReplayGround.line(0, model: "vendor/large", input: 1000, output: 0, more: cached),
      ReplayGround.line(0, model: "middle", input: 1000, output: 0, more: cached),
    ]).report
    // Of small, which answered none, all; of the others their own row with its discount.
    let singles = report.singles.map { $0.cost ?? -1 }
    let expected: [Int128] = [20_000, 119_000, 3_875_000]
    #expect(singles == expected)
    // So everything on the model that answered everything costs what was logged.
    let own = try ground.replay([
      ReplayGround.line(0, model: "middle", input: 1000, output: 7, more: cached)
    ]).report
    #expect(own.singles[1].cost == own.logged && own.cost.expected == own.logged)
  }

  @Test func `leaves out requests a model has no room for, and says how many`() throws {
    let ground = try ReplayGround("otherwise { use large }")
    let report = try ground.replay([
      ReplayGround.line(0, input: 50_000, output: 5_000),
      ReplayGround.line(1, input: 7_500, output: 400),
      ReplayGround.line(2, input: 7_500, output: 600),
      // Each of three answers has its room behind the prompt.
      ReplayGround.line(3, input: 7_500, output: 600, more: #","n":3"#),
    ]).report
    #expect(report.singles.map(\.tooLong) == [2, 1, 0])
    // Of small the second and the last: 15,000 × 0.01 + 1,000 × 0.02.
    #expect(report.singles[0].cost == 170_000)
    let all = try ground.replay([ReplayGround.line(0, input: 50_000, output: 1)]).report
    #expect(all.singles[0].cost == nil && all.singles[0].tooLong == 1)
  }
}
