/// Texts in markup.
package enum PageText {
  /// For XML and HTML, in text and in attributes.
  ///
  /// What XML cannot hold, and what could turn the direction of the text around it, shows as U+FFFD.
  package static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.unicodeScalars.append(isFit(scalar) ? scalar : "\u{FFFD}")
      }
    }
    return out
  }

  /// Whether a page can show it as it is.
  package static func isFit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: true
    case 0..<0x20, 0x7F..<0xA0, 0xFFFE...0xFFFF: false
    case 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: false
    default: true
    }
  }
}
