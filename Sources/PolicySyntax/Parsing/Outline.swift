import PolicyDiagnostics

/// What the parser can tell a formatter: where lines start, blocks close and columns align.
///
/// Recorded only on request; indices are token indices.
struct Outline {
  /// One of each for each token.
  let lexemes: [Lexeme]
  var marks: [Marks]
  /// The brace that closes a block, by the one that opens it.
  var closings: [Int: Int] = [:]
  /// The token a condition stands behind, by the `and` or `or` inside it.
  var introducers: [Int: Int] = [:]
  /// What may align with its neighbours, by its first token.
  var classes: [Int: AlignmentClass] = [:]

  struct Marks: OptionSet {
    let rawValue: UInt16

    /// Starts a declaration, or an `@allow` above one.
    static let declaration = Marks(rawValue: 1)
    /// Starts a line of a block.
    static let item = Marks(rawValue: 2)
    /// Starts a line of a block, unless its author wrote it behind another.
    static let loose = Marks(rawValue: 4)
    /// Starts a column.
    static let cell = Marks(rawValue: 8)
    /// Starts a column if only one token stands before it on the line.
    static let keywordCell = Marks(rawValue: 16)
    /// Two spaces before it.
    static let wide = Marks(rawValue: 32)
    /// No space before it.
    static let tight = Marks(rawValue: 64)
    /// An `and` or `or` of a condition.
    static let joiner = Marks(rawValue: 128)
    /// Starts a new line if its author started one here.
    static let breakable = Marks(rawValue: 256)
  }

  /// Neighbouring lines of one class share their columns.
  enum AlignmentClass: Hashable {
    case declaration(Keyword)
    case item(of: String)
  }

  /// The outline of a file, or nil if the file does not parse.
  static func of(_ file: PolicyFile) -> Outline? {
    let lexed = PolicyLexer.lex(file.source)
    var parser = Parser(file.source, lexed.value)
    parser.outline = Outline(
      lexemes: parser.lexemes, marks: Array(repeating: [], count: parser.tokens.count))
    _ = parser.policy()
    guard lexed.diagnostics.isEmpty, parser.problems.diagnostics.isEmpty else { return nil }
    return parser.outline
  }
}

extension Parser {
  /// Marks the current token.
  mutating func mark(_ marks: Outline.Marks) { outline?.marks[index].formUnion(marks) }

  mutating func mark(_ marks: Outline.Marks, _ alignment: Outline.AlignmentClass) {
    outline?.marks[index].formUnion(marks)
    outline?.classes[index] = alignment
  }

  mutating func unmark(_ marks: Outline.Marks) { outline?.marks[index].subtract(marks) }
}
