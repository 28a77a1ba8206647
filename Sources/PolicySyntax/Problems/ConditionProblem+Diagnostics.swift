import PolicyDiagnostics
import PolicySource

extension ConditionProblem: SyntaxProblem {
  func diagnostic(at span: Span) -> Diagnostic {
    switch self {
    case .reservedName(let name, let thing, let isKeyword, let uses):
      let renamed = "\(name)_\(thing)"
      let owner = isKeyword ? "a word of the language" : "a field of the request or the answer"
      let cause = "`\(name)` is \(owner) and cannot name a \(thing)"
      // Renamed here alone, the places that read it would go on to mean something else.
      guard let uses else {
        let other = isKeyword ? "" : ": `\(name)` alone is the field"
        return Diagnostic(
          .reservedName, .error, cause, at: span,
          notes: [Note("call it `\(renamed)`, here and where it is read\(other)")])
      }
      return Diagnostic(
        .reservedName, .error, cause, at: span,
        fixIts: [
          FixIt("rename it to `\(renamed)`", edits: ([span] + uses).map { Edit($0, renamed) })
        ])
    case .malformedName(let name, let repaired):
      return Diagnostic(
        .malformedName, .error, "\(quoted(name)) cannot be a name", at: span,
        notes: [Note("a name is made of a-z, 0-9 and `_`, and starts with a letter")],
        fixIts: repaired.map { [FixIt("rename it to `\($0)`", edits: [Edit(span, $0)])] } ?? [])
    case .mixedJoiners(let first, let groups):
      return Diagnostic(
        .mixedAndOr, .error, "`and` and `or` are mixed without parentheses", at: span,
        notes: [Note("the other one is here", at: first)],
        fixIts: groups.isEmpty
          ? [] : [FixIt("put the `and` parts in parentheses", edits: Self.wrap(groups))])
    case .repeatedNot(let first, let count):
      return Diagnostic(
        .misplacedNot, .error, "`not` stands once", at: span,
        fixIts: count == 2
          ? [FixIt("delete both", edits: [Edit(first, ""), Edit(span, "")], isSafe: true)] : [])
    case .notBeforeComparison(let not, let comparison, let instead):
      return Diagnostic(
        .misplacedNot, .error, "`not` never stands before a comparison", at: not,
        fixIts: [
          FixIt("write `\(instead)`", edits: [Edit(span, ""), Edit(comparison, instead)])
        ])
    case .brokenList:
      return Diagnostic(
        .missingParentheses, .error, "a list stands in parentheses", at: span,
        notes: [Note("with commas between its values, as in `(a, b)`")])
    case .notOfSeveral(let subject):
      return Diagnostic(
        .misplacedNot, .error, "`not` of several tests stands before parentheses", at: span,
        notes: [Note("as in `not (\(subject) > 3 and \(subject) < 9)`")])
    case .notAfterSubject(let subject, let check):
      let point = Span(file: subject.file, start: subject.start, end: subject.start)
      let gap = Span(file: span.file, start: span.start, end: check.start)
      return Diagnostic(
        .misplacedNot, .error, "`not` stands before the field", at: span,
        fixIts: [FixIt("move it to the front", edits: [Edit(point, "not "), Edit(gap, "")])])
    case .chainedComparison(let subject):
      let point = Span(file: span.file, start: span.start, end: span.start)
      return Diagnostic(
        .chainedComparison, .error, "a comparison has two sides", at: span,
        fixIts: [FixIt("compare twice", edits: [Edit(point, "and \(subject) ")])])
    case .missingParentheses(let list):
      return Diagnostic(
        .missingParentheses, .error, "a list stands in parentheses", at: list,
        fixIts: [FixIt("add parentheses", edits: Self.wrap([list]), isSafe: true)])
    case .nestedTooDeep(let limit):
      return Diagnostic(
        .nestedTooDeep, .error, "parentheses are nested more than \(limit) deep", at: span)
    }
  }

  private static func wrap(_ spans: [Span]) -> [Edit] {
    spans.flatMap { span in
      [
        Edit(Span(file: span.file, start: span.start, end: span.start), "("),
        Edit(Span(file: span.file, start: span.end, end: span.end), ")"),
      ]
    }
  }
}
