import ReportPages

/// Breaks a text into lines that fit a width.
enum TextWrap {
  /// Words that open what stands behind them.
  private static let leading: Set<Substring> = [
    "and", "or", "not", "=", "!=", "<", "<=", ">", ">=", "in",
  ]

  /// At most `limit` lines of at most `width` pixels; what does not fit ends in `…`.
  ///
  /// Breaks at spaces, never behind an `and` or a comparison, and inside a word only if the word alone is too
  /// wide. Lines after the first are indented by two spaces. O(length × line length).
  static func lines(of text: String, width: Int, size: Int, limit: Int) -> [String] {
    var lines: [String] = []
    var rest = words(of: text)[...]
    while !rest.isEmpty, lines.count < limit {
      let indent = lines.isEmpty ? "" : "  "
      lines.append(indent + takeLine(&rest, width: width, indent: indent, size: size))
    }
    if !rest.isEmpty, let last = lines.popLast() {
      lines.append(shortened(last, width: width, size: size))
    }
    return lines.isEmpty ? [""] : lines
  }

  /// The text with `…` behind it, cut until both fit.
  static func shortened(_ text: String, width: Int, size: Int) -> String {
    var head = text
    while !head.isEmpty, Lettering.width(head + "…", size: size) > width { head.removeLast() }
    return head + "…"
  }

  private static func words(of text: String) -> [Substring] {
    text.split(whereSeparator: \.isWhitespace)
  }

  private static func takeLine(
    _ rest: inout ArraySlice<Substring>, width: Int, indent: String, size: Int
  ) -> String {
    var taken: [Substring] = []
    var line = indent
    while let word = rest.first {
      let longer = taken.isEmpty ? line + word : line + " " + word
      guard Lettering.width(longer, size: size) <= width else { break }
      line = longer
      taken.append(word)
      rest.removeFirst()
    }
    if taken.isEmpty { return takePart(&rest, width: width, indent: indent, size: size) }
    // `and` or `<=` belongs to what follows it, unless the line would be empty without it.
    var ahead: [Substring] = []
    while !rest.isEmpty, taken.count > 1, let last = taken.last, Self.leading.contains(last) {
      taken.removeLast()
      ahead.insert(last, at: 0)
    }
    if !ahead.isEmpty { rest = (ahead + rest)[...] }
    return taken.joined(separator: " ")
  }

  /// As much of a word as fits, at least one character.
  private static func takePart(
    _ rest: inout ArraySlice<Substring>, width: Int, indent: String, size: Int
  ) -> String {
    guard let word = rest.popFirst() else { return "" }
    var part = ""
    for character in word {
      let longer = part + String(character)
      if !part.isEmpty, Lettering.width(indent + longer, size: size) > width { break }
      part = longer
    }
    let left = word.dropFirst(part.count)
    if !left.isEmpty { rest = ([left] + rest)[...] }
    return part
  }
}
