package import PolicyDiagnostics
import PolicySource

/// The findings of two phases about the same files.
package enum OnePlaceOneFinding {
  /// All of the earlier and, where the earlier found no error, the later; by place, then by code.
  ///
  /// What the parser could not read the checker would only complain about once more, and of what stands
  /// around it nobody knows yet.
  package static func merge(_ earlier: [Diagnostic], _ later: [Diagnostic]) -> [Diagnostic] {
    let errors = earlier.filter { $0.severity == .error && $0.span.count > 0 }.map(\.span)
    let kept = later.filter { diagnostic in
      !errors.contains { $0.contains(diagnostic.span) || diagnostic.span.contains($0) }
    }
    return (earlier + kept).inOrder
  }
}

extension [Diagnostic] {
  /// By place, then by code: the same policy gives the same list.
  package var inOrder: [Diagnostic] {
    sorted {
      ($0.span, $0.code.rawValue, $0.message) < ($1.span, $1.code.rawValue, $1.message)
    }
  }
}
