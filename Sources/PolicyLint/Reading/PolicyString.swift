/// Texts as a policy writes them.
enum PolicyString {
  /// A text in quotes; nil for one that would not read back, or that `contains` would refuse.
  static func literal(_ text: String) -> String? {
    guard text.contains(where: { !$0.isWhitespace }) else { return nil }
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      case "\n": literal += "\\n"
      case "\t": literal += "\\t"
      default:
        guard scalar.value >= 0x20, scalar.value != 0x7F else { return nil }
        literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }

  /// One text, or a list in parentheses; each text once.
  static func list(_ texts: [String]) -> String? {
    var literals: [String] = []
    for text in texts {
      guard let literal = literal(text) else { return nil }
      if !literals.contains(literal) { literals.append(literal) }
    }
    guard let first = literals.first else { return nil }
    return literals.count == 1 ? first : "(\(literals.joined(separator: ", ")))"
  }
}
