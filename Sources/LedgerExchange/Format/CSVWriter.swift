import JSONWriting
import PolicyUnits

/// Writes CSV as RFC 4180 has it, lines ending in `\r\n`.
///
/// A spreadsheet takes text that begins with `=`, `+`, `-` or `@` for a formula, in quotes too. With
/// the guard such a text gets an apostrophe before it, and so does one that has apostrophes before
/// such a beginning: taking one away gives every text back. Numbers and times are never touched.
package struct CSVWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  let isGuarded: Bool

  package init(isGuarded: Bool) { self.isGuarded = isGuarded }

  /// Gives out what was written and starts anew.
  package mutating func take() -> [UInt8] {
    let taken = bytes
    bytes.removeAll(keepingCapacity: true)
    return taken
  }

  package mutating func line(_ cells: some Sequence<Cell>) {
    var isFirst = true
    for cell in cells {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      field(cell)
    }
    bytes += [0x0D, 0x0A]
  }

  private mutating func field(_ cell: Cell) {
    switch cell {
    case .none: break
    case .text(let text): append(isGuarded && Self.needsGuard(text) ? "'" + text : text)
    case .integer(let number): bytes += Array(String(number).utf8)
    case .bool(let value): bytes += Array((value ? "true" : "false").utf8)
    case .money(let money): bytes += Array(Amounts.plain(money).utf8)
    case .list(let elements):
      var json = JSONWriter()
      json.array(elements)
      append(json.text)
    }
  }

  /// An empty text is written in quotes; nothing is written as nothing.
  private mutating func append(_ text: String) {
    let mustQuote =
      text.isEmpty || text.utf8.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x2C || $0 == 0x3B }
      || text.first == " " || text.last == " "
    guard mustQuote else {
      bytes += Array(text.utf8)
      return
    }
    bytes.append(0x22)
    for byte in text.utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  /// Whether a text has the beginning of a formula, after any number of apostrophes.
  static func needsGuard(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first(where: { $0 != "'" }) else { return false }
    switch first {
    case "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠": return true
    default: return false
    }
  }

  /// The text as it was before the guard.
  static func unguarded(_ text: String) -> String {
    text.unicodeScalars.first == "'" && needsGuard(text)
      ? String(text.unicodeScalars.dropFirst()) : text
  }
}
