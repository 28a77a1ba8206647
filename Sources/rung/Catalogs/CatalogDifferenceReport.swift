import CatalogReview
import JSONWriting
import PolicyExplain
import PolicyUnits

/// The difference of two catalogs, in words, as Markdown and as JSON.
struct CatalogDifferenceReport {
  let difference: CatalogDifference
  let oldPath: String
  let newPath: String
  /// Names or changed things of one kind shown at most.
  private let most: Int

  init(
    _ difference: CatalogDifference, oldPath: String, newPath: String, showingAll: Bool
  ) {
    self.difference = difference
    self.oldPath = oldPath
    self.newPath = newPath
    most = showingAll ? .max : 20
  }

  var sections: [(kind: String, section: CatalogDifference.Section)] {
    [
      ("provider", difference.providers), ("model", difference.models),
      ("embedder", difference.embedders),
    ]
  }

  /// Changes of the catalog as a whole.
  var general: [(key: String, old: String, new: String)] {
    var changes = difference.currency.map { [("currency", $0.old, $0.new)] } ?? []
    if let change = difference.referenceTokenizer {
      changes.append((change.key, change.old ?? "none", change.new ?? "none"))
    }
    return changes
  }

  var text: String {
    guard !difference.isEmpty else { return "\(oldPath) → \(newPath): equal" }
    var lines = ["\(oldPath) → \(newPath): \(headline)"]
    for (key, old, new) in general { lines += ["", "\(key)  \(old) → \(new)"] }
    for (kind, section) in sections {
      lines += names("added", kind, section.added)
      lines += names("removed", kind, section.removed)
      for (name, changes) in section.changed.prefix(most) {
        lines += ["", "\(kind) \(name)"] + Self.table(changes)
      }
      if section.changed.count > most {
        lines += ["", "and \(section.changed.count - most) more; --all shows them"]
      }
    }
    return lines.joined(separator: "\n")
  }

  /// `2 models added, 1 changed: 3 prices dearer, 1 cheaper`.
  var headline: String {
    var parts: [String] = []
    for (kind, section) in sections {
      for (count, word) in [
        (section.added.count, "added"), (section.removed.count, "removed"),
        (section.changed.count, "changed"),
      ] where count > 0 {
        parts.append("\(count) \(kind)\(count == 1 ? "" : "s") \(word)")
      }
    }
    if !general.isEmpty { parts.append("\(general.count) changed for all") }
    let changes = sections.flatMap { $0.section.changed.flatMap(\.changes) }
    let dearer = changes.count { $0.direction == .dearer }
    let cheaper = changes.count { $0.direction == .cheaper }
    let prices = [(dearer, "dearer"), (cheaper, "cheaper")].filter { $0.0 > 0 }
      .map { "\($0.0) price\($0.0 == 1 ? "" : "s") \($0.1)" }
    return parts.joined(separator: ", ")
      + (prices.isEmpty ? "" : "; " + prices.joined(separator: ", "))
  }

  private func names(_ what: String, _ kind: String, _ names: [String]) -> [String] {
    guard !names.isEmpty else { return [] }
    let rest = names.count > most ? ["  and \(names.count - most) more; --all shows them"] : []
    return ["", "\(kind)s \(what)"] + names.prefix(most).map { "  \($0)" } + rest
  }

  private static func table(_ changes: [FieldChange]) -> [String] {
    var columns = Columns([.left, .left, .left, .left], indent: 2)
    for change in changes {
      columns.add([
        change.key, "\(change.oldText) → \(change.newText)",
        words(of: change),
      ])
    }
    return columns.lines
  }

  /// `dearer, ×1.46`; empty where there is no direction.
  static func words(of change: FieldChange) -> String {
    guard let direction = change.direction else { return "" }
    guard let factor = change.hundredths else { return direction.rawValue }
    return "\(direction.rawValue), ×\(factor == 0 ? "0.00" : fixed(factor))"
  }

  /// Hundredths with both decimals.
  private static func fixed(_ hundredths: Int64) -> String {
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
