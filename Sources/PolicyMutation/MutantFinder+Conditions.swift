import PolicyDiagnostics
import PolicySource
import PolicySyntax

extension MutantFinder {
  /// What a declaration hangs on: where that is one thing, it is left out as well, so that the
  /// declaration holds for every request.
  mutating func addWhole(_ condition: Condition?) {
    if let condition, condition.isOneThing {
      // True of every request, and written wherever a condition is, required or not.
      let text = source.text(of: condition.span)
      add(
        .droppedCondition, at: condition.span,
        [Edit(condition.span, "(\(text)) or not (\(text))")], after: "")
    }
    add(condition)
  }

  mutating func add(_ condition: Condition?) {
    switch condition {
    case .and(let parts, let span): add(parts, span, joinedBy: "or")
    case .or(let parts, let span): add(parts, span, joinedBy: "and")
    case .not(let inner, let span):
      let mark = Span(file: span.file, start: span.start, end: inner.span.start)
      add(.droppedNot, at: span, [Edit(mark, "")], after: "")
      add(inner)
    case .group(let inner, _): add(inner)
    case .term(let term): add(term)
    case .missing, nil: break
    }
  }

  private mutating func add(_ parts: [Condition], _ span: Span, joinedBy other: String) {
    let spans = parts.map(\.span)
    for index in parts.indices { remove(.droppedCondition, index, of: spans) }
    let edits = zip(spans, spans.dropFirst()).map { Edit(gap($0, $1), " \(other) ") }
    add(.swappedConnective, at: span, edits, after: other)
    for part in parts { add(part) }
  }

  private mutating func add(_ term: Term) {
    for argument in term.arguments ?? [] { shift(argument.share) }
    switch term.check {
    case .compare(_, _, let value): shift(value)
    case .membership(_, let list), .text(_, _, let list):
      guard list.isParenthesized, list.values.count > 1 else { return }
      let spans = list.values.map(\.span)
      for index in spans.indices { remove(.droppedCondition, index, of: spans) }
    case .startsWith, .matches, nil: break
    }
  }
}

extension Condition {
  /// Whether no part of it could be left out and leave another.
  fileprivate var isOneThing: Bool {
    switch self {
    case .and, .or, .missing: false
    case .group(let inner, _): inner.isOneThing
    case .not(let inner, _): inner.isOneThing
    // What only gives a score, as a judge does, is no condition.
    case .term(let term): term.check != nil || term.arguments == nil
    }
  }
}
