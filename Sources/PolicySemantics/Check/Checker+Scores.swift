import PolicyDiagnostics
import PolicySource
import PolicySyntax
import PolicyUnits

/// Scores of an answer, and the thresholds they are held against.
extension Checker {
  /// The score a term calls for, without its threshold.
  mutating func checkScore(_ term: Term) -> AnswerScore? {
    guard let field = AnswerField(rawValue: term.subject.text) else {
      guard let symbol = scope[term.subject.text], symbol.kind == .gate, takesNoArguments(term)
      else { return nil }
      scope.use(symbol)
      gateReads.append(GateID(symbol.index))
      return .gate(GateID(symbol.index))
    }
    gateScores = gateScores || field != .mix
    let arguments = term.arguments ?? []
    guard field == .mix || arguments.allSatisfy({ $0.share == nil }) else {
      return wrongArguments(term, field)
    }
    switch (field, arguments.count) {
    case (.judge, 2): return checkJudge(term, arguments)
    case (.agrees, 1):
      guard case .word(let model) = arguments[0].value.kind else { break }
      return paidModel(model, at: arguments[0].value.span).map { .agrees($0) }
    case (.similar, 1):
      guard case .string(let path) = arguments[0].value.kind else { break }
      return file(path, at: arguments[0].value.span).map { .similar(file: $0) }
    case (.logprob, 1):
      guard case .word(let word) = arguments[0].value.kind else { break }
      return checkPercentile(word, at: arguments[0].value.span)
    case (.http, 2): return checkService(term, arguments)
    case (.mix, 1...): return checkMix(term, arguments)
    case (.judge, _), (.http, _), (.mix, _), (.agrees, _), (.similar, _), (.logprob, _),
      (.refusal, _), (.json, _), (.sameLanguage, _), (.citesContext, _), (.repeatsQuestion, _),
      (.schema, _), (.answer, _), (.length, _), (.finish, _):
      break
    }
    return wrongArguments(term, field)
  }

  private mutating func wrongArguments(_ term: Term, _ field: AnswerField) -> AnswerScore? {
    add(TypeProblem.wrongArguments(field.rawValue, usage: field.usage), at: term.subject.span)
    return nil
  }

  private mutating func paidModel(_ name: String, at span: Span) -> ModelID? {
    guard let model = lookUpModel(Name(name, at: span)) else { return nil }
    calls.append(PaidCall(callee: .model(model), span: span))
    gateModels.append(model)
    return model
  }

  private mutating func checkJudge(_ term: Term, _ arguments: [Argument]) -> AnswerScore? {
    guard case .word(let name) = arguments[0].value.kind,
      case .string = arguments[1].value.kind
    else { return wrongArguments(term, .judge) }
    let model = paidModel(name, at: arguments[0].value.span)
    let question = readString(arguments[1].value, of: "judge")
    guard let model, let question else { return nil }
    return .judge(model, prompt: question)
  }

  private mutating func checkPercentile(_ word: String, at span: Span) -> AnswerScore? {
    guard word.first == "p", let number = Int(word.dropFirst()), (0...100).contains(number) else {
      add(
        ValueProblem.outOfRange("logprob", allowed: "a percentile from p0 to p100", found: word),
        at: span)
      return nil
    }
    return .logprob(percentile: number)
  }

  private mutating func checkService(_ term: Term, _ arguments: [Argument]) -> AnswerScore? {
    guard case .string = arguments[0].value.kind, case .word(let word) = arguments[1].value.kind
    else { return wrongArguments(term, .http) }
    let url = readURL(arguments[0].value, of: "http")
    guard word == "higher_is_better" || word == "lower_is_better" else {
      unknownValue(
        Name(word, at: arguments[1].value.span), of: "http",
        choices: ["higher_is_better", "lower_is_better"])
      return nil
    }
    return url.map { .http(url: $0, higherIsBetter: word == "higher_is_better") }
  }

  /// An address that starts with `https://` or `http://`.
  mutating func readURL(_ value: Value, of subject: String) -> String? {
    guard let url = readString(value, of: subject) else { return nil }
    let rest = ["https://", "http://"].first(where: url.hasPrefix).map { url.dropFirst($0.count) }
    guard let rest, let first = rest.first, first != "/", !url.contains(where: \.isWhitespace)
    else {
      add(
        ValueProblem.outOfRange(subject, allowed: "an address such as `https://…`", found: url),
        at: value.span)
      return nil
    }
    return url
  }

  private mutating func checkMix(_ term: Term, _ arguments: [Argument]) -> AnswerScore? {
    var parts: [AnswerScore.MixPart] = []
    var sum: Int64 = 0
    var directions: Set<Bool> = []
    var isSound = true
    for argument in arguments {
      guard let share = argument.share, case .word(let name) = argument.value.kind else {
        return wrongArguments(term, .mix)
      }
      let weight = readShare(share, of: "mix")
      sum = sum.addingReportingOverflow(weight?.millionths ?? 0).partialValue
      let gate = lookUp(Name(name, at: argument.value.span), as: .gate)
      guard let weight, let gate else {
        isSound = false
        continue
      }
      gateReads.append(GateID(gate))
      guard case .scores(let higher) = gateKinds[gate] else {
        add(
          NameProblem.wrongKind(name, is: .gate, wanted: "a score: it decides yes or no"),
          at: argument.value.span)
        isSound = false
        continue
      }
      directions.insert(higher)
      if directions.count > 1 {
        add(GateProblem.mixedDirections(name), at: argument.value.span)
        return nil
      }
      parts.append(AnswerScore.MixPart(share: weight, score: .gate(GateID(gate))))
    }
    guard isSound else { return nil }
    guard sum == Share.whole.millionths else {
      add(
        GateProblem.sharesNotWhole("the mix", sum: Share(millionths: sum).text),
        at: term.span)
      return nil
    }
    return .mix(parts)
  }

  func higherIsBetter(_ term: Term, _ field: AnswerField) -> Bool {
    switch field {
    case .http: return !term.isLowerBetter
    case .mix:
      guard case .word(let name) = term.arguments?.first?.value.kind, let symbol = scope[name],
        symbol.kind == .gate, case .scores(let higher) = gateKinds[symbol.index]
      else { return true }
      return higher
    case .refusal, .json, .sameLanguage, .citesContext, .repeatsQuestion, .schema, .answer,
      .length, .finish, .judge, .agrees, .similar, .logprob:
      return true
    }
  }

  /// A score with its threshold inside a yes/no gate.
  mutating func checkThreshold(
    _ term: Term, _ score: AnswerScore?, higherIsBetter: Bool
  ) -> AnswerCondition? {
    let subject = term.subject.text
    guard let check = term.check else {
      let end = Span(file: term.span.file, start: term.span.end, end: term.span.end)
      add(
        GateProblem.missingThreshold(subject, at: end, lowerIsBetter: !higherIsBetter),
        at: term.span)
      return nil
    }
    guard case .compare(let comparison, let place, let value) = check else {
      add(
        TypeProblem.wrongOperator(subject, written: "this", allowed: "a threshold, as in `>= 0.8`"),
        at: term.span)
      return nil
    }
    guard isAlong(comparison, higherIsBetter: higherIsBetter, of: subject, at: place),
      let threshold = readScore(value, of: subject), let score
    else { return nil }
    warnIfOpen(threshold, higherIsBetter: higherIsBetter, of: subject, at: term.span)
    return .scored(score, comparison, threshold, term.span)
  }

  /// A threshold at the worst end accepts every score.
  mutating func warnIfOpen(
    _ threshold: Score, higherIsBetter: Bool, of subject: String, at span: Span
  ) {
    guard threshold.millionths == (higherIsBetter ? 0 : 1_000_000) else { return }
    add(ValueProblem.alwaysHolds(because: "\(subject.quoted) is from 0 to 1"), at: span)
  }

  /// Whether a threshold is written in the score's direction.
  mutating func isAlong(
    _ comparison: Comparison, higherIsBetter: Bool, of subject: String, at place: Span
  ) -> Bool {
    let right: Comparison = higherIsBetter ? .greaterOrEqual : .lessOrEqual
    guard comparison != right else { return true }
    let cure = FixIt("write \(right.rawValue.quoted)", edits: [Edit(place, right.rawValue)])
    add(
      GateProblem.wrongDirection(
        subject, written: comparison.rawValue, right: right.rawValue, cure: cure),
      at: place)
    return false
  }
}

extension Share {
  /// As a policy writes it: `12.5%`.
  var text: String {
    var fraction = String(millionths % 10_000)
    fraction = String(repeating: "0", count: 4 - fraction.count) + fraction
    while fraction.last == "0" { fraction.removeLast() }
    return "\(millionths / 10_000)" + (fraction.isEmpty ? "" : "." + fraction) + "%"
  }
}
