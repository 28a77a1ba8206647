package import OpenAIWire
package import RoutingCatalog
package import RoutingRuntime

extension RoutingRuntime.Usage {
  /// In the one convention of the runtime: input includes what was cached and what was written to a
  /// cache, output includes reasoning.
  ///
  /// What the provider's total told has been done already; else the catalog's word counts, and
  /// without one every part is taken to be inside its whole. Nil if a part is larger than its whole
  /// then: such figures are not trusted.
  package init?(_ usage: OpenAIWire.Usage, _ convention: UsageConventions) {
    let addsCached = convention.cachedTokens == .outside && !usage.addedCached
    let addsReasoning = convention.reasoningTokens == .outside && !usage.addedReasoning
    self.init(
      input: usage.prompt + (addsCached ? usage.cacheTraffic : 0), cachedInput: usage.cached,
      cacheWrite: usage.cacheWritten, cacheWriteLong: usage.cacheWrittenLong,
      output: usage.completion + (addsReasoning ? usage.reasoning : 0),
      reasoning: usage.reasoning)
    guard isPlausible else { return nil }
  }
}
