import Foundation

/// The time zones this machine knows, by their IANA names.
package enum TimeZones {
  /// Sorted; empty where the machine has no list of them.
  ///
  /// Read from the zone table, which costs less than asking the calendar library for each name.
  package static let known: [String] = {
    for path in ["/usr/share/zoneinfo/tzdata.zi", "/var/db/timezone/zoneinfo/tzdata.zi"] {
      guard let bytes = FileManager.default.contents(atPath: path) else { continue }
      let names = names(in: Array(bytes))
      if !names.isEmpty { return names.sorted() }
    }
    return []
  }()

  /// `Z Europe/Berlin …` declares a zone, `L Europe/Berlin Europe/Busingen` a link to one.
  private static func names(in table: [UInt8]) -> [String] {
    // By bytes: a table has thousands of lines, and most commands read it.
    table.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let words = line.split(separator: UInt8(ascii: " "), maxSplits: 3)
      let name: Int
      switch words.first {
      case [UInt8(ascii: "Z")]: name = 1
      case [UInt8(ascii: "L")]: name = 2
      default: return nil
      }
      return words.count > name ? String(decoding: words[name], as: UTF8.self) : nil
    }
  }
}
