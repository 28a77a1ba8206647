package import PolicySemantics
import PolicyUnits

extension ModelPrices {
  /// The price of one kind; fees are no price a token.
  subscript(kind: CostKey.PriceKind) -> Price? {
    get {
      switch kind {
      case .input: input
      case .output: output
      case .cachedInput: cachedInput
      case .cacheWrite: cacheWrite
      case .cacheWriteLong: cacheWriteLong
      case .reasoning: reasoning
      case .batchInput: batchInput
      case .batchOutput: batchOutput
      case .perRequest: nil
      }
    }
    set {
      switch kind {
      case .input: input = newValue
      case .output: output = newValue
      case .cachedInput: cachedInput = newValue
      case .cacheWrite: cacheWrite = newValue
      case .cacheWriteLong: cacheWriteLong = newValue
      case .reasoning: reasoning = newValue
      case .batchInput: batchInput = newValue
      case .batchOutput: batchOutput = newValue
      case .perRequest: break
      }
    }
  }

  /// What the catalog's reader would not take without a word: zero, and over 0.001 a token.
  ///
  /// Providers do write to their caches for nothing, so a zero there is no doubt.
  package var doubts: [SetAsideModel.Doubt] {
    var doubts: [SetAsideModel.Doubt] = []
    for (key, price, mayBeZero) in confirmable {
      guard let price else { continue }
      if price.picosPerToken == 0, !mayBeZero { doubts.append(.zeroPrice(key: key)) }
      if price.picosPerToken > 1_000_000_000 { doubts.append(.highPrice(key: key)) }
    }
    if let perRequest, perRequest.nanos > 1_000_000_000 {
      doubts.append(.highPrice(key: "per_request"))
    }
    return doubts
  }

  /// Every price with its key, and whether it may be zero without a word.
  private var confirmable: [(key: String, price: Price?, mayBeZero: Bool)] {
    var all: [(String, Price?, Bool)] = [
      ("input", input, false), ("output", output, false), ("cached_input", cachedInput, false),
      ("cache_write", cacheWrite, true), ("cache_write_long", cacheWriteLong, true),
      ("reasoning", reasoning, false), ("batch_input", batchInput, false),
      ("batch_output", batchOutput, false),
    ]
    for step in longContext {
      all += [
        ("long_context", step.input, false), ("long_context", step.output, false),
        ("long_context", step.cachedInput, false), ("long_context", step.cacheWrite, true),
        ("long_context", step.cacheWriteLong, true),
      ]
    }
    return all
  }
}
