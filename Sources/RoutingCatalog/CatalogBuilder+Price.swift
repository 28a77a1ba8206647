import PolicySemantics
import PolicySource
import PolicyUnits
import YAMLReading

extension CatalogBuilder {
  /// A price per million tokens; nil is unknown: there is none, or it was refused.
  mutating func price(
    _ entry: YAMLEntry?, _ confirmed: Set<PriceConfirmation>, form: String = priceForm
  ) -> Price? {
    guard let entry, let text = scalarText(of: entry, form) else { return nil }
    do {
      let price = try PriceText.perMillionTokens(text)
      let isSound = confirm(
        entry, confirmed, isZero: price.picosPerToken == 0,
        isHigh: price.picosPerToken > 1_000_000_000)
      return isSound ? price : nil
    } catch {
      refuse(text, entry, form, error)
      return nil
    }
  }

  /// A fee in whole units of the currency for each request.
  mutating func fee(_ entry: YAMLEntry?, _ confirmed: Set<PriceConfirmation>) -> Money? {
    guard let entry, let text = scalarText(of: entry, Self.feeForm) else { return nil }
    do {
      let fee = try PriceText.amount(text)
      // No fee at all is common, and a zero says it.
      let isSound = confirm(
        entry, confirmed, isZero: false, isHigh: fee.nanos > 1_000_000_000)
      return isSound ? fee : nil
    } catch {
      refuse(text, entry, Self.feeForm, error)
      return nil
    }
  }

  static let priceForm = "a price per million tokens such as `0.25`"
  private static let feeForm = "a fee per request such as `0.005`"

  /// Currencies whose unit is worth about a dollar: elsewhere a high figure says nothing.
  private static let dollarLike: Set<String> = ["USD", "EUR", "GBP", "CHF", "CAD", "AUD"]

  private mutating func confirm(
    _ entry: YAMLEntry, _ confirmed: Set<PriceConfirmation>, isZero: Bool, isHigh: Bool
  ) -> Bool {
    let key = quoted(entry.key)
    let isFee = entry.key == "per_request"
    if isZero, !confirmed.contains(.free) {
      if confirmed.contains(.needed) { return doubt(.zeroPrice(key: entry.key)) }
      problems.report(
        .catalogZeroPrice, "\(key) is zero without a word that this is meant",
        at: entry.value.span,
        note: "write `confirm: free` beside it, or leave the line out if the price is not known")
      return false
    }
    if isHigh, !confirmed.contains(.expensive),
      problems.currency.map(Self.dollarLike.contains) ?? false
    {
      if confirmed.contains(.needed) { return doubt(.highPrice(key: entry.key)) }
      problems.report(
        .catalogHighPrice,
        isFee ? "\(key) is more than 1 a request" : "\(key) is more than 0.001 a token",
        at: entry.value.span,
        note: (isFee ? "a fee is in whole units of the currency" : "prices are per million tokens")
          + "; write `confirm: expensive` beside it if it is meant")
      return false
    }
    return true
  }

  /// The price is kept, and the model with it kept back.
  private mutating func doubt(_ doubt: SetAsideModel.Doubt) -> Bool {
    doubts.append(doubt)
    return true
  }

  private mutating func refuse(
    _ text: String, _ entry: YAMLEntry, _ form: String, _ problem: PriceProblem
  ) {
    problems.report(
      .catalogBadPrice, "\(quoted(entry.key)) takes \(form), not \(quoted(text))",
      at: entry.value.span, note: problem.advice)
  }
}
