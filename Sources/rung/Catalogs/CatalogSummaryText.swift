import CatalogReview
import JSONWriting
import PolicyDiagnostics
import PolicyUnits
import RoutingCatalog

/// A catalog in figures, in words and as JSON.
enum CatalogSummaryText {
  static func lines(_ summary: CatalogSummary) -> [String] {
    let things = [
      counted(summary.models, "model"), counted(summary.providers, "provider"),
      counted(summary.embedders, "embedder"),
    ]
    var lines = ["  " + things.joined(separator: ", ") + dates(of: summary)]
    if summary.unpriced > 0 {
      lines.append(
        "  without a price: \(counted(summary.unpriced, "model")); no bound on money holds")
    }
    let held = summary.setAside
    let reasons = [
      (held.zero, "a price is zero"), (held.high, "a price is too high"),
      (held.noAddress, "the provider has no address"),
    ]
    .filter { $0.0 > 0 }.map { "\(grouped($0.0)) because \($0.1)" }
    if !reasons.isEmpty { lines.append("  set aside: " + reasons.joined(separator: ", ")) }
    let open = summary.providersWithoutAddress
    if !open.isEmpty {
      let names = open.prefix(6).joined(separator: ", ")
      let rest = open.count > 6 ? " and \(open.count - 6) more" : ""
      lines.append("  without an address: \(counted(open.count, "provider")): \(names)\(rest)")
    }
    return lines
  }

  /// As `rung check --format json`, with each catalog's figures.
  static func json(_ reports: [DiagnosticReport], _ summaries: [CatalogSummary?]) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("version", DiagnosticJSONRenderer.version)
      json.array("catalogs") { json in
        for (report, summary) in zip(reports, summaries) {
          json.object { json in
            json.member("path", report.path)
            if let summary { json.object("summary") { json in write(summary, to: &json) } }
            DiagnosticJSONRenderer(sources: report.sources)
              .members(for: report.diagnostics, in: &json)
          }
        }
      }
    }
    return json.text
  }

  private static func write(_ summary: CatalogSummary, to json: inout JSONWriter) {
    json.member("models", summary.models)
    json.member("providers", summary.providers)
    json.member("embedders", summary.embedders)
    json.member("unpriced", summary.unpriced)
    json.member("undated", summary.undated)
    json.object("set_aside") { json in
      json.member("zero_price", summary.setAside.zero)
      json.member("high_price", summary.setAside.high)
      json.member("no_address", summary.setAside.noAddress)
    }
    json.array("providers_without_address") { json in
      for name in summary.providersWithoutAddress { json.string(name) }
    }
    json.member("oldest_price", orNull: summary.oldest?.text)
    json.member("newest_price", orNull: summary.newest?.text)
  }

  private static func dates(of summary: CatalogSummary) -> String {
    guard let oldest = summary.oldest, let newest = summary.newest else { return "" }
    return oldest == newest
      ? "; prices of \(oldest.text)" : "; prices of \(oldest.text) to \(newest.text)"
  }

  private static func counted(_ count: Int, _ word: String) -> String {
    Amounts.count(count, word)
  }

  private static func grouped(_ count: Int) -> String { Amounts.grouped(Int64(count)) }
}
