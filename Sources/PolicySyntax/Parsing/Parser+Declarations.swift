import PolicySource

/// The declarations that fit a few lines: conditions, points, tasks, budgets, limits, gates, guards.
extension Parser {
  private mutating func declaredName(_ keyword: Keyword, _ thing: String) -> Name? {
    name(of: thing, before: Self.followers(of: keyword))
  }

  /// `"condition" NAME "=" cond`.
  mutating func conditionDeclaration() -> ConditionDeclaration? {
    let name = declaredName(.condition, "condition")
    mark(.cell)
    expect(.equal)
    let condition = condition()
    return name.map { ConditionDeclaration(name: $0, condition: condition) }
  }

  /// `"points" NAME "{" { INT "when" cond } "}"`.
  mutating func points() -> PointsDeclaration? {
    let name = declaredName(.points, "points")
    var lines: [PointsDeclaration.Line] = []
    block(.points) { (parser) throws(Lost) in
      let start = parser.start
      let weight = try parser.wholeNumber()
      parser.mark(.cell)
      parser.expect(.when)
      let condition = parser.condition()
      lines.append(.init(weight: weight, condition: condition, span: parser.span(from: start)))
    }
    return name.map { PointsDeclaration(name: $0, lines: lines) }
  }

  /// `"task" NAME ( "when" cond | "otherwise" )`.
  mutating func task() -> TaskDeclaration? {
    let name = declaredName(.task, "task")
    mark(.cell)
    if take(.otherwise) != nil { return name.map { TaskDeclaration(name: $0, condition: nil) } }
    if !startsLine, isBorrowed([.otherwise]), meant([.otherwise]) != nil {
      advance()
      return name.map { TaskDeclaration(name: $0, condition: nil) }
    }
    expect(.when)
    let condition = condition()
    return name.map { TaskDeclaration(name: $0, condition: condition) }
  }

  // MARK: - Budgets and limits

  /// `"budget" NAME "=" MONEY "per" WORD [ "per" WORD ] [ "when" cond ]`.
  mutating func budget() throws(Lost) -> BudgetDeclaration? {
    let name = declaredName(.budget, "budget")
    mark(.cell)
    expect(.equal)
    return try budget(name, .money(try budgetAmount()))
  }

  /// MONEY; the currency behind its figure, as in `5 USD`, is read as what it means.
  private mutating func budgetAmount() throws(Lost) -> Value {
    let (start, figure) = (here, text(token))
    guard lexeme == .number, nextLexeme == .word else { return try literal(.money, .money) }
    let currency = text(tokens[nextIndex])
    guard currency.utf8.count == 3, currency.utf8.allSatisfy(\.isCapital),
      Keyword(rawValue: currency.lowercased()) == nil
    else {
      return try literal(.money, .money)
    }
    let value = try scalar()
    guard case .number(let amount, _) = value.kind else { return value }
    let span = Span(file: source.id, start: start.start, end: here.end)
    report(.borrowedWord(source.text(of: span), instead: "\(currency) \(figure)"), at: span)
    advance()
    return Value(.money(currency: currency, amount: amount, perTokens: nil), at: span)
  }

  /// `"limit" NAME "=" NUMBER ( "requests" | "tokens" | "at" "once" ) "per" …`.
  mutating func limit() throws(Lost) -> BudgetDeclaration? {
    let name = declaredName(.limit, "limit")
    mark(.cell)
    expect(.equal)
    let start = start
    let count = try literal(.number, .count)
    let unit = try keyword([.requests, .tokens, .at])
    if unit == .at { expect(.once) }
    let value = Value(count.kind, at: span(from: start))
    return switch unit {
    case .requests: try budget(name, .requests(value))
    case .tokens: try budget(name, .tokens(value))
    default: try budget(name, .atOnce(value))
    }
  }

  private mutating func budget(
    _ name: Name?, _ amount: BudgetDeclaration.Amount
  ) throws(Lost) -> BudgetDeclaration? {
    // Nothing is guessed: what it is counted for is half of what it says.
    if lexeme != .keyword(.per), lexeme == .endOfFile || startsLine { throw lost(.span) }
    expect(.per)
    var per = [try word("what it is counted for, such as `tenant` or `day`")]
    if take(.per) != nil {
      per.append(try word("a window such as `day`"))
    }
    let condition = takeWhen() ? condition() : nil
    return name.map {
      BudgetDeclaration(name: $0, amount: amount, per: per, condition: condition)
    }
  }

  // MARK: - Gates and guards

  /// `"gate" NAME "=" cond [ "on" "failure" ( "reject" | "accept" ) ]`.
  mutating func gate() throws(Lost) -> GateDeclaration? {
    let name = declaredName(.gate, "gate")
    mark(.cell)
    expect(.equal)
    let condition = condition()
    var onFailure: Name?
    if take(.on) != nil {
      expect(.failure)
      let span = here
      let outcome = try keyword([.reject, .accept])
      onFailure = Name(outcome.rawValue, at: span)
    }
    return name.map { GateDeclaration(name: $0, condition: condition, onFailure: onFailure) }
  }

  /// `"guard" NAME [ "when" cond ] "{" … "}"`.
  mutating func guarding() -> GuardDeclaration? {
    let name = declaredName(.guard, "guard")
    let condition = takeWhen() ? condition() : nil
    var lines: [GuardDeclaration.Line] = []
    block(.guardLines) { (parser) throws(Lost) in lines.append(try parser.guardLine()) }
    return name.map { GuardDeclaration(name: $0, condition: condition, lines: lines) }
  }

  private mutating func guardLine() throws(Lost) -> GuardDeclaration.Line {
    let start = start
    switch try lineKeyword(.guardLines) {
    case .only:
      expect(.models)
      expect(.where)
      let condition = condition()
      return .onlyModels(condition, span(from: start))
    case .drop:
      expect(.tools)
      return .dropTools(span(from: start))
    case .refuse:
      let message = try string()
      return .refuse(message, span(from: start))
    default:
      throw Lost()
    }
  }
}
