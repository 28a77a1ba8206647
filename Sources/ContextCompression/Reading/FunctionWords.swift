/// What a word does in a sentence, if it is one of the few hundred of its language that name nothing.
///
/// Articles, pronouns, prepositions, conjunctions, auxiliaries: a language makes new nouns and verbs
/// every day and none of these, so they can be listed whole. Where a word is of two kinds it is both.
struct FunctionWords: OptionSet, Hashable, Sendable {
  let rawValue: UInt32

  /// `the`.
  static let definite = FunctionWords(rawValue: 1)
  /// Begins what a sentence speaks of, and introduces it: `a`, `our`, `some`, `three`.
  static let introducing = FunctionWords(rawValue: 1 << 1)
  /// Speaks of all that was or will be named: `every`, `no`.
  static let universal = FunctionWords(rawValue: 1 << 2)
  /// Stands for something said: `this`, `such`.
  static let pointing = FunctionWords(rawValue: 1 << 3)
  /// Stands for someone or something named: `it`, `their`.
  static let pronoun = FunctionWords(rawValue: 1 << 4)
  /// Needs nobody named before: `you`, `nobody`.
  static let person = FunctionWords(rawValue: 1 << 5)
  static let auxiliary = FunctionWords(rawValue: 1 << 6)
  static let preposition = FunctionWords(rawValue: 1 << 7)
  /// Begins a clause that is part of a sentence: `if`, `when`.
  static let subordinator = FunctionWords(rawValue: 1 << 8)
  /// Ties a sentence to others where it begins one: `also`, `but`, `unless`, `only`.
  static let connecting = FunctionWords(rawValue: 1 << 9)
  /// Ties a sentence to others wherever it stands: `otherwise`, `therefore`.
  static let linking = FunctionWords(rawValue: 1 << 10)
  /// Compares with something said, or counts it: `same`, `opposite`, `former`.
  static let comparing = FunctionWords(rawValue: 1 << 11)
  /// Denies or bounds.
  static let limiting = FunctionWords(rawValue: 1 << 12)
  /// `who`, `what`.
  static let asking = FunctionWords(rawValue: 1 << 13)
  /// Stands for an amount of something named: `most`, `none`.
  static let amount = FunctionWords(rawValue: 1 << 14)
  /// Points at the text it stands in, wherever it stands: `herein`.
  static let ofText = FunctionWords(rawValue: 1 << 15)
  /// Speaks of all that is written where it begins a sentence: `everything`, `regardless`, `unless`.
  static let sweeping = FunctionWords(rawValue: 1 << 16)
}

/// A language whose function words are known.
enum ClosedLanguage: Int, CaseIterable, Sendable {
  case english, german, french, spanish
}

/// What a word does in each of the languages that are known.
struct KnownWord: Sendable {
  private(set) var kinds: (FunctionWords, FunctionWords, FunctionWords, FunctionWords) =
    ([], [], [], [])

  subscript(_ language: ClosedLanguage) -> FunctionWords {
    get {
      switch language {
      case .english: kinds.0
      case .german: kinds.1
      case .french: kinds.2
      case .spanish: kinds.3
      }
    }
    set {
      switch language {
      case .english: kinds.0 = newValue
      case .german: kinds.1 = newValue
      case .french: kinds.2 = newValue
      case .spanish: kinds.3 = newValue
      }
    }
  }

  /// Nothing in any language.
  static let unknown = KnownWord()

  static func of(_ bytes: [UInt8], _ word: Range<Int>) -> KnownWord {
    guard word.count <= FunctionWordLists.longest else { return denied(bytes, word) }
    var hash = TermHash.basis
    for byte in bytes[word] { hash = TermHash.adding(byte.folded, to: hash) }
    return known[hash] ?? denied(bytes, word)
  }

  /// `doesn't`, `doesn’t`.
  private static func denied(_ bytes: [UInt8], _ word: Range<Int>) -> KnownWord {
    var found = KnownWord.unknown
    guard word.count >= 5, bytes[word.upperBound - 1].folded == 0x74 else { return found }
    let before = bytes[word.upperBound - 2]
    if before == 0x27 || before == 0x99 { found[.english] = [.auxiliary, .limiting] }
    return found
  }

  private static let known: [UInt64: KnownWord] = {
    var known: [UInt64: KnownWord] = [:]
    for (language, lists) in FunctionWordLists.all {
      for (kind, words) in lists {
        for word in words.split(separator: " ") {
          let hash = word.utf8.reduce(TermHash.basis) { TermHash.adding($1.folded, to: $0) }
          known[hash, default: .unknown][language].formUnion(kind)
        }
      }
    }
    return known
  }()
}
