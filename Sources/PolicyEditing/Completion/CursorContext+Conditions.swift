import PolicySemantics
import PolicySyntax

// Conditions: what may be tested, how, and against what.
extension CursorContext {
  /// What may follow the tokens of a condition.
  func conditionOffers(
    _ pieces: ArraySlice<CursorPiece>, of subject: OccurrenceWalk.Subject
  ) -> [Offer] {
    if let open = unclosed(pieces) {
      let inside = pieces[(open + 1)...]
      let before = pieces[..<open].last
      switch before?.text {
      case "in", "mentions", "contains", "has", "matches":
        guard inside.isEmpty || inside.last?.text == "," else { return [] }
        let name = name(before: open - 1, in: pieces)
        return before?.text == "has" ? [.values(features)] : values(of: name, subject)
      case nil, "and", "or", "not", "when", "(", "where":
        return conditionOffers(inside, of: subject)
      case let call?: return arguments(of: call, inside)
      }
    }
    guard let last = pieces.last else { return subjects(subject) }
    switch last.text {
    case "and", "or", "not": return subjects(subject)
    case "in": return [.snippets([Snippet("(…)", "($0)", "Any of these.")])]
    case "starts": return [.keywords(["with"])]
    case "has": return [.values(features)]
    case "mentions", "contains", "matches", "with": return []
    case ")": return [.keywords(["and", "or"])]
    default: break
    }
    if last.isComparison {
      return values(of: name(before: pieces.index(before: pieces.endIndex), in: pieces), subject)
    }
    if last.isNumber { return [.units(units(in: pieces, subject)), .keywords(["and", "or"])] }
    if last.isLiteral || CountUnit(rawValue: last.text) != nil {
      return [.keywords(["and", "or"])]
    }
    let before = pieces.dropLast().last
    let isValue = before?.isComparison == true || before?.text == "has"
    return isValue ? [.keywords(["and", "or"])] : operators(of: last.text, subject)
  }

  /// Whether something must still come before a new line of the policy may begin.
  func isOpen(_ pieces: ArraySlice<CursorPiece>) -> Bool {
    guard let last = pieces.last else { return true }
    if unclosed(pieces) != nil || last.isComparison { return true }
    return [
      "and", "or", "not", "when", "where", "in", "mentions", "contains", "has", "starts", "with",
      "matches", ",", "(", ":",
    ].contains(last.text)
  }

  /// The last opening parenthesis that is not closed.
  func unclosed(_ pieces: ArraySlice<CursorPiece>) -> Int? {
    var depth = 0
    for index in pieces.indices.reversed() {
      switch pieces[index].lexeme {
      case .symbol(.rightParenthesis): depth += 1
      case .symbol(.leftParenthesis):
        if depth == 0 { return index }
        depth -= 1
      default: continue
      }
    }
    return nil
  }

  // MARK: - Subjects

  private func subjects(_ subject: OccurrenceWalk.Subject) -> [Offer] {
    switch subject {
    case .request:
      [
        .symbols([.fact, .classifier, .condition, .points]), .fields(RequestWords.all),
        .budgets(withLeft: true), .keywords(["not"]),
      ]
    case .answer: [.symbols([.gate]), .fields(AnswerWords.all), .keywords(["not"])]
    case .model: [.fields(DecisionWords.model), .keywords(["not"])]
    case .runningAnswer: [.fields(AnswerWords.running), .keywords(["not"])]
    }
  }

  private func arguments(of call: String, _ inside: ArraySlice<CursorPiece>) -> [Offer] {
    let isFirst = inside.isEmpty
    switch call {
    case "judge", "agrees", "healthy": return isFirst ? [.models] : []
    case "mix": return inside.last?.lexeme == .share ? [.symbols([.gate])] : []
    case "logprob": return isFirst ? [.values(["p1", "p5", "p10", "p50"])] : []
    case "http":
      return inside.last?.text == "," ? [.values(["higher_is_better", "lower_is_better"])] : []
    default: return []
    }
  }

  /// The word a test is about, by the place of its operator.
  private func name(before index: Int, in pieces: ArraySlice<CursorPiece>) -> String? {
    var index = index - 1
    // `not in` and `starts with` are two words.
    while index >= pieces.startIndex,
      ["not", "in", "starts", "has", "mentions", "contains"].contains(pieces[index].text)
    {
      index -= 1
    }
    guard index >= pieces.startIndex, pieces[index].isWord else { return nil }
    return pieces[index].text
  }

  private var features: [String] { TextFeature.allCases.map(\.rawValue) }

  // MARK: - Operators

  /// What may follow a subject: the words of its type, and what goes on.
  private func operators(of name: String, _ subject: OccurrenceWalk.Subject) -> [Offer] {
    let joining = Offer.keywords(["and", "or"])
    switch type(of: name, subject) {
    case .flag, .score, nil: return [joining]
    case .text:
      return [.keywords(["mentions", "contains", "starts with", "matches", "has"])]
    case .words, .name, .language, .task, .route, .model, .refuser, .ofCatalog:
      return [.keywords(["in", "not in"])]
    case .tools: return [.keywords(["has"])]
    case .count, .counted, .length, .number, .date, .money, .price, .budget: return []
    }
  }

  // MARK: - Values

  /// What a field is, or a declared name in its place.
  func type(of name: String, _ subject: OccurrenceWalk.Subject) -> FieldType? {
    switch subject {
    case .request:
      if let field = RequestWords.byWord[name] { return field.type }
      return declaredType(of: name)
    case .answer: return AnswerWords.byWord[name]?.type
    case .model: return DecisionWords.modelByWord[name]?.type
    case .runningAnswer: return AnswerWords.running.first { $0.word == name }?.type
    }
  }

  /// Of a fact or classifier, as far as its labels tell; of a sum and of a budget.
  private func declaredType(of name: String) -> FieldType? {
    if let symbol = names.symbols[name] {
      switch symbol.kind {
      case .fact, .classifier:
        return symbol.labels.isEmpty ? nil : .words(symbol.labels.map(\.text))
      case .points: return .count
      case .condition, .task, .budget, .limit, .gate, .ladder, .compression, .guarding, .route,
        .arm,
        .label, .model, .embedder:
        return nil
      }
    }
    let parts = name.split(separator: ".")
    guard parts.count == 2, let owner = names.symbols[String(parts[0])] else { return nil }
    return owner.kind == .budget || owner.kind == .limit ? .budget : nil
  }

  private func values(of name: String?, _ subject: OccurrenceWalk.Subject) -> [Offer] {
    guard let name else { return [] }
    if subject == .request, let symbol = names.symbols[name], !symbol.labels.isEmpty {
      return [.labels(of: name)]
    }
    return type(of: name, subject).map(values) ?? []
  }

  func values(of type: FieldType) -> [Offer] {
    switch type {
    case .flag: [.values(["true", "false"])]
    case .words(let words): [.values(words)]
    case .language: [.values(["de", "en", "es", "fr", "unknown"])]
    case .task: [.symbols([.task])]
    case .route: [.symbols([.route]), .values(["otherwise"])]
    case .model: [.models]
    case .refuser:
      [.symbols([.guarding, .budget, .limit, .ladder, .fact, .route]), .values(["otherwise"])]
    case .ofCatalog(let word): [.ofCatalog(word)]
    case .money: [.snippets(Snippets.money)]
    case .price:
      [
        .snippets([Snippet("$ per 1M tokens", "\\$${0:1} per 1M tokens", "A price of the catalog.")]
        )
      ]
    case .count, .counted, .length, .number, .date, .text, .name, .tools, .score, .budget: []
    }
  }

  /// The units a number may have, by what it is held against.
  private func units(
    in pieces: ArraySlice<CursorPiece>, _ subject: OccurrenceWalk.Subject
  ) -> [String] {
    guard let comparison = pieces.lastIndex(where: \.isComparison),
      let name = name(before: comparison, in: pieces)
    else { return [] }
    switch type(of: name, subject) {
    case .counted(let unit): return [unit.rawValue]
    case .length: return CountUnit.allCases.map(\.rawValue)
    case .budget: return ["tokens"]
    case .flag, .words, .count, .number, .date, .text, .name, .language, .task, .route, .model,
      .refuser, .tools, .money, .price, .score, .ofCatalog, nil:
      return []
    }
  }
}
