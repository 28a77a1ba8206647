import JSONReading

/// What a row says of caches, in its member `cache`.
enum LoggedCache {
  /// A ledger says `exact`, `similar` with how near, or `repeated`; other logs `hit`.
  private static let hits = ["hit", "exact", "similar", "repeated"]

  /// Whether the answer came out of one, so that no model was called.
  static func isHit(_ cell: JSONCell, in bytes: [UInt8]) -> Bool {
    guard cell.isString else { return cell.isTrue }
    let word = bytes[cell.content].prefix { $0 != UInt8(ascii: " ") }
    return hits.contains { word.elementsEqual($0.utf8) }
  }
}
