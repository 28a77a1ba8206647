import JSONReading
import OpenAIWire
import PolicySemantics
import PolicyUnits
import RoutingEvaluation
import RoutingRuntime
import Testing

@Suite struct `What an answer must have` {
  private func check(_ json: String) throws -> AnswerCheck {
    try AnswerCheck(JSONText(json).root, "gold:1")
  }

  @Test(arguments: [
    (#"{"number": 42}"#, "It is 42.", true), (#"{"number": 42}"#, "41 or 42", true),
    (#"{"number": 42}"#, "42 of 43", false),
    (#"{"number": 1598}"#, "They hold 1,598 parcels.", true),
    (#"{"number": 1598}"#, "1,59,8", false), (#"{"number": -3}"#, "It is -3.", true),
    (#"{"number": -3}"#, "It is \u{2212}3.", true), (#"{"number": 3}"#, "It is \u{2212}3.", false),
    (#"{"number": 3}"#, "page 12-3", true), (#"{"number": 0.5}"#, "0.50", true),
    (#"{"number": {"is": 3.14, "within": 0.01}}"#, "3.149", true),
    (#"{"number": {"is": 3.14, "within": 0.01}}"#, "3.151", false),
    (#"{"number": 1}"#, "none", false), (#"{"number": 7}"#, "99999999999999999999", false),
    (#"{"number": 1}"#, ".1", false), (#"{"number": 0.1}"#, "It is .1", true),
    (#"{"number": 5}"#, "-.5", false), (#"{"number": -0.5}"#, "-.5", true),
    (#"{"number": -0.5}"#, "\u{2212}.5", true), (#"{"number": 5}"#, "No.5", true),
    (#"{"number": 5}"#, "Well...5", true), (#"{"number": 5}"#, "from 1..5", true),
    (#"{"number": 3}"#, "1e3", false), (#"{"number": 1000}"#, "1e3", true),
    (#"{"number": 1500}"#, "1.5E+3.", true), (#"{"number": 0.0015}"#, "1.5e-3", true),
    (#"{"number": 3}"#, "1e3.5", false), (#"{"number": 5}"#, "1e3.5", false),
    (#"{"number": 3}"#, "the 3e", true), (#"{"number": 0}"#, "0e999999999999", true),
    (#"{"number": 1}"#, "1e999999999999", false), (#"{"number": 0}"#, "1e-999999999999", false),
    (#"{"number": {"is": 0, "within": 0.1}}"#, "1e-999999999999", true),
    (#"{"number": 5}"#, "0,5", false), (#"{"number": 0.5}"#, "0,5", false),
    (#"{"number": 500}"#, "0,500", false), (#"{"number": 3}"#, "1,2,3", false),
    (#"{"number": 3}"#, "1, 2, 3", true), (#"{"number": 567}"#, "1234,567", false),
    (#"{"number": 1598000.25}"#, "1,598,000.25", true), (#"{"number": 50}"#, "1.598,50", false),
    (#"{"number": 3}"#, "1.2.3", false), (#"{"number": 1000}"#, "1,000.", true),
    (#"{"number": 0.123456789}"#, "0.123456789000", true),
    (#"{"number": 0.123456789}"#, "0.1234567891", false),
    (#"{"number": -0.123456789}"#, "-0.1234567891", false),
    (#"{"number": {"is": 0.3, "within": 0.1}}"#, "0.40000000001", false),
    (#"{"number": {"is": 0.3, "within": 0.1}}"#, "0.39999999999", true),
    (#"{"number": {"is": 0.3, "within": 0.1}}"#, "0.19999999999", false),
    (#"{"number": 7}"#, "00000000000000000000000000000000000000007", true),
    (#"{"choice": {"is": "B", "of": ["A", "B"]}}"#, "(B) because A is wrong", true),
    (#"{"choice": {"is": "B", "of": ["A", "B"]}}"#, "The answer is B.", true),
    (#"{"choice": {"is": "B", "of": ["A", "B"]}}"#, "Either A or B", false),
    (#"{"choice": {"is": "no", "of": ["no", "none"]}}"#, "none", false),
    (#"{"choice": {"is": "é", "of": ["é", "e"]}}"#, "é", true),
    (#"{"json_equals": {"a": 1, "b": [2]}}"#, #"{"b":[2.0],"a":1}"#, true),
    (#"{"json_equals": {"a": 1}}"#, #"{"a":1,"b":2}"#, false),
    (#"{"json_equals": 3}"#, "three", false),
    (#"{"equals": "yes"}"#, " yes\n", true), (#"{"matches": "^[0-9]+$"}"#, "12", true),
    (#"{"contains": ["a", "b"]}"#, "a only", false), (#"{"lacks": "sorry"}"#, "Sorry", true),
  ])
  func `is checked`(_ expect: String, _ answer: String, _ holds: Bool) throws {
    let check = try check(expect)
    let found = check.holds(of: answer)
    #expect(found == holds)
  }

  @Test(arguments: [
    (#"{}"#, "expects nothing"), (#"[]"#, "`expect` is an object"), (#"{"has": 1}"#, "not `has`"),
    (#"{"number": "4"}"#, "`number` takes"), (#"{"number": 1e30}"#, "`number` takes"),
    (#"{"number": {"is": 1, "within": -1}}"#, "not negative"),
    (#"{"choice": "B"}"#, "`choice` takes"),
    (#"{"choice": {"is": "C", "of": ["A", "B"]}}"#, "one of `of`"),
    (#"{"matches": "("}"#, "no RE2 pattern"), (#"{"json": false}"#, "`json` takes true"),
  ])
  func `is refused by name`(_ expect: String, _ words: String) throws {
    let error = #expect(throws: EvaluationProblem.self) { try check(expect) }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    #expect(error?.description.hasPrefix("gold:1: ") == true)
  }
}

@Suite struct `A gold set` {
  @Test(arguments: [
    ("", "gold: the file has no requests"),
    ("{\"question\":\"a\"}\n{\"question\":", "gold:2:"),
    (#"{"question":"a","expected":"b"}"#, "gold:1: a gold request has"),
    (
      "{\"id\":\"x\",\"question\":\"a\"}\n\n{\"id\":\"x\",\"question\":\"b\"}",
      "gold:3: the id `x` is that of line 1"
    ),
    (#"{"question":"a","messages":[]}"#, "give it one of"), (#"{"messages":[]}"#, "is empty"),
    (#"{"question":7}"#, "give it one of"), (#"{"request":{"messages":7}}"#, "gold:1:"),
    (#"{"question":"a","task":""}"#, "`task` is a text"), ("7", "is an object"),
    (#"{"question":"a","classifiers":{"subject":1}}"#, "takes labels"),
  ])
  func `names what it cannot use`(_ text: String, _ words: String) {
    let error = #expect(throws: EvaluationProblem.self) {
      try GoldSet(Array(text.utf8), path: "gold")
    }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
  }

  @Test func `names no more than ten lines`() {
    let lines = Array(repeating: "nonsense", count: 25).joined(separator: "\n")
    let error = #expect(throws: EvaluationProblem.self) {
      try GoldSet(Array(lines.utf8), path: "gold")
    }
    #expect(error?.description.hasSuffix("and 15 more") == true)
  }

  @Test func `takes a question, messages or a whole request`() throws {
    let gold = try GoldSet(
      Array(
        """
        {"question":"a \\"b\\""}
        {"id":7,"messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}]}
        {"id":"r","request":{"model":"m","messages":[{"role":"user","content":"u"}],"metadata":{"plan":"pro"}}}
        """.utf8), path: "gold")
    #expect(gold.items.map(\.id) == ["1", "7", "r"])
    let requests = try gold.items.map { try $0.request }
    #expect(requests.map(\.messages.count) == [1, 2, 1])
    #expect(requests[2].model == "m")
    #expect(throws: EvaluationProblem.self) { try gold.items[1].request(saying: "other") }
    let said = try gold.items[0].request(saying: "be kind")
    #expect(said.messages.map(\.text) == ["be kind", "a \"b\""])
  }
}

@Suite struct `An outcome matrix` {
  @Test(arguments: [
    ("", "no outcomes"), ("{}", "`id` is missing"), (#"{"id":"a"}"#, "`model` is missing"),
    (#"{"id":"a","model":"m"}"#, "no `answer`, no `score` and no `failure`"),
    (#"{"id":"a","model":"m","score":1.5}"#, "from 0 to 1"),
    (#"{"id":"a","model":"m","score":NaN}"#, "m:1:"),
    (#"{"id":"a","model":"m","score":"NaN"}"#, "from 0 to 1"),
    (#"{"id":"a","model":"m","score":-0.1}"#, "from 0 to 1"),
    (#"{"id":"a","model":"m","score":1.0000005}"#, "from 0 to 1"),
    (#"{"id":"a","model":"m","score":1e400}"#, "from 0 to 1"),
    (
      #"{"id":"a","model":"m","answer":"x","input_tokens":5,"output_tokens":50.5}"#,
      "a whole number"
    ),
    (#"{"id":"a","model":"m","answer":"x","input_tokens":-5,"output_tokens":1}"#, "a whole number"),
    (#"{"id":"a","model":"m","answer":"x","input_tokens":5}"#, "go together"),
    (
      #"{"id":"a","model":"m","answer":"x","input_tokens":1e99,"output_tokens":1}"#,
      "a whole number"
    ),
    (
      #"{"id":"a","model":"m","answer":"x","input_tokens":5,"output_tokens":1,"cached_input_tokens":6}"#,
      "is a part of"
    ),
    (#"{"id":"a","model":"m","answer":"x","tokens":5}"#, "an outcome has no `tokens`"),
    (#"{"id":"a","model":"m","answer":"x","latncy_ms":5}"#, "did you mean `latency_ms`?"),
    (#"{"id":"a","model":"m","answer":"x","finish":"done"}"#, "`finish` is one of stop"),
    (#"{"id":"a","model":"m","failure":"limited","answer":"x"}"#, "has no answer"),
    (#"{"id":"a","model":"m","answer":"x","gates":{"g":[]}}"#, "is a score from 0 to 1"),
    (
      #"{"id":"a","model":"m","answer":"x","gates":{"g":{"input_tokens":1,"output_tokens":1}}}"#,
      "said nothing"
    ),
    (
      "{\"id\":\"a\",\"model\":\"m\",\"score\":1}\n{\"id\":\"a\",\"model\":\"m\",\"score\":1}",
      "m:2: `m` has answered `a` in line 1 already"
    ),
    ("question,model\na,m", "or CSV with the columns `id`"),
    ("id,model,answer\na,m", "has 2 cells and the first line 3"),
    ("id,model,wrong\na,m,x", "an outcome has no `wrong`"),
    ("id,model,id\na,m,x", "two columns are called `id`"),
    ("id,model,answer\na,\"m,x", "quote"),
  ])
  func `names what it cannot use`(_ text: String, _ words: String) {
    let error = #expect(throws: EvaluationProblem.self) {
      try OutcomeMatrix(Array(text.utf8), path: "m")
    }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
  }

  @Test(arguments: [
    ("0.3333333333333333", 333_333), ("0.6666666666666666", 666_667), ("0.0000005", 1),
    ("0.99999999999999989", 1_000_000), ("5e-324", 0), ("0.8999994999", 899_999),
    ("1.0", 1_000_000),
  ])
  func `rounds a score to its six digits`(_ score: String, _ millionths: Int64) throws {
    let json =
      #"{"id":"a","model":"m","score":\#(score),"input_tokens":10.0,"output_tokens":50.0,"#
      + #""gates":{"g":\#(score)}}"#
    let csv =
      "id,model,score,input_tokens,output_tokens,gate.g\na,m,\(score),10.0,50.0,\(score)"
    for text in [json, csv] {
      let matrix = try OutcomeMatrix(Array(text.utf8), path: "m")
      let cell = try #require(matrix["a", "m"])
      #expect(cell.score == Score(millionths: millionths))
      #expect(cell.gates["g"]?.result == .score(Score(millionths: millionths)))
      #expect(cell.usage == Usage(input: 10, output: 50))
    }
  }

  @Test func `says the same as JSON and as CSV`() throws {
    let json = try OutcomeMatrix(
      Array(
        """
        {"id":"a","model":"m","answer":"x, y","input_tokens":12,"cached_input_tokens":2,"output_tokens":3,"latency_ms":80,"finish":"stop","gates":{"g":{"score":0.5,"input_tokens":7,"output_tokens":1},"v":true}}
        {"id":"a","model":"n","failure":"limited"}
        """.utf8), path: "m")
    let csv = try OutcomeMatrix(
      Array(
        """
        id,model,answer,input_tokens,cached_input_tokens,output_tokens,latency_ms,finish,failure,gate.g,gate.g.input_tokens,gate.g.output_tokens,gate.v
        a,m,"x, y",12,2,3,80,stop,,0.5,7,1,true
        a,n,,,,,,,limited,,,,
        """.utf8), path: "m")
    for matrix in [json, csv] {
      let cell = try #require(matrix["a", "m"])
      #expect(cell.answer == "x, y")
      #expect(cell.usage == Usage(input: 12, cachedInput: 2, output: 3))
      #expect(cell.latency == Milliseconds(80))
      #expect(cell.gates["g"]?.result == .score(Score(millionths: 500_000)))
      #expect(cell.gates["g"]?.usage == Usage(input: 7, output: 1))
      #expect(cell.gates["v"]?.result == .verdict(true))
      let other = try #require(matrix["a", "n"])
      #expect(other.failure == .limited && other.usage == nil)
      #expect(matrix["b", "m"] == nil)
      #expect(matrix.models == ["m", "n"])
    }
  }
}
