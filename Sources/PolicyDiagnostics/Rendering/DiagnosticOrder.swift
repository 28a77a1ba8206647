extension Diagnostic {
  /// The order in which findings are shown: by file as they are listed, then by offset; of those at
  /// one place errors first, then by code and message, so that no hash decides.
  package static func isShownBefore(_ a: Diagnostic, _ b: Diagnostic) -> Bool {
    if a.span != b.span { return a.span < b.span }
    if a.severity != b.severity { return a.severity.weight < b.severity.weight }
    return (a.code.rawValue, a.message) < (b.code.rawValue, b.message)
  }

  /// At most `limit` of the findings, in the order they came: errors rather than warnings and warnings
  /// rather than notes, and of each severity something of every code, so that a thousand findings of
  /// one kind do not hide the one of another.
  ///
  /// O(n log n).
  package static func mostSevere<Element>(
    _ limit: Int, of elements: [Element], finding: (Element) -> Diagnostic
  ) -> [Element] {
    guard elements.count > limit else { return elements }
    var counts: [DiagnosticCode: Int] = [:]
    let ranked = elements.enumerated().map { offset, element in
      let diagnostic = finding(element)
      // How many of its kind come before it.
      let number = counts[diagnostic.code, default: 0]
      counts[diagnostic.code] = number + 1
      return (rank: (diagnostic.severity.weight, number, offset), element: element)
    }
    return ranked.sorted { $0.rank < $1.rank }
      .prefix(max(0, limit))
      .sorted { $0.rank.2 < $1.rank.2 }
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
