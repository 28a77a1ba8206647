package import PolicyDiagnostics

/// The pages of the checker's codes.
package enum SemanticPages {
  package static let all: [DiagnosticPage] = []

  /// Codes of warnings: what `@allow` may name.
  static let warnings: Set<String> = [
    "unused_declaration", "always_holds", "repeated_value", "repeated_target",
  ]
  static let errors: Set<String> = []
}
