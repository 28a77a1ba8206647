import PolicySemantics
import PolicySyntax
import RoutingGates
import RoutingRuntime
import RoutingTestSupport
import Testing

/// What a gate says of a text that still grows must be what it says of the whole.
@Suite struct `A gate asked early` {
  struct Case: CustomTestStringConvertible {
    let gate: String
    let text: String
    let verdict: VerdictSoFar
    var testDescription: String { "\(gate): \(text.prefix(40))" }
  }

  private static let even = String(repeating: "An even answer to it. ", count: 11)

  static let cases = [
    Case(gate: "length >= 5 chars", text: "hélló", verdict: .holds),
    Case(gate: "length >= 6 chars", text: "hélló", verdict: .open),
    Case(gate: "length <= 4 chars", text: "hélló", verdict: .fails),
    Case(gate: "length <= 5 chars", text: "hélló", verdict: .open),
    Case(gate: "length = 2 lines", text: "a\nb\nc", verdict: .fails),
    Case(gate: "length >= 3 tokens", text: "one two three four", verdict: .holds),
    Case(gate: "answer contains \"so\"", text: "and so on", verdict: .holds),
    Case(gate: "not answer contains \"so\"", text: "and so on", verdict: .fails),
    Case(gate: "not answer contains \"so\"", text: "and then", verdict: .open),
    Case(gate: "answer mentions \"so\"", text: "and so", verdict: .open),
    Case(gate: "answer mentions \"so\"", text: "and so o", verdict: .holds),
    Case(gate: "answer mentions \"so\"", text: "and soo n", verdict: .open),
    Case(gate: "answer starts with \"Yes\"", text: "Ye", verdict: .open),
    Case(gate: "answer starts with \"Yes\"", text: "Yes", verdict: .holds),
    Case(gate: "answer starts with \"Yes\"", text: "Yo", verdict: .fails),
    Case(gate: "answer matches /[0-9]+ EUR/", text: "42 EUR", verdict: .holds),
    Case(gate: "answer matches /[0-9]+$/", text: "42", verdict: .open),
    Case(gate: "answer matches /cat\\b/", text: "a cat", verdict: .open),
    Case(gate: "json", text: "{\"a\": [1, {\"b\": \"x", verdict: .open),
    Case(gate: "json", text: "{\"a\": 1}", verdict: .open),
    Case(gate: "json", text: "Sure! {", verdict: .fails),
    Case(gate: "json", text: "{\"a\": 1} and", verdict: .fails),
    Case(gate: "schema(\"s.json\")", text: "[1, 2,]", verdict: .fails),
    Case(gate: "refusal", text: "I'm sorry, but I can't help with that", verdict: .holds),
    Case(gate: "refusal", text: "I can't help wit", verdict: .open),
    Case(gate: "refusal", text: "I can't help with", verdict: .open),
    Case(gate: "not refusal", text: even, verdict: .holds),
    Case(gate: "finish = stop", text: "all there is", verdict: .open),
    Case(gate: "same_language", text: "all there is", verdict: .open),
    Case(gate: "length >= 3 chars and not refusal", text: even, verdict: .holds),
    Case(gate: "length >= 3 chars and finish = stop", text: even, verdict: .open),
    Case(gate: "length <= 3 chars and finish = stop", text: even, verdict: .fails),
    Case(gate: "judge(m, \"Good?\") >= 0.5 or length >= 1 chars", text: "x", verdict: .holds),
    Case(gate: "judge(m, \"Good?\") >= 0.5", text: "x", verdict: .open),
  ]

  @Test(arguments: cases)
  func `says what is certain, and no more`(_ row: Case) throws {
    let book = try GateBook(Gates.policy(gate: row.gate))
    let request = GateRequest(question: "q", context: "")
    #expect(book.soFar(GateID(0), row.text, request) == row.verdict)
  }

  @Test func `never says other than it says of the whole`() throws {
    var random = SplitMix(state: Self.seed)
    var certain = 0
    var looks = 0
    for _ in 0..<150 {
      let gate = Self.gate(&random, depth: 2)
      let policy = try Gates.policy(gate: gate)
      let book = try GateBook(policy)
      let reach = EarlyReach(GateID(0), of: policy)
      for _ in 0..<6 {
        let pieces = (0..<Int.random(in: 1...14, using: &random)).map { _ in
          Self.pick(Self.pieces, &random)
        }
        let question = Self.pick(Self.pieces, &random)
        let request = GateRequest(
          question: question, context: "one two three four five six so it is")
        let ends = ["", "s", "\u{301}", "\n", "1", "}", " x"]
        let text = pieces.joined() + Self.pick(ends, &random)
        for finish in [nil, FinishReason.stop, .length] {
          let whole = book.evaluate(
            GateID(0), AnswerFacts(text: text, finish: finish), request)
          var start = ""
          for scalar in text.unicodeScalars {
            start.unicodeScalars.append(scalar)
            looks += 1
            switch book.soFar(GateID(0), start, request) {
            case .open: continue
            case .holds:
              #expect(reach.canHold, "\(gate)")
              #expect(whole == .verdict(true), "\(gate): \(start) of \(text), seed \(Self.seed)")
            case .fails:
              #expect(reach.canFail, "\(gate)")
              #expect(whole == .verdict(false), "\(gate): \(start) of \(text), seed \(Self.seed)")
            }
            certain += 1
          }
        }
      }
    }
    print("early verdicts: \(looks) beginnings, \(certain) of them certain, none wrong")
    #expect(certain > 3_000)
  }

  private static let seed: UInt64 = 20_261_121

  private static func pick(_ all: [String], _ random: inout SplitMix) -> String {
    all[Int.random(in: 0..<all.count, using: &random)]
  }

  static let pieces = [
    "so ", "so", "soon ", "I can't help with ", "that", " cats", "cat ", "42 ", "42", "EUR",
    "\n", "\r\n", "{", "}", "[1, ", "2]", "\"a\"", ": ", "true", "ein Wort ", "é", "e\u{301}",
    "one two three four five ", "six", "日本", "。", "`", "```\n", ", ", "-1.5e3", "\\", "\"",
    "Yes", " ", "\t", "👍🏽", "'", String(repeating: "and on ", count: 12),
  ]

  private static let tests = [
    "answer contains \"so\"", "answer contains (\"42\", \"}\")", "answer mentions \"so\"",
    "answer mentions (\"cat\", \"日本\")", "answer mentions \"one two\"",
    "answer starts with \"Yes\"", "answer starts with \"so so\"", "answer matches /[0-9]+/",
    "answer matches /cats?$/", "answer matches /\\bso\\b/", "answer matches /^so/",
    "answer has numbers", "refusal", "json", "schema(\"s.json\")", "same_language",
    "cites_context", "repeats_question", "finish = stop", "finish != length",
    "length >= 12 chars", "length <= 12 chars", "length = 9 bytes", "length != 9 bytes",
    "length < 3 lines", "length > 2 lines", "length = 2 lines", "length >= 8 tokens",
    "length <= 8 tokens", "length = 8 tokens",
  ]

  static func gate(_ random: inout SplitMix, depth: Int) -> String {
    guard depth > 0, Int.random(in: 0...2, using: &random) > 0 else {
      return (Int.random(in: 0...3, using: &random) == 0 ? "not " : "")
        + term(Self.pick(tests, &random))
    }
    let word = Int.random(in: 0...1, using: &random) == 0 ? " and " : " or "
    let parts = (0..<2).map { _ in "(\(gate(&random, depth: depth - 1)))" }
    return (Int.random(in: 0...4, using: &random) == 0 ? "not (" : "(")
      + parts.joined(separator: word) + ")"
  }

  /// `not` never stands before a comparison.
  private static func term(_ test: String) -> String { "(\(test))" }
}
