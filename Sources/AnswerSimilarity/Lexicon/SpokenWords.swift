/// What a single word says in any of the languages that are read.
package enum SpokenWords {
  /// The value of a number that is written as a word: `12` of `twelve` and `dozen`, `2x` of `twice`; nil
  /// for ordinals and all other words.
  package static func number(_ word: String) -> String? {
    for lexicon in Lexicon.all {
      if let value = lexicon.numbers[word], !value.hasPrefix("#") { return value }
    }
    return nil
  }

  /// Whether a word is a unit of measure: `lb`, `kg`, `days`.
  package static func isUnit(_ word: String) -> Bool {
    Lexicon.all.contains { $0.units[word] != nil }
  }
}
