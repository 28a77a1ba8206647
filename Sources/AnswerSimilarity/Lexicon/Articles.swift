/// Articles that are forms of one another: `der`, `den`, `dem`; `le`, `la`; `mein`, `meinem`.
enum Articles {
  /// The words an article is a form of; nil for none.
  ///
  /// Several articles before one thing (`der Junge, der den Hund sah`) are of one family with as many.
  static func family(_ article: String) -> String? {
    guard !article.isEmpty else { return nil }
    return article.split(separator: "+").map(stem).joined(separator: "+")
  }

  private static func stem(_ article: Substring) -> String {
    if ["der", "die", "das", "den", "dem", "des"].contains(article) { return "der" }
    if ["le", "la", "les", "el", "los", "las", "lo"].contains(article) { return "le" }
    if ["un", "une", "una", "unos", "unas"].contains(article) { return "un" }
    for stem in ["mein", "dein", "sein", "kein", "unser", "ein", "dies"]
    where article.hasPrefix(stem) {
      return stem
    }
    return String(article)
  }
}
