import PolicyDiagnostics
import PolicySource
import PolicySyntax

/// Yes/no conditions over an answer.
extension Checker {
  mutating func checkAnswer(_ condition: Condition) -> AnswerCondition? {
    switch condition {
    case .and(let parts, let span): checkAnswers(parts).map { .all($0, span) }
    case .or(let parts, let span): checkAnswers(parts).map { .any($0, span) }
    case .not(let inner, let span): checkAnswer(inner).map { .not($0, span) }
    case .group(let inner, _): checkAnswer(inner)
    case .term(let term): checkAnswer(term)
    case .missing: nil
    }
  }

  private mutating func checkAnswers(_ parts: [Condition]) -> [AnswerCondition]? {
    var checked: [AnswerCondition] = []
    for part in parts {
      if let condition = checkAnswer(part) { checked.append(condition) }
    }
    return checked.count == parts.count ? checked : nil
  }

  private mutating func checkAnswer(_ term: Term) -> AnswerCondition? {
    guard let field = AnswerField(rawValue: term.subject.text) else {
      return checkGateReference(term)
    }
    switch field {
    case .refusal: return checkYesNo(term, .refusal)
    case .json: return checkYesNo(term, .json)
    case .sameLanguage: return checkYesNo(term, .sameLanguage)
    case .citesContext: return checkYesNo(term, .citesContext)
    case .repeatsQuestion: return checkYesNo(term, .repeatsQuestion)
    case .schema: return checkSchema(term)
    case .answer:
      guard takesNoArguments(term) else { return nil }
      return checkText(term).map { .test(.text($0), term.span) }
    case .length: return checkLength(term)
    case .finish: return checkFinish(term)
    case .judge, .agrees, .similar, .logprob, .http, .mix:
      let score = checkScore(term)
      // Without its direction an `http` has no side a threshold could be on.
      if field == .http, score == nil { return nil }
      return checkThreshold(term, score, higherIsBetter: higherIsBetter(term, field))
    }
  }

  private mutating func checkYesNo(_ term: Term, _ test: AnswerTest) -> AnswerCondition? {
    guard takesNoArguments(term), bare(term) else { return nil }
    return .test(test, term.span)
  }

  /// Another gate: bare if it decides, with a threshold if it scores.
  private mutating func checkGateReference(_ term: Term) -> AnswerCondition? {
    guard let symbol = scope[term.subject.text] else {
      reportUnknownAnswer(term.subject)
      return nil
    }
    scope.use(symbol)
    guard symbol.kind == .gate else {
      add(
        NameProblem.wrongKind(
          term.subject.text, is: symbol.kind, wanted: "something an answer has"),
        at: term.subject.span)
      return nil
    }
    guard takesNoArguments(term) else { return nil }
    let id = GateID(symbol.index)
    gateReads.append(id)
    switch gateKinds[symbol.index] {
    case .decides: return bare(term) ? .gate(id, term.span) : nil
    case .scores(let higher):
      return checkThreshold(term, .gate(id), higherIsBetter: higher)
    }
  }

  private mutating func reportUnknownAnswer(_ name: Name) {
    if RequestField.byWord[name.text] != nil {
      add(
        NameProblem.wrongPlace(name.text, belongsTo: "a request", here: "an answer"),
        at: name.span)
      return
    }
    let near = nearName(name.text) {
      $0.scope.names(of: [.gate]) + AnswerField.allCases.map(\.rawValue)
    }
    unknown(.field, name, near: near)
  }

  private mutating func checkSchema(_ term: Term) -> AnswerCondition? {
    guard let arguments = term.arguments, arguments.count == 1, arguments[0].share == nil,
      case .string(let path) = arguments[0].value.kind
    else {
      add(
        TypeProblem.wrongArguments("schema", usage: AnswerField.schema.usage),
        at: term.subject.span)
      return nil
    }
    let key = file(path, at: arguments[0].value.span)
    guard bare(term), let key else { return nil }
    return .test(.schema(file: key), term.span)
  }

  private mutating func checkLength(_ term: Term) -> AnswerCondition? {
    guard takesNoArguments(term) else { return nil }
    guard case .compare(let comparison, _, let value) = term.check else {
      add(
        TypeProblem.missingComparison("length", example: AnswerField.length.usage),
        at: term.span)
      return nil
    }
    guard case .number(_, let unit?) = value.kind else {
      if case .number = value.kind {
        add(
          UnitProblem.missingUnit(
            "length", units: CountUnit.allCases, number: bareNumber(value)),
          at: value.span)
      } else {
        add(
          TypeProblem.wrongType(
            "length", expected: "a number such as `20 chars`", found: value.described),
          at: value.span)
      }
      return nil
    }
    guard let count = readCount(value, of: "length", unit: unit) else { return nil }
    switch comparison.outcome(of: count, in: 0...Int64.max) {
    case .some(false):
      add(ValueProblem.neverHolds(because: "`length` is never below 0"), at: term.span)
      return nil
    case .some(true):
      add(ValueProblem.alwaysHolds(because: "`length` is never below 0"), at: term.span)
    case nil: break
    }
    if comparison == .notEqual {
      return .not(.test(.length(unit, .equal, count), term.span), term.span)
    }
    return .test(.length(unit, comparison, count), term.span)
  }

  private mutating func checkFinish(_ term: Term) -> AnswerCondition? {
    guard takesNoArguments(term),
      let (values, negated) = equality(term, example: { _ in "stop" })
    else { return nil }
    let reasons = readList(values) { checker, value -> FinishReason? in
      let word = checker.readWord(value, of: "finish", expected: "a word such as `stop`")
      return word.flatMap { checker.choose($0, for: "finish", among: FinishReason.self) }
    }
    guard let reasons else { return nil }
    let test = AnswerCondition.test(
      .finish(oneOf: FinishReason.allCases.filter(reasons.contains)), term.span)
    return negated ? .not(test, term.span) : test
  }
}
