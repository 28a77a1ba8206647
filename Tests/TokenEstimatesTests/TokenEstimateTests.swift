import Testing
import TokenEstimates

/// What every estimate promises, whatever the text.
@Suite struct TokenEstimateTests {
  @Test(arguments: TokenFamily.allCases)
  func `keeps its figures in order for any text`(_ family: TokenFamily) {
    var random = SystemRandomNumberGenerator()
    let seed = UInt64.random(in: 0...UInt64.max, using: &random)
    var bytes = SeededBytes(seed: seed)
    for count in [0, 1, 2, 7, 254, 255, 256, 1_000] {
      let text = (0..<count).map { _ in bytes.next() }
      let estimate = TokenEstimate(text: text.span, family: family)
      #expect(estimate.low <= estimate.expected, "seed \(seed)")
      #expect(estimate.expected <= estimate.high, "seed \(seed)")
      #expect(estimate.high <= estimate.bound, "seed \(seed)")
      #expect(estimate.bound == Int64(count))
      #expect((estimate.low > 0) == (count > 0))
    }
  }

  @Test(arguments: [
    Array("aB 9\n.é字🙂\t ".utf8), Array("aB 9\n.\t ".utf8), Array(0..<0x80),
    Array("only words and a é".utf8), Array(0x00...0xFF),
  ])
  func `counts a text in pieces as it counts the whole`(of alphabet: [UInt8]) {
    var random = SystemRandomNumberGenerator()
    let seed = UInt64.random(in: 0...UInt64.max, using: &random)
    var bytes = SeededBytes(seed: seed)
    for count in [0, 1, 2, 7, 8, 9, 50, 63, 64, 65, 255, 256, 700, 2_039, 2_040, 2_048, 9_001] {
      let text = (0..<count).map { _ in alphabet[Int(bytes.next()) % alphabet.count] }
      var running = RunningTextCounts()
      var start = 0
      while start < count {
        let end = min(count, start + Int(bytes.next()) % 8)
        running.add(Array(text[start..<end]).span)
        start = end
      }
      let counts = running.counts
      #expect(counts == TextCounts(text.span), "seed \(seed), \(count) bytes")
    }
  }

  struct Known: Sendable, CustomTestStringConvertible {
    let text: String
    /// As OpenAI's own tokenizer page counts them.
    let tokens: ClosedRange<Int64>
    var testDescription: String { text }
  }

  /// Counts of `o200k_base` and `cl100k_base`, the smaller first.
  @Test(arguments: [
    Known(text: "Tell me a joke about opentelemetry", tokens: 8...8),
    Known(text: "Hello", tokens: 1...1),
    Known(text: "How many r's are in strawberry?", tokens: 8...9),
    Known(text: "1234567890", tokens: 4...4),
    Known(text: "The quick brown fox jumps over the lazy dog.", tokens: 10...10),
  ])
  func `holds what a tokenizer counts within the interval`(_ known: Known) {
    let estimate = TokenEstimate(text: Array(known.text.utf8).span, family: .openAI)
    #expect(estimate.low <= known.tokens.lowerBound)
    #expect(estimate.high >= known.tokens.upperBound)
  }

  @Test func `adds without overflow`() {
    let most = TokenEstimate(low: .max, expected: .max, high: .max, bound: .max)
    #expect(most + most == most)
    #expect(TokenEstimate(messages: -1, family: .openAI).low >= 0)
    #expect(
      TokenEstimate(definitionBytes: .max, hasTools: true, family: .claude).bound == .max)
    #expect(TokenEstimate(messages: .max, family: .claude).bound > 0)
  }
}

/// Bytes that a seed repeats.
private struct SeededBytes {
  private var state: UInt64

  init(seed: UInt64) { state = seed | 1 }

  mutating func next() -> UInt8 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return UInt8(truncatingIfNeeded: state >> 32)
  }
}
