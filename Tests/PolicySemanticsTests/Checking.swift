import Foundation
import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits

/// The files the tests' policies may name.
let testFiles: [String: PolicyTextFile] = Dictionary(
  uniqueKeysWithValues: [
    ("prompts/terse.md", "Be brief."), ("gold.jsonl", "{}"), ("blank.md", " \n"),
    ("answer.schema.json", "{}"), ("request.json", "{}"),
  ].map { ($0.0, PolicyTextFile(path: $0.0, text: $0.1)) })

/// Checks a policy (and its imports, each a text) against the vocabulary of the pages.
func check(
  _ text: String, imports: [String] = [], vocabulary: Vocabulary? = .forPages,
  today: CalendarDate? = nil, otherRules: Set<String> = []
) -> Parsed<CheckedPolicy?> {
  var sources = SourceMap()
  var files: [PolicyFile] = []
  var diagnostics: [Diagnostic] = []
  for (index, content) in ([text] + imports).enumerated() {
    let path = index == 0 ? "policy.rung" : "org/import\(index).rung"
    let parsed = PolicyParser.parse(sources.add(path: path, bytes: Array(content.utf8)))
    files.append(parsed.value)
    diagnostics += parsed.diagnostics
  }
  let checked = PolicyChecker.check(
    files: files, vocabulary: vocabulary, files: testFiles, sources: sources, today: today,
    isIncomplete: diagnostics.hasErrors, otherRules: otherRules)
  return Parsed(
    checked.value, diagnostics: OnePlaceOneFinding.merge(diagnostics, checked.diagnostics))
}

/// The smallest sound policy around some declarations.
func around(_ declarations: String) -> String {
  "rung 1\ncatalog \"catalog.yaml\"\n\(declarations)\notherwise { use qwen3-8b }\n"
}

/// A diagnostic as text: place, code, message, notes and fix-its.
func shown(_ diagnostics: [Diagnostic], in text: String) -> String {
  let file = SourceFile(path: "policy.rung", text: text)
  func place(_ span: Span) -> String {
    guard span.file == file.id else { return "import" }
    let start = file.location(of: span.start)
    return "\(start.line):\(start.column) `\(file.text(of: span))`"
  }
  return diagnostics.map { diagnostic in
    var lines = [
      "\(diagnostic.severity.rawValue) \(diagnostic.code.rawValue) at \(place(diagnostic.span))",
      "  \(diagnostic.message)",
    ]
    lines += diagnostic.notes.map { note in
      "  note: \(note.message)" + (note.span.map { " at \(place($0))" } ?? "")
    }
    lines += diagnostic.fixIts.map { fixIt in
      "  fix: \(fixIt.message)"
        + fixIt.edits.map { " \(place($0.span)) -> `\($0.replacement)`" }.joined()
    }
    return lines.joined(separator: "\n") + "\n"
  }.joined()
}

func codes(_ diagnostics: [Diagnostic]) -> [String] { diagnostics.map(\.code.rawValue) }
