/// Text as XML 1.0 writes it; what it has no way to write shows as U+FFFD.
package enum XMLText {
  package static func attribute(_ text: String) -> String { escaped(text, isAttribute: true) }

  package static func content(_ text: String) -> String { escaped(text, isAttribute: false) }

  private static func escaped(_ text: String, isAttribute: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: result += "&amp;"
      case 0x3C: result += "&lt;"
      case 0x3E: result += "&gt;"
      case 0x22: result += isAttribute ? "&quot;" : "\""
      case 0x09, 0x0A, 0x0D: result += isAttribute ? "&#\(scalar.value);" : String(scalar)
      case 0..<0x20, 0xFFFE, 0xFFFF: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
