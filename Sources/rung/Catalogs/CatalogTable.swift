import CatalogImport
import CatalogReview
import JSONWriting
import PolicyExplain
import PolicySemantics
import PolicyUnits
import RoutingCatalog

/// The models of a catalog, one a line.
struct CatalogTable {
  let models: [DescribedModel]
  let currency: String
  let path: String

  /// The models of a catalog, those that fit a pattern if there is one.
  init(_ catalog: Catalog, pattern: String?, path: String) throws(CommandFailure) {
    var models = catalog.described
    if let pattern = pattern.map({ NamePattern($0) }) {
      models = models.filter { pattern.matches($0.entry.name) }
      guard !models.isEmpty else { throw CommandFailure("no model fits `\(pattern.text)`") }
    }
    self.models = models
    self.path = path
    currency = catalog.vocabulary.currency
  }

  /// What a screen holds.
  private static let most = 40

  func text(all: Bool) -> String {
    let count = Amounts.count(models.count, "model")
    var columns = Columns(
      [.left, .left, .right, .right, .right, .right, .left, .left], indent: 0)
    columns.add(["model", "provider", "window", "input", "output", "cached", "date", "tags"])
    for model in models.prefix(all ? .max : Self.most) { columns.add(Self.cells(of: model)) }
    var lines = ["\(path): \(count), \(currency) per million tokens", ""] + columns.lines
    if !all, models.count > Self.most {
      lines += [
        "", "and \(Amounts.grouped(Int64(models.count - Self.most))) more; --all shows them",
      ]
    }
    if models.contains(where: { !$0.doubts.isEmpty }) {
      lines += ["", "(set aside): known by name, and no policy may use it yet"]
    }
    return lines.joined(separator: "\n")
  }

  private static func cells(of model: DescribedModel) -> [String] {
    let prices = model.entry.prices
    let providers = model.calling.deployments.map(\.provider)
    let first = providers.first ?? ""
    let provider = providers.count > 1 ? "\(first) +\(providers.count - 1)" : first
    let words = (model.doubts.isEmpty ? [] : ["(set aside)"]) + model.entry.tags
    return [
      cut(model.entry.name, to: 34), cut(provider, to: 16),
      model.entry.window.map(Self.short) ?? "?", price(prices.input), price(prices.output),
      prices.cachedInput.map { price($0) } ?? "", model.calling.priceDate?.text ?? "",
      cut(words.joined(separator: " "), to: 24),
    ]
  }

  private static func price(_ price: Price?) -> String {
    price.map { Amounts.decimal($0.picosPerToken, scale: 6) } ?? "unknown"
  }

  /// `128k`, `1M`: exact, or the number itself.
  private static func short(_ count: Int64) -> String {
    if count >= 1_000_000, count % 1_000_000 == 0 { return "\(count / 1_000_000)M" }
    return count >= 1000 && count % 1000 == 0 ? "\(count / 1000)k" : Amounts.grouped(count)
  }

  private static func cut(_ text: String, to width: Int) -> String {
    text.count <= width ? text : text.prefix(width - 1) + "…"
  }

  var json: String {
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("version", 1)
      json.member("catalog", path)
      json.member("currency", currency)
      json.array("models") { json in
        for model in models {
          json.object { json in ModelPage(model, currency: currency).members(in: &json) }
        }
      }
    }
    return json.text
  }
}
