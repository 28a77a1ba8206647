import PolicyUnits

/// A price as a catalog writes it: digits with at most one point, nothing else.
///
/// From text to integers without floating point; what would need rounding is refused.
enum PriceText {
  /// A price per million tokens in the catalog's currency: exact to a millionth.
  static func perMillionTokens(_ text: String) throws(PriceProblem) -> Price {
    guard let picos = try decimal(text, decimals: 6).scaled(by: 6) else {
      throw refusal(text, decimals: 6)
    }
    return Price(picosPerToken: picos)
  }

  /// An amount in whole units of the currency: exact to a thousand-millionth.
  static func amount(_ text: String) throws(PriceProblem) -> Money {
    guard let nanos = try decimal(text, decimals: 9).scaled(by: 9) else {
      throw refusal(text, decimals: 9)
    }
    return Money(nanos: nanos)
  }

  private static func decimal(
    _ text: String, decimals: Int
  ) throws(PriceProblem) -> Decimal {
    // `Decimal` reads `k` and `M` as well, which no price has.
    guard text.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || isDigit($0) }) else {
      throw problem(with: text)
    }
    if let decimal = Decimal(text) { return decimal }
    if text.hasPrefix(".") || text.hasSuffix(".") { throw .bareDot }
    throw text.split(separator: ".", omittingEmptySubsequences: false).count > 2
      ? .notANumber : refusal(text, decimals: decimals)
  }

  private static func refusal(_ text: String, decimals: Int) -> PriceProblem {
    let fraction = text.split(separator: ".").dropFirst().first ?? ""
    let significant = fraction.utf8.reversed().drop { $0 == UInt8(ascii: "0") }.count
    return significant > decimals ? .tooFine(decimals: decimals) : .tooLong
  }

  /// The first thing in the text that a price does not have.
  private static func problem(with text: String) -> PriceProblem {
    let scalars = text.unicodeScalars
    if scalars.contains(where: { $0.properties.generalCategory == .currencySymbol }) {
      return .currency
    }
    if text.hasPrefix("-") || text.hasPrefix("−") { return .negative }
    guard scalars.contains(where: { ("0"..."9").contains($0) }) else { return .notANumber }
    let capitals = scalars.count { ("A"..."Z").contains($0) }
    if capitals == 3, scalars.allSatisfy({ !$0.properties.isLowercase }) { return .currency }
    if scalars.contains(where: { $0 == "," || $0 == "_" || $0 == "'" }) { return .separator }
    let tail = scalars.drop { ("0"..."9").contains($0) || $0 == "." }
    if tail.first == "e" || tail.first == "E" { return .exponent }
    return text.hasPrefix("+") ? .notANumber : .unit
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

/// Why a text is no price.
enum PriceProblem: Error, Hashable {
  case negative
  case exponent
  case separator
  case currency
  case unit
  case bareDot
  case tooFine(decimals: Int)
  case tooLong
  case notANumber

  /// What to do about it.
  var advice: String {
    switch self {
    case .negative: "a price is never below zero"
    case .exponent: "exponents are not read: write the digits out"
    case .separator: "write the digits without separators, and a point before the decimals"
    case .currency: "leave the currency out: `currency` at the top names it once"
    case .unit: "leave the unit out: prices are per million tokens, fees per request"
    case .bareDot: "write a digit on both sides of the point, as in `0.5`"
    case .tooFine(let decimals):
      "it has more than \(decimals) decimals, and nothing is rounded"
    case .tooLong: "it is too large to be kept exactly"
    case .notANumber: "leave the line out if the price is not known: missing is unknown, not zero"
    }
  }
}
