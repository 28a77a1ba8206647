import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax
import RoutingGates
import RoutingRuntime
import Testing

@Suite struct `Gates` {
  /// One gate, one answer, the verdict; nil if it cannot be told without a model.
  struct Case: CustomTestStringConvertible {
    let gate: String
    let answer: String
    var question = "How do I reset my password?"
    var context = ""
    var finish: FinishReason? = .stop
    let accepts: Bool?

    var testDescription: String { "\(gate): \(answer.prefix(40))" }
  }

  static let schema = """
    {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer", "minimum": 1}}}
    """

  static let cases = [
    Case(gate: "length >= 5 chars", answer: "héllo", accepts: true),
    Case(gate: "length >= 6 chars", answer: "héllo", accepts: false),
    Case(gate: "length >= 6 bytes", answer: "héllo", accepts: true),
    Case(gate: "length = 2 lines", answer: "one\ntwo\n", accepts: true),
    Case(gate: "length <= 1 lines", answer: "", accepts: true),
    Case(gate: "length <= 3 tokens", answer: "one", accepts: true),
    Case(gate: "length <= 3 tokens", answer: "one two three four five six", accepts: false),
    Case(gate: "finish = stop", answer: "", accepts: true),
    Case(gate: "finish = stop", answer: "", finish: .length, accepts: false),
    Case(gate: "finish != length", answer: "", finish: nil, accepts: true),
    Case(gate: "json", answer: " {\"a\": [1, 2]} ", accepts: true),
    Case(gate: "json", answer: "{\"a\": 1,}", accepts: false),
    Case(gate: "json", answer: "Sure: {\"a\": 1}", accepts: false),
    Case(gate: "schema(\"s.json\")", answer: "{\"a\": 1.0}", accepts: true),
    Case(gate: "schema(\"s.json\")", answer: "{\"a\": 0}", accepts: false),
    Case(gate: "schema(\"s.json\")", answer: "{}", accepts: false),
    Case(gate: "schema(\"s.json\")", answer: "no JSON", accepts: false),
    Case(gate: "answer contains \"</answer>\"", answer: "x</answer>", accepts: true),
    Case(
      gate: "answer contains \"caf\u{E9}\" and not answer contains \"cafe\u{301}\"",
      answer: "One caf\u{E9}.", accepts: true),
    Case(gate: "answer mentions (\"reset\", \"link\")", answer: "Use the LINK.", accepts: true),
    Case(gate: "answer matches /^[0-9]+$/", answer: "12a", accepts: false),
    Case(gate: "answer has code", answer: "```swift\nlet a = 1\n```", accepts: true),
    Case(gate: "same_language", answer: "You can do it in the settings.", accepts: true),
    Case(
      gate: "same_language", answer: "Sie können das in den Einstellungen ändern, und es ist kurz.",
      accepts: false),
    Case(gate: "same_language", answer: "42", accepts: true),
    Case(gate: "same_language", answer: "パスワードを変更してください", accepts: false),
    Case(
      gate: "same_language", answer: "Vous pouvez le faire dans les paramètres de votre compte.",
      question: "Comment est-ce que je change mon mot de passe ?", accepts: true),
    Case(
      gate: "cites_context", answer: "It says: click the blue reset link below.",
      context: "To begin, click the blue reset link, then wait.", accepts: true),
    Case(
      gate: "cites_context", answer: "Press the button.",
      context: "To begin, click the blue reset link, then wait.", accepts: false),
    Case(gate: "cites_context", answer: "Anything at all will do here.", accepts: false),
    Case(gate: "repeats_question", answer: "How do I reset my password?", accepts: true),
    Case(gate: "repeats_question", answer: "Reset your password in the settings.", accepts: false),
    Case(gate: "not refusal and finish = stop", answer: "Open the settings.", accepts: true),
    Case(gate: "judge(m, \"Good?\") >= 0.5 and length >= 1 chars", answer: "yes", accepts: nil),
    Case(gate: "judge(m, \"Good?\") >= 0.5 and length >= 9 chars", answer: "yes", accepts: false),
    Case(gate: "judge(m, \"Good?\") >= 0.5 or length >= 1 chars", answer: "yes", accepts: true),
  ]

  @Test(arguments: cases)
  func `an answer passes or does not`(_ asked: Case) throws {
    let book = try GateBook(Self.policy(gate: asked.gate))
    let result = book.evaluate(
      GateID(0), AnswerFacts(text: asked.answer, finish: asked.finish),
      GateRequest(question: asked.question, context: asked.context))
    #expect(result == asked.accepts.map(GateResult.verdict))
  }

  @Test func `a schema with an unknown keyword is refused by name`() throws {
    let policy = try Self.policy(
      gate: "schema(\"s.json\")", schema: "{\"type\": \"object\", \"patternProperties\": {}}")
    let error = #expect(throws: GateProblem.self) { try GateBook(policy) }
    guard case .schema("s.json", .unsupported("patternProperties", "#")) = error?.kind else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  static func policy(gate: String, schema: String = schema) throws -> CheckedPolicy {
    let text = """
      rung 1 catalog "c.yaml"
      gate asked = \(gate)
      ladder l { tier m accept asked  tier m }
      otherwise { use l }
      """
    var model = ModelEntry(name: "m", deployments: [Deployment(provider: "p")])
    model.tokenizer = .qwen
    let parsed = PolicyParser.parse(SourceFile(path: "p.rung", text: text))
    let checked = PolicyChecker.check(
      files: [parsed.value], vocabulary: Vocabulary(models: [model], referenceTokenizer: .qwen),
      files: ["s.json": PolicyTextFile(path: "s.json", text: schema)])
    return try #require(checked.value, "\(checked.diagnostics.map(\.message))")
  }
}
