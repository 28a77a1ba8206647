import Foundation

/// The time zones this machine knows, by their IANA names.
package enum TimeZones {
  /// Sorted; empty where the machine has no list of them.
  ///
  /// Read from the zone table, which costs less than asking the calendar library for each name.
  package static let known: [String] = {
    for path in ["/usr/share/zoneinfo/tzdata.zi", "/var/db/timezone/zoneinfo/tzdata.zi"] {
      guard let bytes = FileManager.default.contents(atPath: path) else { continue }
      let names = names(in: String(decoding: bytes, as: UTF8.self))
      if !names.isEmpty { return names.sorted() }
    }
    return []
  }()

  /// `Z Europe/Berlin …` declares a zone, `L Europe/Berlin Europe/Busingen` a link to one.
  private static func names(in table: String) -> [String] {
    table.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ", maxSplits: 3)
      switch words.first {
      case "Z" where words.count > 1: return String(words[1])
      case "L" where words.count > 2: return String(words[2])
      default: return nil
      }
    }
  }
}
