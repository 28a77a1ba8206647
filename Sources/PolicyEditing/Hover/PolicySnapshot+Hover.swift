import PolicyDiagnostics
import PolicySource
import PolicySyntax

extension PolicySnapshot {
  /// What stands at a place: a name as it is declared with the comment above it, a model with its
  /// prices, a field with its type and unit, a rule of `@allow`.
  package func hover(at place: Place) -> HoverText? {
    if let found = name(at: place), let text = markdown(of: found) {
      return HoverText(markdown: text, span: found.span)
    }
    guard let token = word(at: place), let source = sources[place.file] else { return nil }
    let text = source.text(of: token.span)
    if let page = rule(at: token) { return HoverText(markdown: page, span: token.span) }
    if text == "otherwise", isOtherwiseRoute(token), let route = routeFacts("otherwise") {
      return HoverText(markdown: route, span: token.span)
    }
    guard let field = field(text, at: token, in: place) else { return nil }
    return HoverText(
      markdown: "`\(field.word)`: \(field.type.words)\n\n\(field.documentation)", span: token.span)
  }

  private func markdown(of found: NamedPlace) -> String? {
    switch found.key {
    case .declared(let name):
      guard let symbol = names.symbols[name] else { return nil }
      return markdown(of: symbol)
    case .label(let label, let owner):
      guard let symbol = names.symbols[owner] else { return nil }
      return "`\(label)`: a value of \(symbol.kind.word) `\(owner)`\n\n" + written(symbol)
    case .arm(let arm, let route): return "`\(arm)`: an arm of the split of `\(route)`"
    case .model(let name):
      guard let model = names.models[name], let currency else { return nil }
      return ModelWords(currency: currency).markdown(of: model)
    case .embedder(let name):
      guard let embedder = names.embedders[name], let currency else { return nil }
      return ModelWords(currency: currency).markdown(of: embedder)
    }
  }

  private func markdown(of symbol: WrittenSymbol) -> String {
    var parts = [written(symbol)]
    if let documentation = symbol.documentation { parts.append(documentation) }
    switch symbol.kind {
    case .route: if let facts = routeFacts(symbol.name.text) { parts.append(facts) }
    case .ladder: if let cost = ladderFacts(symbol.name.text) { parts.append(cost) }
    case .fact, .classifier, .condition, .points, .task, .budget, .limit, .gate, .compression,
      .guarding, .arm, .label, .model, .embedder:
      break
    }
    if let file = sources[symbol.span.file], file.id != policyFile {
      parts.append("Declared in `\(file.path)`.")
    }
    return parts.joined(separator: "\n\n")
  }

  /// The declaration as it stands in the file, its indentation taken away, as a block of code.
  func written(_ symbol: WrittenSymbol) -> String {
    guard let source = sources[symbol.span.file] else { return "" }
    let lines = source.text(of: symbol.span).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let shown = lines.prefix(Self.mostLines).map(String.init)
    let rest = lines.count > Self.mostLines ? ["…"] : []
    let column = source.location(of: symbol.span.start).utf8Column - 1
    let straight = (shown.prefix(1) + shown.dropFirst().map { $0.droppingBlanks(column) }) + rest
    return "```rung\n" + straight.joined(separator: "\n") + "\n```"
  }

  private static let mostLines = 14

  // MARK: Words that are no names

  private func isOtherwiseRoute(_ token: Token) -> Bool {
    tree(of: token.span.file)?.declarations.contains { $0.keyword == token.span } ?? false
  }

  /// What a rule named in `@allow` finds.
  private func rule(at token: Token) -> String? {
    for declaration in tree(of: token.span.file)?.declarations ?? [] {
      for allow in declaration.allows where allow.code.span == token.span {
        return RuleWords.page(of: allow.code.text).map { page in
          "`\(page.code.rawValue)`\n\n\(page.finds)\n\n\(page.why)"
        }
      }
    }
    return nil
  }

  /// A field, by what the declaration around it is about.
  private func field(_ word: String, at token: Token, in place: Place) -> FieldWord? {
    let isMarked = names.wordMark(at: token.span)?.isField ?? false
    let context = CursorContext(
      tree(of: place.file)?.source, at: Int(token.span.start), names: names)
    if let field = context?.fields.first(where: { $0.word == word }) { return field }
    if let option = ParameterWords.byWord[word] { return option }
    guard isMarked else { return nil }
    return RequestWords.byWord[word] ?? AnswerWords.byWord[word] ?? DecisionWords.byWord[word]
      ?? DecisionWords.modelByWord[word]
  }
}

extension String {
  /// Without up to so many spaces or tabs in front.
  fileprivate func droppingBlanks(_ count: Int) -> String {
    var rest = self[...]
    var left = count
    while left > 0, let first = rest.first, first == " " || first == "\t" {
      rest.removeFirst()
      left -= 1
    }
    return String(rest)
  }
}
