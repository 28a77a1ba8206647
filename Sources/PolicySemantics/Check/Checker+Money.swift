import PolicyDiagnostics
import PolicySource
import PolicySyntax
import PolicyUnits

/// Reading money: always in the catalog's currency, always exact.
extension Checker {
  /// An amount above zero, or from zero where `allowsZero`.
  ///
  /// Where `allowsBare`, `0.50` is read in the catalog's currency, as in `max_budget`. Where a share
  /// could stand as well, `0.8` may be meant as `80%`.
  mutating func readMoney(
    _ value: Value, of subject: String, allowsBare: Bool = false, allowsZero: Bool = false,
    allowsShare: Bool = false
  ) -> Money? {
    let amount: Decimal
    switch value.kind {
    case .money(let currency, let given, nil):
      guard isCatalogCurrency(currency, at: value.span) else { return nil }
      amount = given
    case .number(let given, nil) where allowsBare:
      amount = given
    case .number(let given, nil):
      let shares = allowsShare ? Self.share(of: given).map { [$0] } ?? [] : []
      let cures = (shares + [currencyMark + written(value.span)]).map {
        FixIt("write \($0.quoted)", edits: [Edit(value.span, $0)])
      }
      add(UnitProblem.missingCurrency(subject, cures: cures), at: value.span)
      return nil
    case .money, .number, .share, .duration, .date, .string, .word:
      add(
        TypeProblem.wrongType(
          subject, expected: "an amount such as `\(currencyMark)0.50`", found: value.described),
        at: value.span)
      return nil
    }
    guard let nanos = amount.scaled(by: 9) else {
      add(
        ValueProblem.outOfRange(
          subject, allowed: "at most nine decimals and nine thousand million",
          found: written(value.span)),
        at: value.span)
      return nil
    }
    guard nanos > 0 || allowsZero else {
      add(
        ValueProblem.outOfRange(subject, allowed: "above zero", found: written(value.span)),
        at: value.span)
      return nil
    }
    return Money(nanos: nanos)
  }

  /// `80%` for `0.8` and for `80`; nil if it is no part of one or of a hundred.
  private static func share(of part: Decimal) -> String? {
    if let percent = part.whole, (1...100).contains(percent) { return "\(percent)%" }
    guard part.scale > 0, let millionths = part.scaled(by: 6), (1..<1_000_000).contains(millionths)
    else { return nil }
    return Amounts.text(Share(millionths: millionths))
  }

  /// `$1 per 1M tokens`.
  mutating func readPrice(_ value: Value, of subject: String) -> Price? {
    guard case .money(let currency, let amount, let perTokens) = value.kind else {
      add(
        TypeProblem.wrongType(
          subject, expected: "a price such as `\(currencyMark)1 per 1M tokens`",
          found: value.described, cure: priceCure(value)),
        at: value.span)
      return nil
    }
    guard isCatalogCurrency(currency, at: value.span) else { return nil }
    guard let perTokens else {
      add(
        UnitProblem.missingPerTokens(subject, number: written(value.span)), at: value.span)
      return nil
    }
    guard let tokens = perTokens.whole, tokens > 0, let picos = amount.scaled(by: 12),
      picos % tokens == 0
    else {
      add(
        ValueProblem.outOfRange(
          subject, allowed: "a price exact to a millionth of a millionth for each token",
          found: written(value.span)),
        at: value.span)
      return nil
    }
    return Price(picosPerToken: picos / tokens)
  }

  /// `1` for `$1 per 1M tokens`; nil for a figure that is a price per token, or none.
  private func priceCure(_ value: Value) -> FixIt? {
    guard case .number(let amount, nil) = value.kind, let picos = amount.scaled(by: 12),
      picos >= 10_000_000_000
    else { return nil }
    let price = "\(currencyMark)\(written(value.span)) per 1M tokens"
    return FixIt("write \(price.quoted)", edits: [Edit(value.span, price)])
  }

  private mutating func isCatalogCurrency(_ written: String, at span: Span) -> Bool {
    guard let catalog = vocabulary?.currency else { return true }
    let currency = written == "$" ? "USD" : written
    guard currency != catalog else { return true }
    add(UnitProblem.wrongCurrency(found: currency, catalog: catalog), at: span)
    return false
  }

  /// How the catalog's currency is written before an amount.
  var currencyMark: String {
    guard let currency = vocabulary?.currency, currency != "USD" else { return "$" }
    return currency + " "
  }
}
