extension Diagnostic {
  /// The order in which findings are shown: by file as they are listed, then by offset; of those at
  /// one place errors first, then by code and message, so that no hash decides.
  package static func isShownBefore(_ a: Diagnostic, _ b: Diagnostic) -> Bool {
    if a.span != b.span { return a.span < b.span }
    if a.severity != b.severity { return a.severity.weight < b.severity.weight }
    return (a.code.rawValue, a.message) < (b.code.rawValue, b.message)
  }

  /// At most `limit` of the findings, errors rather than warnings and warnings rather than notes;
  /// in the order they came.
  static func mostSevere(_ limit: Int, of diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard diagnostics.count > limit else { return diagnostics }
    return diagnostics.enumerated()
      .sorted { ($0.element.severity.weight, $0.offset) < ($1.element.severity.weight, $1.offset) }
      .prefix(max(0, limit))
      .sorted { $0.offset < $1.offset }
      .map(\.element)
  }
}

extension Severity {
  fileprivate var weight: Int {
    switch self {
    case .error: 0
    case .warning: 1
    case .note: 2
    }
  }
}

/// How many findings there are of each severity.
package struct DiagnosticCounts: Hashable, Sendable {
  package private(set) var errors = 0
  package private(set) var warnings = 0
  package private(set) var notes = 0

  package init(_ diagnostics: some Sequence<Diagnostic>) {
    for diagnostic in diagnostics {
      switch diagnostic.severity {
      case .error: errors += 1
      case .warning: warnings += 1
      case .note: notes += 1
      }
    }
  }

  /// `2 errors, 1 warning`; empty if there is nothing.
  package var summary: String {
    [(errors, "error"), (warnings, "warning"), (notes, "note")]
      .filter { $0.0 > 0 }
      .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
      .joined(separator: ", ")
  }
}
