import PolicySource
import PolicySyntax

/// Conditions over an answer as it runs, in `stop`.
extension Checker {
  mutating func checkStop(_ line: StopLine) -> StopRule? {
    var after: Int64?
    var isSound = true
    if let value = line.after {
      after = readCount(value, of: "after", unit: .tokens, in: 1...Int64.max)
      isSound = after != nil
    }
    guard let condition = checkStop(line.condition), isSound else { return nil }
    return StopRule(after: after, condition: condition, span: line.span)
  }

  private mutating func checkStop(_ condition: Condition) -> StopCondition? {
    switch condition {
    case .and(let parts, let span): checkStops(parts).map { .all($0, span) }
    case .or(let parts, let span): checkStops(parts).map { .any($0, span) }
    case .not(let inner, let span): checkStop(inner).map { .not($0, span) }
    case .group(let inner, _): checkStop(inner)
    case .term(let term): checkStop(term)
    case .missing: nil
    }
  }

  private mutating func checkStops(_ parts: [Condition]) -> [StopCondition]? {
    var checked: [StopCondition] = []
    for part in parts {
      if let condition = checkStop(part) { checked.append(condition) }
    }
    return checked.count == parts.count ? checked : nil
  }

  private mutating func checkStop(_ term: Term) -> StopCondition? {
    let name = term.subject
    switch name.text {
    case "answer":
      guard takesNoArguments(term) else { return nil }
      return checkText(term).map { .answer($0, term.span) }
    case "json_complete":
      return takesNoArguments(term) && bare(term) ? .jsonComplete(term.span) : nil
    case "repeating":
      return takesNoArguments(term) && bare(term) ? .repeating(term.span) : nil
    default:
      break
    }
    if RequestField.byWord[name.text] != nil || AnswerField(rawValue: name.text) != nil
      || scope[name.text] != nil
    {
      scope.use(name: name.text)
      let owner = RequestField.byWord[name.text] != nil ? "a request" : "a whole answer"
      add(
        NameProblem.wrongPlace(name.text, belongsTo: owner, here: "a running answer"),
        at: name.span)
      return nil
    }
    let near = report.nearName(name.text, among: ["answer", "json_complete", "repeating"])
    unknown(.field, name, near: near)
    return nil
  }
}
