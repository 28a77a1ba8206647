import PolicySource

/// Texts as a policy lists them.
enum PolicyString {
  /// One text, or a list in parentheses; each text once.
  ///
  /// Nil where one of them is nothing but space, which `contains` and `mentions` refuse.
  static func list(_ texts: [String]) -> String? {
    var literals: [String] = []
    for text in texts {
      guard text.contains(where: { !$0.isWhitespace }) else { return nil }
      let literal = text.asPolicyText
      if !literals.contains(literal) { literals.append(literal) }
    }
    guard let first = literals.first else { return nil }
    return literals.count == 1 ? first : "(\(literals.joined(separator: ", ")))"
  }
}
