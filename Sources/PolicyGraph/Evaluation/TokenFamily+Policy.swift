package import PolicySemantics
package import TokenEstimates

extension TokenFamily {
  /// The family a policy names.
  package init(_ family: TokenizerFamily) {
    self =
      switch family {
      case .openAI: .openAI
      case .qwen: .qwen
      case .deepseek: .deepseek
      case .claude: .claude
      case .gemini: .gemini
      case .llama: .llama
      case .mistral: .mistral
      case .generic: .generic
      }
  }
}
