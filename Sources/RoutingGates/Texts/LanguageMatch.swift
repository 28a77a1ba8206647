import TextPatterns

/// Whether two texts are in one language, as far as they tell.
enum LanguageMatch {
  /// A text too short or too mixed to tell speaks against nothing.
  static func areSame(_ a: String, _ b: String) -> Bool {
    let first = language(of: a)
    let second = language(of: b)
    return first == second || first == unknown || second == unknown
  }

  private static let unknown = "unknown"

  private static func language(of text: String) -> String {
    let bytes = Array(text.utf8)
    return TextLanguage.code(of: bytes.span)
  }
}
