import PolicySource
import PolicySyntax

/// What the left side of a request's test stands for.
enum RequestSubject {
  case flag(Flag)
  case label(LabelField)
  case number(NumberField)
  case budget(BudgetID, isLeft: Bool)
  case name(NameField)
  case text(TextPart)
  case tools
  case healthy
  case condition(ConditionID)
}

extension Checker {
  /// Resolves the subject of a request's test, or says why there is none.
  mutating func requestSubject(_ name: Name) -> RequestSubject? {
    if let field = RequestField.byWord[name.text] { return builtIn(field, name) }
    if let symbol = scope[name.text] {
      scope.use(symbol)
      return declaredSubject(symbol, name)
    }
    if let budget = budgetSubject(name) { return budget.subject }
    if AnswerField(rawValue: name.text) != nil {
      add(
        NameProblem.wrongPlace(name.text, belongsTo: "an answer", here: "a request"),
        at: name.span)
      return nil
    }
    let candidates = requestCandidates
    // What the policy declares is nearer than another router's word.
    let clock: Set = ["hour", "weekday", "date"]
    let known = declared.zones.isEmpty ? candidates.filter { !clock.contains($0) } : candidates
    let near =
      nearName(name.text) { $0.declaredCandidates }
      ?? BorrowedName.meaning(of: name.text, among: known)
      ?? (BorrowedName.isNowhere(name.text) ? nil : report.nearName(name.text, among: known))
    if let near {
      scope.use(name: near)
      if let base = near.split(separator: ".").first { scope.use(name: String(base)) }
    }
    if !lacksImports { add(NameProblem.unknownSubject(name.text, near: near), at: name.span) }
    return nil
  }

  private var declaredCandidates: [String] {
    scope.names(of: [.fact, .classifier, .condition, .points])
  }

  private var requestCandidates: [String] {
    guard report.offersNearNames else { return [] }
    return declaredCandidates + RequestField.words
      + scope.names(of: [.budget]).flatMap { [$0 + ".used", $0 + ".left"] }
  }

  private mutating func builtIn(_ field: RequestField, _ name: Name) -> RequestSubject? {
    switch field {
    case .flag(let flag): return .flag(flag)
    case .name(let field): return .name(field)
    case .text(let part): return .text(part)
    case .tools: return .tools
    case .healthy: return .healthy
    case .label(let field):
      if case .task = field {
        reads.append(.tasks)
        guard !declared.tasks.isEmpty else {
          add(NameProblem.unknown(.field, name.text, near: nil), at: name.span)
          return nil
        }
      }
      if case .weekday = field, !hasZone(name) { return nil }
      return .label(field)
    case .number(let field):
      if field == .hour || field == .date, !hasZone(name) { return nil }
      return .number(field)
    }
  }

  mutating func hasZone(_ name: Name) -> Bool {
    guard declared.zones.isEmpty else { return true }
    // It is one line that is missing, however often the clock is read.
    if !saidNoZone { add(UnitProblem.missingZone(name.text), at: name.span) }
    saidNoZone = true
    return false
  }

  private mutating func declaredSubject(_ symbol: Symbol, _ name: Name) -> RequestSubject? {
    switch symbol.kind {
    case .fact:
      let id = FactID(symbol.index)
      switch factTypes[symbol.index] {
      case .bool: return .flag(.fact(id))
      case .count: return .number(.fact(id))
      case .text: return .name(.fact(id))
      case .labels: return .label(.fact(id))
      }
    case .classifier:
      reads.append(.classifier(ClassifierID(symbol.index)))
      return .label(.classifier(ClassifierID(symbol.index)))
    case .condition:
      return .condition(ConditionID(symbol.index))
    case .points:
      reads.append(.points(PointsID(symbol.index)))
      return .number(.points(PointsID(symbol.index)))
    case .budget:
      add(
        TypeProblem.missingComparison(name.text, example: "\(name.text).used >= 80%"),
        at: name.span)
      return nil
    case .task:
      add(
        TypeProblem.missingComparison(name.text, example: "task = \(name.text)"), at: name.span)
      return nil
    case .gate, .ladder, .compression, .guarding, .route, .model, .embedder, .target, .zone,
      .field, .parameter, .score:
      add(
        NameProblem.wrongKind(name.text, is: symbol.kind, wanted: "something a request has"),
        at: name.span)
      return nil
    }
  }

  /// `BUDGET.used` and `BUDGET.left`; nil if the word before the dot is no budget.
  private mutating func budgetSubject(_ name: Name) -> (subject: RequestSubject?, Void)? {
    guard let dot = name.text.lastIndex(of: "."),
      let symbol = scope[String(name.text[..<dot])]
    else { return nil }
    scope.use(symbol)
    let owner = String(name.text[..<dot])
    let field = String(name.text[name.text.index(after: dot)...])
    guard symbol.kind == .budget else {
      add(
        NameProblem.unknownField(field, of: "\(symbol.kind.word) \(owner.quoted)", near: nil),
        at: name.span)
      return (nil, ())
    }
    guard field == "used" || field == "left" else {
      let near = report.nearName(field, among: ["used", "left"])
      add(
        NameProblem.unknownField(
          field, of: "budget \(owner.quoted)", near: near.map { "\(owner).\($0)" }),
        at: name.span)
      return (nil, ())
    }
    return (.budget(BudgetID(symbol.index), isLeft: field == "left"), ())
  }
}
