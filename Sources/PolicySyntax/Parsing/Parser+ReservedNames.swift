import PolicySource

/// Declarations called like words of the language: one finding each, at the declaration, whose cure
/// renames them wherever they are read.
struct ReservedNames {
  /// Declared under a keyword.
  var declared: [(name: Name, thing: String)] = []
  /// Where keywords stand as the names of declarations.
  var uses: [String: [Span]] = [:]
  /// All words after `gate` and its like that cannot be names; nil until somebody asks.
  fileprivate var all: Set<String>?
}

extension Parser {
  /// Whether a declaration is called so although none can be: its uses are no findings of their own.
  mutating func isDeclaredAnyway(_ name: String) -> Bool {
    if let all = reservedNames.all { return all.contains(name) }
    var all: Set<String> = []
    for (place, lexeme) in lexemes.enumerated().dropLast(2) {
      guard case .keyword(let keyword) = lexeme, keyword.isDeclaration,
        tokens[place + 1].kind == .word, lexemes[place + 1] != .broken,
        Self.followers(of: keyword).contains(lexemes[place + 2])
      else { continue }
      let name = text(tokens[place + 1])
      if Keyword(rawValue: name) != nil || FieldName.all.contains(name) { all.insert(name) }
    }
    reservedNames.all = all
    return all.contains(name)
  }

  /// Notes that a keyword stands here as the name of a declaration.
  mutating func noteUse() {
    if case .keyword(let keyword) = lexeme {
      reservedNames.uses[keyword.rawValue, default: []].append(here)
    }
  }

  /// Reports the declarations called like keywords, now that all is read that may mean them.
  mutating func reportReservedNames() {
    // Of each word once: a file may declare thousands that are called alike.
    var found: [String: [Span]?] = [:]
    for (name, thing) in reservedNames.declared where !problems.isFull {
      if found[name.text] == nil {
        let uses = reservedNames.uses[name.text, default: []] + dottedUses(of: name.text)
        found[name.text] = .some(isReadElsewhere(name, uses) ? nil : uses)
      }
      report(
        .reservedName(name.text, of: thing, isKeyword: true, uses: found[name.text] ?? nil),
        at: name.span)
    }
  }

  /// The `per` of `per.used`.
  private func dottedUses(of name: String) -> [Span] {
    lexemes.indices.compactMap { place in
      guard lexemes[place] == .word, text(tokens[place]).hasPrefix(name + ".") else { return nil }
      let start = tokens[place].span.start
      return Span(file: source.id, start: start, end: start + UInt32(name.utf8.count))
    }
  }

  /// Whether a word may mean a declaration at a place where it may as well mean something else.
  private func isReadElsewhere(_ name: Name, _ uses: [Span]) -> Bool {
    let known = Set(uses + [name.span])
    return lexemes.indices.dropFirst().contains { place in
      guard case .keyword(let keyword) = lexemes[place], keyword.rawValue == name.text,
        !known.contains(tokens[place].span)
      else { return false }
      switch lexemes[place - 1] {
      case .symbol(let symbol):
        return symbol.comparison != nil || symbol == .comma || symbol == .leftParenthesis
      case .keyword(let before): return before == .per || before == .by
      default: return false
      }
    }
  }
}
