import Foundation
import JSONReading
import PolicyDiagnostics
import PolicySource
import RoutingCatalog
import RoutingTestSupport

/// The public price list and what `rung catalog import litellm` makes of it: the catalog it wrote and
/// its own summary.
struct PriceList {
  /// One chat model of the list, read here and not by the importer.
  struct Model {
    let name: String
    let provider: String?
    /// Amounts by the list's key, as they are written.
    let amounts: [String: WrittenAmount]
  }

  struct Outcome {
    let outcome: String
    let reason: String?
    let catalogName: String?
  }

  let models: [Model]
  let outcomes: [String: Outcome]
  let entries: Int
  let catalog: Catalog
  let catalogFile: URL
  /// What the importer said of the whole, as counts.
  let counts: (imported: Int, setAside: Int, refused: Int)

  private static let name = "litellm-model_prices_and_context_window.json"

  /// Nil without the list.
  init?(_ trial: Trial, in place: Workplace) throws {
    guard let folder = SharedData.folder(for: "the public price list") else { return nil }
    let list = folder.appending(path: Self.name)
    let output = place.file("catalog.yaml")
    let child = try Child(
      Child.Start(
        program: trial.programs.rung,
        arguments: ["catalog", "import", "litellm", list.path, "-o", output.path]
          + ["--format", "json"],
        folder: place.folder, name: "import"))
    guard child.ending(within: .seconds(120)) == .exit(0) else {
      throw PromiseFailure("rung catalog import fails: \(child.complaint)")
    }
    let text = try JSONText(Array(try Data(contentsOf: list)))
    var models: [Model] = []
    var entries = 0
    for (key, value) in text.root.members where key.string != "sample_spec" {
      entries += 1
      guard value["mode"]?.string == "chat", let name = key.string else { continue }
      var amounts: [String: WrittenAmount] = [:]
      for (key, value) in value.members where value.kind == .number {
        amounts[key.string ?? ""] = WrittenAmount(value.raw)
      }
      models.append(
        Model(name: name, provider: value["litellm_provider"]?.string, amounts: amounts))
    }
    let summary = try JSONText(Array(child.said.utf8)).root
    var outcomes: [String: Outcome] = [:]
    guard let described = summary["models"] else {
      throw PromiseFailure("the importer's summary has no models")
    }
    for entry in described.elements {
      guard let name = entry["name"]?.string else { continue }
      outcomes[name] = Outcome(
        outcome: entry["outcome"]?.string ?? "", reason: entry["reason"]?.string,
        catalogName: entry["catalog_name"]?.string)
    }
    let written = String(decoding: try Data(contentsOf: output), as: UTF8.self)
    guard let catalog = CatalogReader.read(SourceFile(path: output.path, text: written)).value
    else { throw PromiseFailure("the imported catalog cannot be read") }
    func count(_ name: String) -> Int { Int(clamping: summary[named: name]?.integer ?? -1) }
    self.models = models
    self.outcomes = outcomes
    self.entries = entries
    self.catalog = catalog
    catalogFile = output
    counts = (count("imported"), count("set_aside"), count("refused"))
  }
}

/// A decimal number by its digits: read here once more, so that one reader checks the other.
struct WrittenAmount: Hashable {
  let digits: Int64
  /// The value is digits × 10^exponent.
  let exponent: Int

  /// Nil for what is no number, or has more digits than fit.
  init?(_ raw: some Collection<UInt8>) {
    let text = String(decoding: raw, as: UTF8.self).lowercased()
    let halves = text.split(separator: "e", maxSplits: 1)
    guard let mantissa = halves.first else { return nil }
    let parts = mantissa.split(separator: ".", maxSplits: 1)
    let fraction = parts.count == 2 ? String(parts[1]) : ""
    guard let digits = Int64(String(parts[0]) + fraction),
      let power = halves.count == 2 ? Int(halves[1]) : 0
    else { return nil }
    self.digits = digits
    exponent = power - fraction.count
  }

  /// In whole units of 10^-places; nil if it is finer or does not fit.
  func units(places: Int) -> Int64? {
    var value = digits
    var power = exponent + places
    while power < 0, value % 10 == 0 {
      value /= 10
      power += 1
    }
    guard value != 0 else { return 0 }
    guard power >= 0 else { return nil }
    for _ in 0..<power {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      value = product
    }
    return value
  }

  /// Whether it is more than a thousandth of a dollar a token.
  var isAbsurd: Bool {
    guard let picos = units(places: 12) else { return digits > 0 && exponent > -3 }
    return picos > 1_000_000_000
  }
}
