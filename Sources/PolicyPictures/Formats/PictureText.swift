import ReportPages

/// Escaping of texts for the formats of other programs.
enum PictureText {
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

  /// A quoted label of Mermaid, where `#number;` keeps a character from being markup.
  ///
  /// Lines are broken as such: behind a `<br/>` Mermaid reads the marks it was told not to.
  static func mermaid(lines: [String]) -> String {
    "\"" + lines.map { mermaid(clean($0)) }.joined(separator: "\n") + "\""
  }

  /// Mermaid takes labels for Markdown: emphasis, code, links, addresses, lists.
  private static func mermaid(_ line: String) -> String {
    var out = ""
    var before: Unicode.Scalar = " "
    let scalars = Array(line.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let after = index + 1 < scalars.count ? scalars[index + 1] : " "
      let isMark =
        switch scalar {
        case "\"", "#", "<", ">", "&", "`", "\\", "*", "~", "%", "[", "]", "@": true
        case "$": before == "$" || after == "$"
        // Inside a word it is a letter.
        case "_": !isWord(before) || !isWord(after)
        case ":": after == "/"
        case "-", "+", "=": index == 0
        case ".": before.properties.numericType != nil && after == " " || before == "w"
        case ")": before.properties.numericType != nil && after == " "
        default: false
        }
      if isMark {
        out += "#\(scalar.value);"
      } else {
        out.unicodeScalars.append(scalar)
      }
      before = scalar
    }
    return out
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  /// On one line, without what no text should hold.
  private static func clean(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      let isBreak = scalar.properties.isWhitespace
      out.unicodeScalars.append(isBreak ? " " : PageText.isFit(scalar) ? scalar : "\u{FFFD}")
    }
    return out
  }
}
