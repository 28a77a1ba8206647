/// A piece of a question.
struct QuestionToken: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case word, number, identifier, symbol
    /// The end of a clause: a comma, a full stop, a line's end.
    case clauseEnd
  }

  var kind: Kind
  /// In lower case for words; as it stands for identifiers and symbols.
  var text: String
  /// Written with a capital that no sentence's beginning explains.
  var isCapital = false
  /// Two capitals or more and nothing else: `US`, `IT`.
  var isAcronym = false
  /// As it stands, in the letters it was written in; for a number, its digits.
  var written = ""
  /// Whether its first letter is a large one, at a sentence's beginning too.
  var startsLarge = false
  var letters = Letters.unsaid
  /// For a number: its unit, where it is written to it.
  var unit: String?

  var isWord: Bool { kind == .word }
  /// A large letter behind the first, and small ones: `getUser`, `iPhone`.
  var isMixed: Bool {
    isWord && written.dropFirst().contains(where: \.isUppercase)
      && written.contains(where: \.isLowercase)
  }
}

/// What the case of a word's letters says.
enum Letters: Hashable, Sendable {
  /// Small, where a name would have been written large.
  case plain
  /// A large letter that no sentence's beginning explains.
  case name
  /// Nothing: it begins a sentence, or all of the text is written small, or large as titles are.
  case unsaid
}

/// What a text falls into before any language is asked.
struct ScannedQuestion: Sendable {
  var tokens: [QuestionToken] = []
  /// Code and quotations, byte for byte.
  var code: [[UInt8]] = []
  var quotes: [[UInt8]] = []
  /// Words written with hyphens, in lower case: `foo-bar` is not `foo bar`.
  var compounds: [[String]] = []
}
