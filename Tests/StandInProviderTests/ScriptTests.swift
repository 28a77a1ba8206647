import StandInProvider
import Testing

@Suite struct ScriptTests {
  @Test(arguments: [
    (#"{"rule":[]}"#, "unknown key `rule`"),
    (#"{"rules":{}}"#, "an array must stand here"),
    (#"{"rules":[{"fault":"explode"}]}"#, "unknown fault `explode`"),
    (#"{"rules":[{"contain":"x"}]}"#, "unknown key `contain` of a rule"),
    (#"{"rules":[{"calls":-1}]}"#, "a whole number of at least 0"),
    (#"{"rules":[{"events":"x"}]}"#, "an array must stand here"),
    (#"{"rules":[{"finish":"done"}]}"#, "unknown finish `done`"),
    (#"{"models":[{"quality":1}]}"#, "a model needs a `name`"),
    (#"{"models":[{"name":"a","quality":2}]}"#, "`quality` is a number from 0 to 1"),
    (#"{"#, "ends before it is complete"),
    ("[]", "an object must stand here"),
  ])
  func `a script with a mistake is refused with its place`(text: String, message: String) {
    let problem = #expect(throws: ScriptProblem.self) { try Script(json: Array(text.utf8)) }
    #expect(problem?.description.contains(message) == true, "\(problem as Any)")
    #expect(problem?.description.contains("line 1") == true)
  }

  @Test func `a script is read whole`() throws {
    let text = """
      {"models": [{"name": "small", "quality": 0.8, "context_window": 4096, "reasons": true,
                   "latency_ms": 80}],
       "only_listed_models": true, "chunk_delay_ms": 5, "key": "k",
       "rules": [{"model": "small", "contains": "x", "calls": [1, 3], "times": 2,
                  "fault": "status_429", "retry_after": "7", "delay_ms": 10},
                 {"calls": 2, "answer": "No.", "finish": "length"},
                 {"body": "{}"}, {"events": ["{}", "[DONE]"]}]}
      """
    let script = try Script(json: Array(text.utf8))
    #expect(
      script.models == [
        ModelProfile("small", quality: 800_000, contextWindow: 4096, reasons: true, latency: 80)
      ])
    #expect(script.onlyListed && script.chunkDelay == 5 && script.key == "k")
    #expect(script.rules.map(\.fault) == [.status429, nil, nil, nil])
    #expect(script.rules.map(\.calls) == [[1, 3], [2], nil, nil])
    #expect(script.rules[1].answer == "No." && script.rules[1].finish == "length")
    #expect(script.rules[2].body == "{}" && script.rules[3].events == ["{}", "[DONE]"])
  }

  @Test func `every fault has a name of its own and a line that says what it does`() {
    #expect(Set(Fault.allCases.map(\.name)).count == Fault.allCases.count)
    #expect(Set(Fault.allCases.map(\.summary)).count == Fault.allCases.count)
    for fault in Fault.allCases {
      #expect(fault.name.allSatisfy { $0 == "_" || $0.isNumber || $0.isLowercase }, "\(fault)")
    }
  }
}
