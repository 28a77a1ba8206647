import CatalogReview
import PolicySemantics
import PolicyUnits

/// A model or embedder of the catalog, in words.
struct ModelWords {
  let currency: String

  func markdown(of model: ModelEntry) -> String {
    var facts = places(model.deployments)
    facts.append(
      model.window.map { "window \(Amounts.count($0, "token"))" } ?? "its window is unknown")
    if let most = model.maxOutput { facts.append("at most \(Amounts.grouped(most)) out") }
    if let time = model.latencyP50 { facts.append("half of its answers in \(Amounts.text(time))") }
    if !model.tags.isEmpty { facts.append("tags: \(model.tags.joined(separator: ", "))") }
    var parts = ["**\(model.name)**, a model of the catalog", facts.joined(separator: " · ")]
    parts.append(table(model.prices.rows))
    if let acceptance = model.acceptance {
      parts.append(
        "Gates accept \(Amounts.text(acceptance.share)) of its answers (\(acceptance.source)).")
    }
    return parts.joined(separator: "\n\n")
  }

  func markdown(of embedder: EmbedderEntry) -> String {
    [
      "**\(embedder.name)**, an embedder of the catalog",
      places(embedder.deployments).joined(separator: " · "),
      table(ModelPrices(input: embedder.price).rows),
    ].joined(separator: "\n\n")
  }

  /// `$0.01 in, $0.02 out`, of a million tokens.
  func short(_ prices: ModelPrices) -> String {
    let known = [("in", prices.input), ("out", prices.output)].compactMap { word, price in
      price.map { "\(Amounts.perMillion($0, currency: currency)) \(word)" }
    }
    return known.isEmpty ? "no price is known" : known.joined(separator: ", ") + " per 1M tokens"
  }

  private func places(_ deployments: [Deployment]) -> [String] {
    deployments.map { place in
      "`\(place.provider)`" + (place.region.map { " in \($0)" } ?? "")
    }
  }

  private func table(_ rows: [PriceRow]) -> String {
    guard !rows.isEmpty else { return "No price is known: what it costs is unknown, never zero." }
    let lines = rows.map { row in
      let unit = if case .perRequest = row.amount { " a request" } else { "" }
      return "| \(row.key) | \(row.text)\(unit) |"
    }
    return (["| \(currency) per 1M tokens | |", "|---|---:|"] + lines).joined(separator: "\n")
  }
}
