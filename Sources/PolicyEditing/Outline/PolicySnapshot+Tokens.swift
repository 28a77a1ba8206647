package import PolicySource
import PolicySyntax

extension PolicySnapshot {
  /// Every word, literal, comparison and comment of a file, in written order, none over another.
  ///
  /// A word is what the tree says it is; where there is no tree, a keyword by its spelling.
  package func tokens(of file: SourceID) -> [ClassifiedToken] {
    guard let tree = tree(of: file) else { return [] }
    var names = TokenNames(names, file)
    var found: [ClassifiedToken] = []
    for token in tree.tokens.tokens {
      for span in tree.source.comments(before: token) {
        found.append(ClassifiedToken(span: span, kind: .comment, isDeclaration: false))
      }
      found += names.classified(token, in: tree.source)
    }
    return found
  }
}

/// The names of a file, taken one after another as its tokens pass by.
private struct TokenNames {
  private let occurrences: [Occurrence]
  private let words: [NameIndex.WordMark]
  private var nextOccurrence = 0
  private var nextWord = 0

  init(_ index: NameIndex, _ file: SourceID) {
    occurrences = index.occurrences[file] ?? []
    words = index.words[file] ?? []
  }

  mutating func classified(_ token: Token, in source: SourceFile) -> [ClassifiedToken] {
    func one(_ kind: ClassifiedToken.Kind) -> [ClassifiedToken] {
      guard token.span.count > 0 else { return [] }
      return [ClassifiedToken(span: token.span, kind: kind, isDeclaration: false)]
    }
    switch token.kind {
    case .number, .share, .duration, .money, .date: return one(.number)
    case .string: return one(.string)
    case .regex: return one(.regex)
    case .symbol:
      let text = source.text(of: token.span)
      if text == "@allow" { return one(.keyword) }
      return Comparison(rawValue: text) == nil ? [] : one(.comparison)
    case .word:
      let named = named(token)
      guard named.isEmpty else { return named }
      return Keyword(rawValue: source.text(of: token.span)) == nil ? [] : one(.keyword)
    case .unknown, .endOfFile: return []
    }
  }

  /// What the tree knows of a word: one piece, or a budget and its field.
  private mutating func named(_ token: Token) -> [ClassifiedToken] {
    var found: [ClassifiedToken] = []
    while nextOccurrence < occurrences.count,
      occurrences[nextOccurrence].span.start < token.span.end
    {
      let occurrence = occurrences[nextOccurrence]
      nextOccurrence += 1
      guard token.span.contains(occurrence.span) else { continue }
      found.append(
        ClassifiedToken(
          span: occurrence.span, kind: .symbol(occurrence.kind),
          isDeclaration: occurrence.isDeclaration))
    }
    while nextWord < words.count, words[nextWord].span.start < token.span.end {
      let word = words[nextWord]
      nextWord += 1
      guard token.span.contains(word.span) else { continue }
      found.append(
        ClassifiedToken(
          span: word.span, kind: word.isField ? .field : .value, isDeclaration: false))
    }
    return found
  }
}
