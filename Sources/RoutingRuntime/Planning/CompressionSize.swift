import PolicySemantics
import PolicyUnits
import TokenEstimates

/// How much of the prompt a plan's compressions leave.
///
/// A compression lowers what is least and what is expected; the bound stays, as nobody knows how
/// well it works.
struct CompressionSize {
  private var cuts: [Cut] = []

  private struct Cut {
    let targets: [TextPart]
    /// Nil for a method that drops nothing.
    let size: CheckedCompression.Size?
    let method: CheckedCompression.Method
  }

  mutating func add(_ compression: CheckedCompression) {
    cuts.append(
      Cut(targets: compression.targets, size: compression.size, method: compression.method))
  }

  func applied(to parts: InputParts) -> InputParts {
    var parts = parts
    for cut in cuts {
      for target in cut.targets {
        switch target {
        case .system: parts.system.apply(cut.size, cut.method)
        case .question: parts.question.apply(cut.size, cut.method)
        case .context: parts.context.apply(cut.size, cut.method)
        case .prompt:
          parts.system.apply(cut.size, cut.method)
          parts.question.apply(cut.size, cut.method)
          parts.context.apply(cut.size, cut.method)
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
  /// Whole turns may go, so without a model nothing is certain to be left; without loss nothing is
  /// certain to be spared.
  fileprivate mutating func apply(
    _ size: CheckedCompression.Size?, _ method: CheckedCompression.Method
  ) {
    switch method {
    case .model: cut(to: size)
    case .extractive:
      cut(to: size)
      low = 0
    case .lossless: low = 0
    }
  }

  private mutating func cut(to size: CheckedCompression.Size?) {
    switch size {
    case .tokens(let tokens):
      low = min(low, tokens)
      expected = min(expected, tokens)
    case .share(let share):
      low = CompressionSize.share(share, of: low, roundingUp: false)
      expected = CompressionSize.share(share, of: expected, roundingUp: true)
    case nil: break
    }
  }
}
