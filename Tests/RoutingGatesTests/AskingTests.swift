import PolicyUnits
import Testing

@testable import RoutingGates

@Suite struct `What is asked of others` {
  @Test(
    arguments: [
      ("0.85", 850_000), (" 1 \n", 1_000_000), ("0", 0), ("1.000", 1_000_000),
      ("0.1234567", 123_456),
      ("<think>hm</think> 0.5", 500_000), ("{\"score\": 0.25}", 250_000),
      ("{\"score\":1}", 1_000_000),
    ] as [(String, Int64)])
  func `a number from 0 to 1 is a score`(reply: String, millionths: Int64) {
    #expect(JudgePrompt.score(reply)?.millionths == millionths)
  }

  @Test(arguments: [
    "", "1.5", "-0.1", "0.", ".5", "85%", "0.8 of 1", "Score: 0.9", "0,5", "1.0000001", "2", "１",
    "0.8\n0.9", "{\"score\":\"0.9\"}", "{\"score\":1.2}", "[0.9]", "<think>0.9", "+0.5", "1e-1",
  ])
  func `nothing else is a score`(reply: String) {
    #expect(JudgePrompt.score(reply) == nil)
  }

  @Test func `a judge reads no more of an answer than was planned, in whole characters`() {
    for text in ["é", "日", "😀", "a"] {
      let long = String(repeating: text, count: 20_000)
      let shown = JudgePrompt.shown(long)
      #expect(shown.utf8.count <= 8_192 && shown.utf8.count > 8_192 - 4)
      #expect(long.hasPrefix(shown))
    }
  }

  @Test func `a judge's prompt is no longer than was planned around it`() {
    let prompt = JudgePrompt("", question: "", answer: "")
    #expect(prompt.system.utf8.count + prompt.user.utf8.count <= 512)
    let label = LabelPrompt("", labels: [], text: "")
    #expect(label.system.utf8.count + label.user.utf8.count <= 512)
  }

  @Test(
    arguments: [
      ("the same words", "words, the SAME!", 1_000_000), ("a b c d", "a b x y", 500_000),
      ("", "", 0), ("one", "", 0), ("yes yes", "yes", 666_666),
      ("{\"a\":1,\"b\":2}", "{ \"b\": 2.0, \"a\": 1 }", 1_000_000), ("{\"a\":1}", "{\"a\":2}", 0),
    ] as [(String, String, Int64)])
  func `two answers agree by their words`(first: String, second: String, millionths: Int64) {
    #expect(Agreement.score(first, second).millionths == millionths)
    #expect(Agreement.score(second, first).millionths == millionths)
  }

  @Test func `a percentile is the figure of a real token`() {
    let logprobs: [Int64] = [0, -693_147, -2_302_585, -105_361]
    #expect(Certainty.score(of: logprobs, atPercentile: 0)?.millionths == 100_000)
    #expect(Certainty.score(of: logprobs, atPercentile: 25)?.millionths == 100_000)
    #expect(Certainty.score(of: logprobs, atPercentile: 26)?.millionths == 500_000)
    #expect(Certainty.score(of: logprobs, atPercentile: 100)?.millionths == 1_000_000)
    #expect(Certainty.score(of: [5], atPercentile: 50)?.millionths == 1_000_000)
    #expect(Certainty.score(of: [], atPercentile: 50) == nil)
    #expect(Certainty.score(of: [.min], atPercentile: 50)?.millionths == 0)
  }

  @Test func `the nearest points the same way`() throws {
    let found = try #require(
      Nearness.nearest(to: [1, 0], among: [[0, 1], [3, 0], [1, 1], [1, 0, 0], [0, 0]]))
    #expect(found.index == 1 && found.score.millionths == 1_000_000)
    #expect(Nearness.nearest(to: [1, 0], among: [[-1, 0]])?.score.millionths == 0)
    #expect(Nearness.nearest(to: [0, 0], among: [[1, 0]]) == nil)
    #expect(Nearness.nearest(to: [.nan, 0], among: [[1, 0]]) == nil)
  }

  @Test func `examples are read line by line, or refused with the line`() throws {
    let file = try ExampleFile(
      "\"one\"\n\n{\"text\": \"two\", \"label\": \"b\"}\n{\"answer\":\"three\"}")
    #expect(file.texts == ["one", "two", "three"] && file.labels == [])
    let sorted = try ExampleFile("{\"text\":\"x\",\"label\":\"b\"}", labels: ["a", "b"])
    #expect(sorted.labels == [1])
    #expect(throws: ExampleProblem.noLabel(line: 2)) {
      try ExampleFile("{\"text\":\"x\",\"label\":\"a\"}\n\"y\"", labels: ["a"])
    }
    #expect(throws: ExampleProblem.notJSON(line: 1)) { try ExampleFile("text") }
    #expect(throws: ExampleProblem.noText(line: 1)) { try ExampleFile("{}") }
    #expect(throws: ExampleProblem.empty) { try ExampleFile(" \n") }
  }

  @Test(
    arguments: [
      ("Law", 0), (" code ", 1), ("<think>x</think>law", 0), ("laws", nil), ("law.", nil),
      ("", nil),
    ] as [(String, Int?)])
  func `only a label is a label`(reply: String, label: Int?) {
    #expect(LabelPrompt.label(reply, of: ["law", "code"]) == label)
  }
}
