import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits

extension AnswerCondition {
  /// What two conditions at different places have in common.
  struct Key: Hashable {
    private let span: Span

    init(_ condition: AnswerCondition) { span = condition.span }
  }

  var span: Span {
    switch self {
    case .all(_, let span), .any(_, let span), .not(_, let span), .gate(_, let span),
      .test(_, let span), .scored(_, _, _, let span):
      span
    }
  }

  /// A comparison that every number passes: a finding of the checker's, not a test to reason from.
  var isSettled: Bool {
    switch self {
    case .test(.length(_, .greaterOrEqual, let count), _): count <= 0
    case .scored(_, .greaterOrEqual, let threshold, _): threshold.millionths <= 0
    case .scored(_, .lessOrEqual, let threshold, _): threshold.millionths >= 1_000_000
    case .all, .any, .not, .gate, .test, .scored: false
    }
  }

  /// The variables a test reads, with the number it compares each with.
  func variables(in policy: CheckedPolicy) -> [(AnswerVariable, limit: Int64?)] {
    if isSettled { return [(.settled(Key(self)), nil)] }
    switch self {
    case .test(.length(let unit, _, let count), _): return [(.length(unit), count)]
    case .test(.finish, _): return [(.finish, nil)]
    case .test(let test, _): return test.alternatives.map { (.test($0), nil) }
    case .scored(let score, _, let threshold, _):
      return [(.score(score.key(in: policy)), threshold.millionths)]
    case .all, .any, .not, .gate: return []
    }
  }
}

extension AnswerTest {
  /// The single tests of which a list means any.
  var alternatives: [AnswerTest] {
    switch self {
    case .text(.mentions(let words)): words.map { .text(.mentions([$0])) }
    case .text(.contains(let texts)): texts.map { .text(.contains([$0])) }
    case .text(.has(let features)): features.map { .text(.has([$0])) }
    case .text(.startsWith), .text(.matches), .refusal, .json, .sameLanguage, .citesContext,
      .repeatsQuestion, .schema, .length, .finish:
      [self]
    }
  }

  /// Whether it fails of an answer without a character.
  var needsText: Bool {
    switch self {
    case .json, .schema, .text(.mentions), .text(.contains), .text(.startsWith), .text(.has): true
    case .refusal, .sameLanguage, .citesContext, .repeatsQuestion, .text(.matches), .length,
      .finish:
      false
    }
  }

  /// Whether every answer that passes this passes the other; false where nobody has worked it out.
  func implies(_ other: AnswerTest) -> Bool {
    switch (self, other) {
    case (.schema, .json): true
    case (.text(.contains(let long)), .text(.contains(let short))):
      long.allSatisfy { long in short.contains { Self.isPart($0, of: long) } }
    case (.text(.startsWith(let start)), .text(.contains(let short))):
      short.contains { Self.isPart($0, of: start) }
    case (.text(.startsWith(let long)), .text(.startsWith(let short))):
      long.utf8.starts(with: short.utf8)
    default: false
    }
  }

  /// By bytes, as `contains` compares.
  private static func isPart(_ part: String, of whole: String) -> Bool {
    let (part, whole) = (Array(part.utf8), Array(whole.utf8))
    guard part.count <= whole.count else { return false }
    return (0...(whole.count - part.count)).contains { start in
      whole[start..<(start + part.count)].elementsEqual(part)
    }
  }
}

extension AnswerScore {
  /// The same for scores that ask the same.
  func key(in policy: CheckedPolicy) -> String {
    switch self {
    case .judge(let model, let prompt): return "judge \(model.index) \(prompt)"
    case .agrees(let model): return "agrees \(model.index)"
    case .similar(let file): return "similar \(file)"
    case .logprob(let percentile): return "logprob \(percentile)"
    case .http(let url, let higherIsBetter): return "http \(higherIsBetter) \(url)"
    case .gate(let id):
      guard case .scores(let score) = policy[id].body else { return "gate \(id.index)" }
      return score.key(in: policy)
    case .mix(let parts):
      return parts.reduce(into: "mix") { key, part in
        key += " \(part.share.millionths) (\(part.score.key(in: policy)))"
      }
    }
  }
}
