import Testing

@testable import TrafficReplay

@Suite struct `A request a policy has no call for` {
  @Test(arguments: [
    ("budget tiny = $0.000000001 per request\notherwise { use large }", "tiny"),
    ("limit short = 10 tokens per request\notherwise { use large }", "short"),
    (
      "gate long = length >= 20 chars\n"
        + "ladder two(max_budget = $0.000000001) { tier small accept long  tier large }\n"
        + "otherwise { use two }", "two"
    ),
  ])
  func `is refused under the name of what bounds it`(policy: String, name: String) throws {
    let report = try ReplayGround(policy).replay([ReplayGround.line(0, input: 1000, output: 10)])
      .report
    #expect(report.leftOut.map(\.reason) == [.refused(.noCallLeft(under: name))])
  }

  @Test func `names no bound where its prompt is too long`() throws {
    let report = try ReplayGround("otherwise { use small }")
      .replay([ReplayGround.line(0, input: 9_000, output: 10)]).report
    #expect(report.leftOut.map(\.reason) == [.refused(.noCallLeft(under: nil))])
  }
}
