/// A sentence, an item or a row, by its words.
struct TextSentence {
  /// Runs of white space as one blank.
  let text: String
  /// The terms that carry it, without endings.
  let terms: Set<UInt64>
  let saysNo: Bool

  /// In order.
  static func all(in text: String) -> [TextSentence] { Sentences.all(in: text).map(Self.init) }

  init(_ text: String) {
    self.text = FactReader.oneBlank(text)
    var terms: Set<UInt64> = []
    var saysNo = false
    let words = self.text.lowercased().split { character in
      !(character.isLetter || character.isNumber || character == "'" || character == "’")
    }
    for word in words {
      if Self.isNegation(word) {
        saysNo = true
      } else if !Self.empty.contains(String(word)) {
        let bytes = Array(word.utf8)
        Terms.each(in: bytes, 0..<bytes.count) { terms.insert($0) }
      }
    }
    self.terms = terms
    self.saysNo = saysNo
  }

  /// Whether at least half the words of the shorter one stand in both.
  func isAbout(_ other: TextSentence) -> Bool {
    let shared = terms.intersection(other.terms).count
    return shared > 0 && 2 * shared >= min(terms.count, other.terms.count)
  }

  private static func isNegation(_ word: Substring) -> Bool {
    negations.contains(String(word)) || word.hasSuffix("n't") || word.hasSuffix("n’t")
  }

  private static let negations: Set<String> = [
    "no", "not", "never", "none", "nothing", "nobody", "nowhere", "neither", "nor", "without",
    "cannot", "except", "unless", "refuse", "forbidden", "prohibited",
    "nicht", "kein", "keine", "keinen", "keinem", "keiner", "nie", "niemals", "ohne", "außer",
    "ne", "pas", "jamais", "sans", "aucun", "aucune", "nunca", "jamás", "sin", "ningún", "ninguna",
  ]

  /// Words that say nothing by themselves.
  static let empty: Set<String> = [
    "a", "an", "the", "and", "or", "but", "if", "then", "than", "that", "this", "these", "those",
    "of", "to", "in", "on", "at", "by", "for", "from", "with", "as", "is", "are", "was", "were",
    "be", "been", "being", "it", "its", "they", "them", "their", "there", "he", "she", "his", "her",
    "you", "your", "we", "our", "us", "i", "me", "my", "do", "does", "did", "have", "has", "had",
    "will", "would", "can", "could", "may", "might", "must", "should", "shall", "so", "such", "any",
    "all", "also", "only", "just", "very", "when", "where", "which", "who", "what", "how", "about",
    "into", "over", "under", "up", "out", "more", "most", "other", "some", "each", "every", "both",
    "always", "please", "make", "sure", "however", "der", "die", "das", "und", "oder", "ein",
    "eine",
    "ist", "sind", "le", "la", "les", "et", "ou", "un", "une", "est", "el", "los", "las", "y", "o",
    "es", "de", "des", "du", "zu", "den", "dem", "im", "mit", "für", "auf",
  ]
}
