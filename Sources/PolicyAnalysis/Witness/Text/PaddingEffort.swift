/// What filling up texts has cost, so that sizes no filler meets end soon.
///
/// Each text may be measured some dozens of times; once all together have taken their share, only
/// often enough for what is easy.
final class PaddingEffort {
  /// Bytes measured, of all texts.
  private(set) var bytes = 0
  private var ceiling = 0
  private static let patience = 32 << 20
  /// Bytes that a text is longer than its size in characters or tokens says, at the least.
  private static let slack = 256

  /// Whether texts have taken their share; what is hard is then given up.
  var isTired: Bool { bytes > Self.patience }

  /// Whether the text at hand has.
  var isSpent: Bool { bytes > ceiling }

  /// Begins another text, of about `size` bytes.
  func start(for size: Int) {
    let passes = isTired ? 32 : 400
    let (cost, overflow) = (min(size, TextPadding.mostBytes) + Self.slack)
      .multipliedReportingOverflow(by: passes)
    ceiling = overflow ? .max : bytes + cost
  }

  func count(_ measured: Int) { bytes += measured }
}
