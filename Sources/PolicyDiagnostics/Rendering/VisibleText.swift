/// Text of somebody else's, as a terminal may show it: nothing in it moves a cursor, changes a colour or
/// turns the direction of what stands around it.
package enum VisibleText {
  /// On one line: controls as their pictures, separators of lines and marks of direction as U+FFFD.
  ///
  /// O(text); a text without any of them is given back as it is.
  package static func of(_ text: String) -> String {
    guard !text.unicodeScalars.allSatisfy({ stands($0) }) else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { shown.append(visible(scalar)) }
    return String(shown)
  }

  static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard !stands(scalar) else { return scalar }
    switch scalar.value {
    case 0..<0x20: return Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
    case 0x7F: return "\u{2421}"
    case _: return "\u{FFFD}"
    }
  }

  /// Whether it does nothing but stand there.
  private static func stands(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: false
    case _: true
    }
  }
}
