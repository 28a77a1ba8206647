import PolicySource
import PolicySyntax

/// Finding what a name stands for.
extension Checker {
  /// The index of a declaration of this kind, counted as used; nil after saying what is wrong.
  mutating func lookUp(_ name: Name, as kind: NameKind) -> Int? {
    guard let symbol = scope[name.text] else {
      let near = nearName(name.text) { $0.scope.names(of: [kind]) }
      unknown(kind, name, near: near)
      return nil
    }
    scope.use(symbol)
    guard symbol.kind == kind else {
      add(
        NameProblem.wrongKind(name.text, is: symbol.kind, wanted: kind.word.withArticle),
        at: name.span)
      return nil
    }
    return symbol.index
  }

  mutating func unknown(_ kind: NameKind, _ name: Name, near: String?) {
    if let near { scope.use(name: near) }
    if let held = scope.setAside(name.text), kind.isOfCatalog {
      add(NameProblem.setAside(held), at: name.span)
      return
    }
    if lacksImports, kind.isDeclared { return }
    add(NameProblem.unknown(kind, name.text, near: near), at: name.span)
  }

  /// A model of the catalog; nil after saying what is wrong, silently if there is no catalog.
  mutating func lookUpModel(_ name: Name) -> ModelID? {
    if let model = scope.model(name.text) { return model }
    guard vocabulary != nil else { return nil }
    if let symbol = scope[name.text] {
      scope.use(symbol)
      add(
        NameProblem.wrongKind(name.text, is: symbol.kind, wanted: "a model"), at: name.span)
    } else if scope.embedder(name.text) != nil {
      add(NameProblem.wrongKind(name.text, is: .embedder, wanted: "a model"), at: name.span)
    } else {
      let near = nearName(name.text) { $0.scope.modelNames }
      unknown(.model, name, near: near)
    }
    return nil
  }

  mutating func lookUpEmbedder(_ name: Name) -> EmbedderID? {
    if let embedder = scope.embedder(name.text) { return embedder }
    guard vocabulary != nil else { return nil }
    if scope.model(name.text) != nil {
      add(NameProblem.wrongKind(name.text, is: .model, wanted: "an embedder"), at: name.span)
    } else if let symbol = scope[name.text] {
      scope.use(symbol)
      add(
        NameProblem.wrongKind(name.text, is: symbol.kind, wanted: "an embedder"), at: name.span)
    } else {
      let near = nearName(name.text) { $0.scope.embedderNames }
      unknown(.embedder, name, near: near)
    }
    return nil
  }

  /// The name to offer for a word; what it is looked for among is gathered only while names are
  /// offered at all.
  mutating func nearName(_ word: String, among candidates: (Checker) -> [String]) -> String? {
    guard report.offersNearNames else { return nil }
    return report.nearName(word, among: candidates(self))
  }

  /// One of the words of a closed list.
  mutating func choose<Choice: RawRepresentable & CaseIterable>(
    _ word: Name, for subject: String, among: Choice.Type
  ) -> Choice? where Choice.RawValue == String {
    if let choice = Choice(rawValue: word.text) { return choice }
    unknownValue(word, of: subject, choices: Choice.allCases.map(\.rawValue))
    return nil
  }

  mutating func unknownValue(_ word: Name, of subject: String, choices: [String]) {
    let near =
      BorrowedName.isNowhere(word.text)
      ? nil
      : BorrowedName.value(word.text, among: choices) ?? report.nearName(word.text, among: choices)
    if let near { scope.use(name: near) }
    add(
      NameProblem.unknownValue(word.text, of: subject, near: near, choices: choices),
      at: word.span)
  }

  /// A text part, as `reads` and `target` name it.
  mutating func textPart(_ name: Name, for subject: String) -> TextPart? {
    choose(name, for: subject, among: TextPart.self)
  }

  /// The key of a file the policy names, or nil after saying that it is not there.
  mutating func file(_ literal: StringLiteral) -> String? {
    file(literal.value, at: literal.span)
  }

  mutating func file(_ path: String, at span: Span) -> String? {
    guard !path.isEmpty else {
      add(ValueProblem.emptyText("the file name"), at: span)
      return nil
    }
    let key = PolicyPath.key(
      path, writtenIn: sources[span.file]?.path ?? "", isPolicy: span.file == policy)
    guard files[key] != nil else {
      add(FileProblem.missingFile(path), at: span)
      return nil
    }
    return key
  }

  mutating func nonEmpty(_ literal: StringLiteral, _ what: String) -> Bool {
    guard literal.value.contains(where: { !$0.isWhitespace }) else {
      add(ValueProblem.emptyText(what), at: literal.span)
      return false
    }
    return true
  }
}
