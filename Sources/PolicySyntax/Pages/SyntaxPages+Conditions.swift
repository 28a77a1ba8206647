import PolicyDiagnostics

extension SyntaxPages {
  static let conditions: [DiagnosticPage] = [
    DiagnosticPage(
      .mixedAndOr, .error, finds: "`and` and `or` in one condition without parentheses.",
      why: "People disagree about which binds tighter. Parentheses say it.",
      wrong: route("stream or model = \"auto\" and tools = 0"),
      instead: route("stream or (model = \"auto\" and tools = 0)"),
      fix: "The fix-it puts the `and` parts in parentheses, as most languages read them; check it."),
    DiagnosticPage(
      .misplacedNot, .error, finds: "A `not` before a comparison, behind a field, or twice.",
      why: "`not x = 3` reads two ways. `x != 3`, `x not in (…)` and `not x mentions …` read one.",
      wrong: route("not model = \"auto\""), instead: route("model != \"auto\""),
      fix: "The fix-it writes the comparison that holds where the other does not."),
    DiagnosticPage(
      .chainedComparison, .error, finds: "A comparison with more than two sides.",
      why: "`a < b < c` compares twice, and a policy writes both comparisons.",
      wrong: route("prompt.tokens >= 1k <= 4k"),
      instead: route("prompt.tokens >= 1k and prompt.tokens <= 4k"),
      fix: "The fix-it repeats the field."),
    DiagnosticPage(
      .missingParentheses, .error, finds: "A list without parentheses.",
      why: "The parentheses show where the list ends.",
      wrong: route("format in json, json_schema"), instead: route("format in (json, json_schema)"),
      fix: "The fix-it adds them; it is safe."),
    DiagnosticPage(
      .nestedTooDeep, .error, finds: "Parentheses nested more than 64 deep.",
      why: "Nobody can read them, and a limit keeps every step of the compiler bounded.",
      wrong: route(
        String(repeating: "(", count: 65) + "stream" + String(repeating: ")", count: 65)),
      instead: route("(stream)"),
      fix: "There is no automatic fix: name a part with `condition`."),
  ]
}
