extension LintRules {
  static let cacheRules: [any LintRule.Type] = [
    TimeSensitiveCache.self, SharedPersonalCache.self, UnmeasuredSimilarity.self,
  ]
}
