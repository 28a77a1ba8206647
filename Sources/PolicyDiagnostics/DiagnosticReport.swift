package import PolicySource

/// What was found in one policy and the files it was read from.
package struct DiagnosticReport: Sendable {
  /// The policy's own path.
  package let path: String
  package let sources: SourceMap
  package let diagnostics: [Diagnostic]

  package init(path: String, sources: SourceMap, diagnostics: [Diagnostic]) {
    self.path = path
    self.sources = sources
    self.diagnostics = diagnostics
  }
}
