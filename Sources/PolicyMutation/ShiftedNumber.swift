/// A number as a policy writes it, one more or one less in the last place it is written to: `4k` is
/// 4001 or 3999, `$0.05` is `$0.06` or `$0.04`.
enum ShiftedNumber {
  /// Nil for a text without a number, and where the number would be less than nothing.
  static func text(_ text: String, by step: Int64) -> String? {
    guard let start = text.firstIndex(where: isDigit) else { return nil }
    let digits = text[start...].prefix { isDigit($0) || $0 == "." }
    let rest = text[digits.endIndex...]
    let places = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard places.count <= 2, let whole = Int64(digits.filter(isDigit)) else { return nil }
    let scale = places.count == 2 ? places[1].count : 0
    let magnitude = rest.first.flatMap { ["k": 3, "M": 6][$0] } ?? 0
    // `1.5k` is 1500, and one more is 1501.
    var number = whole
    for _ in 0..<max(0, magnitude - scale) {
      let (product, overflow) = number.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      number = product
    }
    let shifted = number.addingReportingOverflow(step)
    guard !shifted.overflow, shifted.partialValue >= 0 else { return nil }
    let written = decimal(shifted.partialValue, places: max(0, scale - magnitude))
    return text[..<start] + written + rest.dropFirst(magnitude > 0 ? 1 : 0)
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  private static func decimal(_ number: Int64, places: Int) -> String {
    let digits = String(number)
    guard places > 0 else { return digits }
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return "\(padded.dropLast(places)).\(padded.suffix(places))"
  }
}
