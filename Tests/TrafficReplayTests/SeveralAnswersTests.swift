import PolicyUnits
import Testing
import TrafficLog
import TrafficReplay

@Suite struct `Several answers of one call` {
  @Test(arguments: [
    // Of a row without texts, and of a request that was kept.
    #","n":3,"max_tokens":100"#,
    #","request":{"model":"large","n":3,"max_tokens":100,"messages":[{"role":"user","content":"a"}]}"#,
  ])
  func `may be as long together as each may be, so many times`(more: String) throws {
    let ground = try ReplayGround("otherwise { use small }")
    let report = try ground.replay([
      ReplayGround.line(0, input: 0, output: 250, more: more),
      ReplayGround.line(1, input: 0, output: 350, more: more),
    ]).report
    // 250 × 0.02, and of the second 300 of its 350.
    #expect(report.cost.expected == Int128(5_000 + 6_000))
    #expect(report.singles[0].cost == report.cost.expected)
  }

  @Test func `are planned apart from one answer`() throws {
    let ground = try ReplayGround("otherwise { use small }")
    let report = try ground.replay([
      ReplayGround.line(0, input: 0, output: 3_000),
      ReplayGround.line(1, input: 0, output: 3_000, more: #","n":2"#),
      ReplayGround.line(2, input: 0, output: 3_000),
    ]).report
    // The model gives 1,000 tokens an answer.
    #expect(report.cost.expected == Int128(20_000 + 40_000 + 20_000))
  }

  @Test(arguments: [#""seven""#, "0", "-2", "500", "1.5"])
  func `are one where a log calls something else n`(written: String) throws {
    let ground = try ReplayGround("otherwise { use small }")
    let report = try ground.replay([
      ReplayGround.line(0, input: 0, output: 3_000, more: #","n":\#(written)"#)
    ]).report
    #expect(report.cost.expected == 20_000)
  }

  @Test func `are counted as one where n is no number of answers, and that is said`() throws {
    let ground = try ReplayGround("otherwise { use small }")
    var misread: Int64 = 0
    let written = [#""3""#, "3.0", "200", "0", "-1", "2", "null"]
    _ = try ground.replay(
      written.map { ReplayGround.line(0, input: 0, output: 10, more: #","n":\#($0)"#) }
    ) { _, _, log, _, _ in misread = log.misreadChoices }
    #expect(misread == 4)
  }
}
