import PolicySemantics
import PolicyUnits
import TokenEstimates

/// How much of the prompt a plan's compressions leave.
///
/// A compression lowers what is least and what is expected; the bound stays, as nobody knows how
/// well it works.
struct CompressionSize {
  private var cuts: [(targets: [TextPart], CheckedCompression.Size)] = []

  mutating func add(_ compression: CheckedCompression) {
    cuts.append((compression.targets, compression.size))
  }

  func applied(to parts: InputParts) -> InputParts {
    var parts = parts
    for (targets, size) in cuts {
      for target in targets {
        switch target {
        case .system: parts.system.cut(to: size)
        case .question: parts.question.cut(to: size)
        case .context: parts.context.cut(to: size)
        case .prompt:
          parts.system.cut(to: size)
          parts.question.cut(to: size)
          parts.context.cut(to: size)
        }
      }
    }
    return parts
  }

  /// A share of some tokens.
  static func share(_ share: Share, of tokens: Int64, roundingUp: Bool) -> Int64 {
    let product = Int128(max(0, tokens)) * Int128(max(0, share.millionths))
    let (quotient, remainder) = product.quotientAndRemainder(dividingBy: 1_000_000)
    return Int64(clamping: quotient + (roundingUp && remainder > 0 ? 1 : 0))
  }
}

extension TokenEstimate {
  fileprivate mutating func cut(to size: CheckedCompression.Size) {
    switch size {
    case .tokens(let tokens):
      low = min(low, tokens)
      expected = min(expected, tokens)
    case .share(let share):
      low = CompressionSize.share(share, of: low, roundingUp: false)
      expected = CompressionSize.share(share, of: expected, roundingUp: true)
    }
  }
}
