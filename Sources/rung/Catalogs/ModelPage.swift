import CatalogReview
import JSONWriting
import PolicyExplain
import PolicySemantics
import PolicyUnits
import RoutingCatalog

/// One model or embedder with everything its catalog says of it.
struct ModelPage {
  private let name: String
  private let currency: String
  private let facts: [(key: String, text: String)]
  private let rows: [PriceRow]
  private let doubts: [SetAsideModel.Doubt]
  private let worked: WorkedCost?
  /// An embedder has no answer to be paid for.
  private let isEmbedder: Bool

  init(_ model: DescribedModel, currency: String) {
    name = model.entry.name
    self.currency = currency
    facts = model.facts
    rows = model.entry.prices.rows
    doubts = model.doubts
    worked = WorkedCost(model.entry.prices)
    isEmbedder = false
  }

  init(_ embedder: DescribedEmbedder, currency: String) {
    name = embedder.entry.name
    self.currency = currency
    facts = embedder.facts
    rows = ModelPrices(input: embedder.entry.price).rows
    doubts = embedder.doubts
    worked = nil
    isEmbedder = true
  }

  var text: String {
    var lines = [isEmbedder ? "\(name) (embedder)" : name]
    if !doubts.isEmpty {
      lines.append("  set aside: \(doubts.reason)")
      lines += doubts.cures.map { "    cure: \($0)" }
    }
    var table = Columns([.left, .left])
    for (key, text) in facts { table.add([key, text]) }
    lines += table.lines
    lines += ["", "prices, \(currency) per million tokens"]
    var prices = Columns([.left, .right])
    for row in rows {
      let unit = if case .perRequest = row.amount { " a request" } else { "" }
      prices.add([row.key, row.text + unit])
    }
    lines += rows.isEmpty ? ["  none is known"] : prices.lines
    return (lines + working).joined(separator: "\n")
  }

  private var working: [String] {
    guard let worked else {
      return isEmbedder ? [] : ["", "what a call costs is unknown without input and output prices"]
    }
    let lines = [
      "",
      "\(Amounts.count(worked.input, "token")) in and \(Amounts.grouped(worked.output)) out",
    ]
    var table = Columns([.right, .left, .left])
    for part in worked.parts {
      table.add([
        Amounts.grouped(part.tokens),
        "× \(Amounts.decimal(part.price.picosPerToken, scale: 6)) per million",
        "= \(exact(part.picos))",
      ])
    }
    if let fee = worked.fee { table.add(["", "a request", "= \(Amounts.plain(fee))"]) }
    table.add(["", "together", "= \(Amounts.text(worked.total, currency: currency))"])
    return lines + table.lines
  }

  /// A sum of pico-units as a decimal of the currency, every digit of it.
  private func exact(_ picos: Int128) -> String {
    Int64(exactly: picos).map { Amounts.decimal($0, scale: 12) } ?? "\(picos) pico-units"
  }

  var json: String {
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("version", 1)
      json.member("currency", currency)
      members(in: &json)
    }
    return json.text
  }

  /// Prices as decimals in strings, per million tokens; the fee per request.
  func members(in json: inout JSONWriter) {
    json.member("name", name)
    json.member("kind", isEmbedder ? "embedder" : "model")
    json.member("set_aside", orNull: doubts.isEmpty ? nil : doubts.reason)
    json.object("facts") { json in for (key, text) in facts { json.member(key, text) } }
    json.object("prices") { json in for row in rows { json.member(row.key, row.text) } }
    guard let worked else { return }
    json.object("example") { json in
      json.member("input_tokens", worked.input)
      json.member("output_tokens", worked.output)
      json.member("cost", Amounts.plain(worked.total))
    }
  }
}
