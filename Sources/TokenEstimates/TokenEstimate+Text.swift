extension TokenEstimate {
  /// Estimates a text.
  ///
  /// O(bytes): one pass that counts words, digits, punctuation, white space and the scalars of
  /// other scripts. Bytes that are no UTF-8 count as the scripts whose bytes they resemble.
  package init(text: Span<UInt8>, family: TokenFamily) {
    self.init(TextCounts(text), family: family)
  }

  /// Estimates a text that has been counted.
  package init(_ counts: TextCounts, family: TokenFamily) {
    self.init(counts, weights: .of(family))
  }

  init(_ counts: TextCounts, weights: TokenWeights) {
    let low = weights.low.sum(counts)
    let high = weights.high.sum(counts)
    let bytes = counts.bytes
    // Thousandths of a token, rounded outwards; nothing but the empty text has no token.
    let least = min(bytes, max(bytes > 0 ? 1 : 0, low / 1_000))
    let most = min(bytes, max(least, (high + 999) / 1_000))
    self.init(
      low: least,
      expected: min(most, max(least, (weights.expected.sum(counts) + 500) / 1_000)),
      high: most,
      bound: bytes)
  }
}

/// What a kind of byte or run costs, in thousandths of a token.
struct TokenWeights: Sendable {
  struct Weight: Sendable {
    /// A run of letters, and each letter of it past five.
    var word: Int64
    var longLetter: Int64
    /// A capital after a small letter: identifiers are cut there.
    var hump: Int64
    var digit: Int64
    var digitRun: Int64
    var mark: Int64
    var markRun: Int64
    var newlineRun: Int64
    var indent: Int64
    /// Scalars of two, three and four bytes.
    var twoBytes: Int64
    var threeBytes: Int64
    var fourBytes: Int64

    func sum(_ counts: TextCounts) -> Int64 {
      let long = max(0, counts.letters - 5 * counts.words)
      let ascii =
        word * counts.words + longLetter * long + hump * counts.humps + digit * counts.digits
        + digitRun * counts.digitRuns
      let marks =
        mark * counts.marks + markRun * counts.markRuns + newlineRun * counts.newlineRuns
        + indent * counts.indents
      let others =
        twoBytes * counts.twoBytes + threeBytes * counts.threeBytes + fourBytes * counts.fourBytes
      return ascii + marks + others
    }
  }

  var low: Weight
  var expected: Weight
  var high: Weight

  /// The vocabularies differ in three things that matter: how digits are cut (three at a time, or
  /// each alone), how well other scripts are covered, and how large the vocabulary is.
  static func of(_ family: TokenFamily) -> TokenWeights {
    switch family {
    case .openAI, .llama: threeDigits
    case .deepseek: threeDigitsWithHan
    case .qwen: singleDigitsWithHan
    case .mistral, .gemini: singleDigits
    case .claude, .generic: singleDigitsWider
    }
  }

  // Made once: every text of every request asks.
  private static let threeDigitsWithHan = threeDigits.coveringHan()
  private static let singleDigitsWithHan = singleDigits.coveringHan()
  private static let singleDigitsWider = singleDigits.wider()

  private static let threeDigits = TokenWeights(
    // A run of letters is at least one token, three digits at least one.
    low: Weight(
      word: 1_000, longLetter: 0, hump: 0, digit: 333, digitRun: 0, mark: 100, markRun: 300,
      newlineRun: 200, indent: 200, twoBytes: 120, threeBytes: 330, fourBytes: 600),
    expected: Weight(
      word: 1_060, longLetter: 160, hump: 600, digit: 333, digitRun: 667, mark: 350, markRun: 500,
      newlineRun: 700, indent: 800, twoBytes: 380, threeBytes: 850, fourBytes: 2_000),
    high: Weight(
      word: 1_300, longLetter: 330, hump: 1_000, digit: 333, digitRun: 667, mark: 850,
      markRun: 150, newlineRun: 1_000, indent: 1_200, twoBytes: 900, threeBytes: 1_900,
      fourBytes: 4_000))

  private static let singleDigits = {
    var weights = threeDigits
    weights.expected.digit = 1_000
    weights.expected.digitRun = 0
    weights.high.digit = 1_000
    weights.high.digitRun = 200
    return weights
  }()

  /// For vocabularies made with much Chinese text.
  private func coveringHan() -> TokenWeights {
    var weights = self
    weights.low.threeBytes = 300
    weights.expected.threeBytes = 650
    weights.high.threeBytes = 1_600
    return weights
  }

  /// For vocabularies nobody can look into.
  private func wider() -> TokenWeights {
    var weights = self
    weights.low.word = 900
    weights.expected.word = 1_120
    weights.high.word = 1_450
    weights.high.longLetter = 400
    weights.high.threeBytes = 2_400
    return weights
  }
}
