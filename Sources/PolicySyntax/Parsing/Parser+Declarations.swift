import PolicyDiagnostics
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
      let condition = parser.whenCondition()
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
    let condition = whenCondition()
    return name.map { TaskDeclaration(name: $0, condition: condition) }
  }

  // MARK: - Budgets and limits

  /// `"budget" NAME "=" MONEY "per" WORD [ "per" WORD ] [ "when" cond ]`.
  mutating func budget() throws(Lost) -> BudgetDeclaration? {
    let name = declaredName(.budget, "budget")
    mark(.cell)
    try refuseBlock("as in `budget NAME = $20 per tenant per day`")
    expect(.equal)
    if lexeme == .number, let unit = countUnit(nextLexeme) {
      throw otherKind("a budget is an amount of money", "as in `limit NAME = 60 \(unit) per day`")
    }
    return try budget(name, .money(try literal(.money, .money)))
  }

  /// `"limit" NAME "=" NUMBER ( "requests" | "tokens" | "at" "once" ) "per" …`.
  mutating func limit() throws(Lost) -> BudgetDeclaration? {
    let name = declaredName(.limit, "limit")
    mark(.cell)
    try refuseBlock("as in `limit NAME = 60 requests per key per minute`")
    expect(.equal)
    if lexeme == .money {
      throw otherKind(
        "a limit counts requests, tokens or calls", "as in `budget NAME = $20 per day`")
    }
    let start = start
    let count = try literal(.number, .count)
    passGroups(from: start)
    if let rate = joinedRate() {
      let value = Value(count.kind, at: span(from: start))
      return try budget(name, rate.unit == .requests ? .requests(value) : .tokens(value), rate.per)
    }
    let unit = try limitUnit()
    let value = Value(count.kind, at: span(from: start))
    return switch unit {
    case .requests: try budget(name, .requests(value))
    case .tokens: try budget(name, .tokens(value))
    default: try budget(name, .atOnce(value))
    }
  }

  /// The unit a limit counts in; nil if another word stands here.
  private func countUnit(_ lexeme: Lexeme) -> String? {
    switch lexeme {
    case .keyword(.requests): "requests"
    case .keyword(.tokens): "tokens"
    case .keyword(.at): "at once"
    default: nil
    }
  }

  /// A limit that is called a budget, or a budget that is called a limit.
  private mutating func otherKind(_ message: String, _ advice: String) -> Lost {
    report(.elsewhere(message, advice: advice), at: here)
    explain(here)
    return Lost()
  }

  /// An amount has no braces: what stands in them is no news.
  private mutating func refuseBlock(_ advice: String) throws(Lost) {
    guard lexeme == .symbol(.leftBrace) else { return }
    reportExpected(.symbol(.equal), advice: advice)
    let opened = start
    passBalanced()
    explain(span(from: opened))
    throw Lost()
  }

  /// `requests`, `tokens` or `at once`.
  private mutating func limitUnit() throws(Lost) -> Keyword {
    if lexeme == .word, text(token) == "concurrent" {
      let start = start
      advance()
      _ = take(.requests)
      reportBorrowed(from: start, instead: "at once")
      return .at
    }
    if lexeme == .keyword(.per) {
      reportExpected(.oneOf([.requests, .tokens, .at]))
      explain(here)
      throw Lost()
    }
    let unit = try keyword([.requests, .tokens, .at])
    if unit == .at { expect(.once) }
    return unit
  }

  /// `known` are words behind `per` that have been read.
  private mutating func budget(
    _ name: Name?, _ amount: BudgetDeclaration.Amount, _ known: [Name] = []
  ) throws(Lost) -> BudgetDeclaration? {
    var per = known
    per += adverb(after: per.first)
    // Nothing is guessed: what it is counted for is half of what it says.
    if per.isEmpty, lexeme != .keyword(.per), lexeme == .endOfFile || startsLine {
      throw lost(.span)
    }
    if per.isEmpty {
      // A figure that goes on is no amount: what is wrong with it, no word cures.
      if lexeme != .keyword(.per), token.kind != .word { throw lost(.keyword(.per)) }
      expect(.per)
      per += try counted("what it is counted for, such as `tenant` or `day`")
    }
    if per.count < 2 {
      let window = adverb(after: per.first)
      if !window.isEmpty {
        per += window
      } else if take(.per) != nil {
        per += try counted("a window such as `day`")
      }
    }
    let condition = startsNamelessRoute ? nil : optionalWhen()
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
    let condition = optionalWhen()
    var lines: [GuardDeclaration.Line] = []
    block(.guardLines) { (parser) throws(Lost) in lines.append(try parser.guardLine()) }
    return name.map { GuardDeclaration(name: $0, condition: condition, lines: lines) }
  }

  /// `where`, which names alone do not replace.
  private mutating func expectWhere() throws(Lost) {
    if lexeme == .keyword(.in) {
      reportExpected(.keyword(.where), insert: "where model.name")
      throw Lost()
    }
    guard isModelNames, !isBorrowed([.where]) else { return expect(.where) }
    let (first, found) = (here, found)
    let isList = lexeme == .symbol(.leftParenthesis)
    var count = 0
    if isList {
      count = try list().values.count
    } else {
      repeat {
        _ = try word("a model")
        count += 1
      } while take(.comma) != nil || take(.or) != nil || take(.and) != nil
    }
    let names = source.text(of: span(from: first.start))
    let values = isList ? names : count == 1 ? names : nil
    let front = Span(file: source.id, start: first.start, end: first.start)
    let words = isList || count > 1 ? "where model.name in" : "where model.name ="
    let edits =
      values == nil
      ? [Edit(span(from: first.start), "\(words) (\(Self.commas(names)))")]
      : [Edit(front, words + " ")]
    report(
      .expected(
        .keyword(.where), found: found, insertion: nil, cure: ("write `\(words)`", edits)),
      at: first)
    throw Lost()
  }

  /// Names of models, whatever joins them, with commas.
  private static func commas(_ names: String) -> String {
    names.split { ", \t\n\r".contains($0) }.filter { $0 != "or" && $0 != "and" }
      .joined(separator: ", ")
  }

  /// Whether names stand here, with nothing held against them.
  private var isModelNames: Bool {
    switch (lexeme, nextLexeme) {
    case (.symbol(.leftParenthesis), _): true
    case (.word, .symbol(.comma)), (.word, .symbol(.rightBrace)), (.word, .keyword(.or)),
      (.word, .keyword(.and)):
      true
    case (.word, _): startsLine(nextIndex)
    default: false
    }
  }

  /// `deny models where …`, which leaves the others; nil if it does not stand here.
  private mutating func deniedModels() throws(Lost) -> GuardDeclaration.Line? {
    let words = [
      "deny", "block", "exclude", "forbid", "reject", "refuse", "no", "without", "avoid", "never",
      "disallow", "drop",
    ]
    guard token.kind == .word, words.contains(text(token).lowercased()),
      nextLexeme == .keyword(.models)
    else { return nil }
    let start = start
    advance()
    advance()
    let hasWhere = take(.where) != nil
    let written = span(from: start)
    guard hasWhere else {
      report(
        .elsewhere(
          "\(quoted(source.text(of: written))) is no line of a guard",
          advice: "a guard says what may be asked: `only models where not model.name in (…)`"),
        at: written)
      throw Lost()
    }
    let condition = condition()
    let instead = "only models where"
    report(
      .borrowed(
        source.text(of: written), instead: "\(instead) not",
        edits: Self.negation(of: condition, written, instead), isSure: false), at: written)
    return .onlyModels(.not(.group(condition, condition.span), condition.span), span(from: start))
  }

  private mutating func guardLine() throws(Lost) -> GuardDeclaration.Line {
    let start = start
    if let line = try deniedModels() { return line }
    switch try lineKeyword(.guardLines) {
    case .only:
      expect(.models)
      try expectWhere()
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
