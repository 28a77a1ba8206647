package import PolicyDiagnostics
import PolicySemantics
import PolicySource
package import PolicyUnits
package import RoutingCatalog

/// What is unwise in a catalog that reads without error.
package enum CatalogReviewer {
  /// Warnings: discounts that are none, and prices read too long ago or not yet.
  ///
  /// Dates are held against `today`, at most `days` old; one finding for all models of one date.
  /// Nil finds nothing about dates.
  package static func findings(
    in catalog: Catalog, today: CalendarDate?, days: Int64
  ) -> [Diagnostic] {
    let models = catalog.described
    return (models.flatMap(discounts) + (today.map { dates(models, $0, days) } ?? []))
      .sorted { $0.span < $1.span }
  }

  private static func discounts(of model: DescribedModel) -> [Diagnostic] {
    guard let span = model.entry.span else { return [] }
    let prices = model.entry.prices
    let pairs: [(key: String, price: Price?, base: String, full: Price?)] = [
      ("cached_input", prices.cachedInput, "input", prices.input),
      ("batch input", prices.batchInput, "input", prices.input),
      ("batch output", prices.batchOutput, "output", prices.output),
    ]
    return pairs.compactMap { key, price, base, full in
      guard let price, let full, price > full else { return nil }
      let row = PriceRow(key: key, amount: .perToken(price))
      let other = PriceRow(key: base, amount: .perToken(full))
      return Diagnostic(
        .catalogDearDiscount, .warning,
        "`\(key)` of `\(model.entry.name)` is \(row.text), above its `\(base)` of \(other.text)",
        at: span, notes: [Note("a discount is no dearer than what it is taken from")])
    }
  }

  private static func dates(
    _ models: [DescribedModel], _ today: CalendarDate, _ days: Int64
  ) -> [Diagnostic] {
    var groups: [CalendarDate: [DescribedModel]] = [:]
    for model in models {
      if let date = model.calling.priceDate { groups[date, default: []].append(model) }
    }
    return groups.compactMap { date, models in
      let age = today.daysSince1970 - date.daysSince1970
      guard age > days || age < 0, let first = models.first, let span = first.entry.span else {
        return nil
      }
      let whose = models.count == 1 ? "`\(first.entry.name)`" : "\(models.count) models"
      return Diagnostic(
        .catalogPriceDate, .warning,
        age < 0
          ? "the prices of \(whose) are dated in the future"
          : "the prices of \(whose) were read \(age) days ago",
        at: span,
        notes: models.count == 1 ? [] : [Note("this is the first of them")])
    }
  }
}

extension DiagnosticCode {
  package static let catalogDearDiscount = DiagnosticCode("catalog_dear_discount")
  package static let catalogPriceDate = DiagnosticCode("catalog_price_date")
}

/// The offline page of every code this module reports.
package enum CatalogReviewPages {
  package static let all: [DiagnosticPage] = [
    DiagnosticPage(
      .catalogDearDiscount, .warning, language: .catalog,
      finds: "A cached or batch price above the full price.",
      why:
        "It is a slip of the keyboard, or of the list it was taken from: a cache read costs less "
        + "than reading the prompt, a batch less than a call.",
      wrong: sample("{input: 0.5, output: 2, cached_input: 5}"),
      instead: sample("{input: 0.5, output: 2, cached_input: 0.05}"),
      fix: "There is no automatic fix: only the price list knows."),
    DiagnosticPage(
      .catalogPriceDate, .warning, language: .catalog,
      finds: "Prices that were read long ago, or on a day that has not come.",
      why: "Prices change several times a year, and every bound on money rests on them. "
        + "`rung catalog check --older-than 30d` sets the limit, which is 90 days.",
      wrong: sample("{input: 0.5, output: 2, date: 2020-01-31}"),
      instead: sample("{input: 0.5, output: 2}"),
      fix: "There is none: read the prices again, and write the day."),
  ]

  private static func sample(_ prices: String) -> String {
    """
    currency: USD
    providers:
      global: {base_url: "https://global-apis.com/v1"}
    models:
      qwen3-8b: {provider: global, prices: \(prices)}
    """
  }
}
