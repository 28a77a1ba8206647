package import PolicyDiagnostics
package import PolicySemantics
package import PolicySource
package import PolicySyntax

/// A policy with everything it names, as far as it could be read.
package struct LoadedPolicy: Sendable {
  /// The policy first, then its imports in the order they are reached, then its catalog.
  package let sources: SourceMap
  /// As parsed: the policy first, then its imports.
  package let files: [PolicyFile]
  /// By place: of the policy, its imports and its catalog together.
  package let diagnostics: [Diagnostic]
  /// Nil exactly if a diagnostic is an error.
  package let checked: CheckedPolicy?
  /// Of the bytes of the policy, its imports and the files they name, with their paths as written.
  ///
  /// The catalog has its own, in the vocabulary.
  package let fingerprint: StableHash.Digest
  /// All that was read, to load the same policy again when its files have changed.
  package let kept: PolicySources
}
