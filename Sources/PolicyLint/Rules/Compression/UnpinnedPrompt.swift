package import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax

/// A shorter system prompt that is no longer the one that was accepted.
package enum UnpinnedPrompt: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("unpinned_prompt"), .warning,
    finds: """
      A `replace system file` whose file has a pin beside it, `FILE.pin.json`, and is not the text that \
      was pinned; a pin that cannot be read is told likewise.
      """,
    why: """
      A shorter system prompt is accepted on evidence: what it lost, and how it did on a gold set. The \
      evidence is about one text. After an edit, however small, nobody knows whether it still holds.
      """,
    wrong: nil, instead: nil,
    fix: """
      There is no automatic fix: `rung compress POLICY --system ORIGINAL --candidate FILE --gold SET \
      --pin` tries the new text and pins it.
      """)

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for (index, file) in subject.files.enumerated() {
      for declaration in file.declarations {
        guard case .route(let route) = declaration.content else { continue }
        for path in route.lines.flatMap(\.replacements) {
          guard let problem = problem(of: path, in: file, isPolicy: index == 0, subject) else {
            continue
          }
          report.add(problem.message, at: path.span, notes: [Note(problem.note)])
        }
      }
    }
  }

  private static func problem(
    of path: StringLiteral, in file: PolicyFile, isPolicy: Bool, _ subject: LintSubject
  ) -> (message: String, note: String)? {
    func text(_ path: String) -> String? {
      let key = PolicyPath.key(path, writtenIn: file.source.path, isPolicy: isPolicy)
      return subject.policy.files[key]?.text
    }
    let pinPath = PromptPins.path(of: path.value)
    guard let prompt = text(path.value), let pin = text(pinPath) else { return nil }
    guard let accepted = PromptPins.accepted(in: pin) else {
      return ("`\(pinPath)` cannot be read as a pin", "`rung compress --system` writes it anew")
    }
    let fingerprint = StableHash.digest(of: prompt.utf8).hex
    guard fingerprint != accepted else { return nil }
    return (
      "`\(path.value)` is not the text that was accepted",
      "accepted was \(accepted), and it is \(fingerprint)"
    )
  }
}

extension RouteLine {
  /// The files whose text takes the place of the system prompt.
  fileprivate var replacements: [StringLiteral] {
    let shapes: [ShapeLine] =
      switch self {
      case .shape(let shape): [shape]
      case .split(let split): split.arms.flatMap(\.shapes)
      case .use, .refuse, .cache, .compress, .batch, .stick, .stop, .shadow: []
      }
    return shapes.compactMap { shape in
      if case .system(.replace, .file(let path)) = shape.kind { path } else { nil }
    }
  }
}
