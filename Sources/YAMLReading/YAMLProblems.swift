import PolicyDiagnostics
import PolicySource

/// Collects findings up to a limit; past it the last one says that there are more.
struct YAMLProblems {
  private(set) var diagnostics: [Diagnostic] = []
  private let text: YAMLText
  private let limit: Int

  init(text: YAMLText, limit: Int) {
    self.text = text
    self.limit = max(1, limit)
  }

  mutating func report(_ problem: YAMLProblem, at span: Span) {
    guard diagnostics.count < limit else {
      diagnostics[limit - 1].markAsLastShown(limit: limit)
      return
    }
    diagnostics.append(problem.diagnostic(at: span))
  }

  /// Reports what ends the reading, whatever the limit.
  mutating func reportLast(_ problem: YAMLProblem, at span: Span) {
    diagnostics.append(problem.diagnostic(at: span))
  }

  /// Reports why the text is no YAML; it always ends the reading.
  mutating func report(_ problem: SyntaxProblem) {
    diagnostics.append(problem.diagnostic(in: text))
  }
}

extension Diagnostic {
  fileprivate mutating func markAsLastShown(limit: Int) {
    let note = Note("only the first \(limit) findings of this file are shown")
    if notes.last != note { notes.append(note) }
  }
}
