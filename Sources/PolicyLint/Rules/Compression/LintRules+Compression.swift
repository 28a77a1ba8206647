extension LintRules {
  static let compressionRules: [any LintRule.Type] = [
    CompressedCode.self, CompressionCannotSave.self, CompressionBreaksPrefix.self,
    UnpinnedPrompt.self,
  ]
}
