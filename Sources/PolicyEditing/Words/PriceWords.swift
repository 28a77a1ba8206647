import PolicyUnits

/// Prices as people quote them.
enum PriceWords {
  /// `$0.25`, `EUR 1.5`: of a million tokens, exactly.
  static func perMillion(_ price: Price, currency: String) -> String {
    (currency == "USD" ? "$" : currency + " ") + Amounts.decimal(price.picosPerToken, scale: 6)
  }
}
