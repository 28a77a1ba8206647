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
  /// For a number: its unit, where it is written to it.
  var unit: String?

  var isWord: Bool { kind == .word }
}

/// What a text falls into before any language is asked.
struct ScannedQuestion: Sendable {
  var tokens: [QuestionToken] = []
  /// Code and quotations, byte for byte.
  var code: [[UInt8]] = []
  var quotes: [[UInt8]] = []
}
