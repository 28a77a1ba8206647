package import PolicyUnits

/// What a model's tokens cost; every price may be unknown.
package struct ModelPrices: Hashable, Sendable {
  package var input: Price?
  package var output: Price?
  /// Of prompt tokens read from the provider's cache.
  package var cachedInput: Price?
  /// Of prompt tokens written to the provider's cache, to be kept for minutes.
  package var cacheWrite: Price?
  /// Of prompt tokens written to the provider's cache, to be kept for an hour or longer.
  package var cacheWriteLong: Price?
  /// Of reasoning tokens, where they are billed apart from output.
  package var reasoning: Price?
  package var batchInput: Price?
  package var batchOutput: Price?
  /// What a cached token costs in a batch; nil if the catalog does not say.
  package var batchCachedInput: BatchCachedInput?
  package var perRequest: Money?
  /// Ascending by threshold.
  package var longContext: [LongContextStep]

  package init(
    input: Price? = nil,
    output: Price? = nil,
    cachedInput: Price? = nil,
    cacheWrite: Price? = nil,
    cacheWriteLong: Price? = nil,
    reasoning: Price? = nil,
    batchInput: Price? = nil,
    batchOutput: Price? = nil,
    batchCachedInput: BatchCachedInput? = nil,
    perRequest: Money? = nil,
    longContext: [LongContextStep] = []
  ) {
    self.input = input
    self.output = output
    self.cachedInput = cachedInput
    self.cacheWrite = cacheWrite
    self.cacheWriteLong = cacheWriteLong
    self.reasoning = reasoning
    self.batchInput = batchInput
    self.batchOutput = batchOutput
    self.batchCachedInput = batchCachedInput
    self.perRequest = perRequest
    self.longContext = longContext
  }
}

/// How the discount of a batch meets that of the provider's cache.
package enum BatchCachedInput: Hashable, Sendable {
  /// The catalog quotes the price.
  case price(Price)
  /// Both discounts apply: the cached price, cut as the batch cuts the input price.
  case stacks
  /// A batch has no discount for cached tokens: they cost its input price.
  case none
}

/// Above `threshold` input tokens these prices hold, for the whole request or for the rest of it.
package struct LongContextStep: Hashable, Sendable {
  package var threshold: Int64
  package var input: Price
  package var output: Price
  /// Nil if the catalog does not say; then the discount does not reach above the threshold.
  package var cachedInput: Price?
  package var cacheWrite: Price?
  package var cacheWriteLong: Price?
  package var appliesToWholeRequest: Bool

  package init(
    threshold: Int64, input: Price, output: Price, cachedInput: Price? = nil,
    cacheWrite: Price? = nil, cacheWriteLong: Price? = nil, appliesToWholeRequest: Bool
  ) {
    self.threshold = threshold
    self.input = input
    self.output = output
    self.cachedInput = cachedInput
    self.cacheWrite = cacheWrite
    self.cacheWriteLong = cacheWriteLong
    self.appliesToWholeRequest = appliesToWholeRequest
  }
}
