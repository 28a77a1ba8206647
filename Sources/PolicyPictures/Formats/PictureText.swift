/// Escaping of texts for the formats pictures are written in.
enum PictureText {
  /// For XML and HTML, in text and in attributes.
  ///
  /// What XML cannot hold, and what could turn the direction of the text around it, shows as U+FFFD.
  static func escaped(_ text: String) -> String {
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

  private static func isFit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: true
    case 0..<0x20, 0x7F..<0xA0, 0xFFFE...0xFFFF: false
    case 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: false
    default: true
    }
  }

  /// A quoted string of the DOT language; `\l` ends a line that is set to the left.
  static func dot(lines: [String]) -> String {
    var out = "\""
    for line in lines {
      for scalar in clean(line).unicodeScalars {
        if scalar == "\"" || scalar == "\\" { out += "\\" }
        out.unicodeScalars.append(scalar)
      }
      if lines.count > 1 { out += "\\l" }
    }
    return out + "\""
  }

  /// A quoted label of Mermaid, where `#name;` is how a character is kept from being markup.
  static func mermaid(lines: [String]) -> String {
    var out = "\""
    for (index, line) in lines.enumerated() {
      if index > 0 { out += "<br/>" }
      for scalar in clean(line).unicodeScalars {
        switch scalar {
        case "\"": out += "#quot;"
        case "#", "<", ">", "&", "`", "\\", "*", "~", "%":
          out += "#\(scalar.value);"
        default: out.unicodeScalars.append(scalar)
        }
      }
    }
    return out + "\""
  }

  /// On one line, without what no text should hold.
  private static func clean(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      let isBreak = scalar.properties.isWhitespace
      out.unicodeScalars.append(isBreak ? " " : isFit(scalar) ? scalar : "\u{FFFD}")
    }
    return out
  }
}
