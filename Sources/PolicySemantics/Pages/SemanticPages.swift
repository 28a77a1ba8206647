package import PolicyDiagnostics

/// The pages of the checker's codes, with samples against ``Vocabulary/forPages``.
package enum SemanticPages {
  package static let all: [DiagnosticPage] =
    names + types + units + values + gates + routes + guards + files + suppressions

  /// Codes of warnings: what `@allow` may name.
  static let warnings: Set<String> = codes(of: .warning)
  static let errors: Set<String> = codes(of: .error)

  private static func codes(of severity: Severity) -> Set<String> {
    Set(all.filter { $0.severity == severity }.map(\.code.rawValue))
  }

  /// A complete policy around some declarations.
  static func sample(_ declarations: String) -> String {
    """
    rung 1
    catalog "catalog.yaml"

    \(declarations)

    otherwise { use qwen3-8b }

    """
  }
}
