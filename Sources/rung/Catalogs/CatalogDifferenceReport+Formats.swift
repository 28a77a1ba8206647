import CatalogReview
import JSONWriting

extension CatalogDifferenceReport {
  /// For a comment on a pull request.
  var markdown: String {
    let title = "### `\(oldPath)` → `\(newPath)`"
    guard !difference.isEmpty else { return "\(title)\n\nEqual." }
    var lines = [title, "", headline]
    for (key, old, new) in general { lines += ["", "\(key): `\(old)` → `\(new)`"] }
    for (kind, section) in sections {
      for (names, what) in [(section.added, "added"), (section.removed, "removed")]
      where !names.isEmpty {
        lines += ["", "**\(kind)s \(what)**: " + names.map { "`\($0)`" }.joined(separator: ", ")]
      }
      guard !section.changed.isEmpty else { continue }
      lines += ["", "| \(kind) | | before | now | |", "|---|---|---|---|---|"]
      for (name, changes) in section.changed {
        for change in changes {
          let cells = [
            "`\(name)`", change.key, Self.cell(change.old), Self.cell(change.new),
            Self.words(of: change),
          ]
          lines.append("| " + cells.joined(separator: " | ") + " |")
        }
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func cell(_ text: String?) -> String {
    guard let text else { return "" }
    return text.replacing("\\", with: "\\\\").replacing("|", with: "\\|")
      .replacing("\n", with: " ").replacing("<", with: "&lt;")
  }

  /// `{"version":1,"equal":…,"providers":{…},"models":{…},"embedders":{…}}`; prices as decimals in
  /// strings, factors in hundredths.
  var json: String {
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("version", 1)
      json.member("old", oldPath)
      json.member("new", newPath)
      json.member("equal", difference.isEmpty)
      json.array("general") { json in
        for (key, old, new) in general {
          json.object { json in
            json.member("key", key)
            json.member("old", old)
            json.member("new", new)
          }
        }
      }
      for (kind, section) in sections {
        json.object(kind + "s") { json in Self.write(section, to: &json) }
      }
    }
    return json.text
  }

  private static func write(_ section: CatalogDifference.Section, to json: inout JSONWriter) {
    json.array("added") { json in for name in section.added { json.string(name) } }
    json.array("removed") { json in for name in section.removed { json.string(name) } }
    json.array("changed") { json in
      for (name, changes) in section.changed {
        json.object { json in
          json.member("name", name)
          json.array("changes") { json in
            for change in changes { write(change, to: &json) }
          }
        }
      }
    }
  }

  private static func write(_ change: FieldChange, to json: inout JSONWriter) {
    json.object { json in
      json.member("key", change.key)
      json.member("old", orNull: change.old)
      json.member("new", orNull: change.new)
      json.member("price", change.isPrice)
      json.member("direction", orNull: change.direction?.rawValue)
      json.member("factor_hundredths", orNull: change.hundredths)
    }
  }
}
