package import PolicySource

/// A condition in the shape it was written.
///
/// `group` keeps the parentheses.
package indirect enum Condition: Sendable {
  case and([Condition], Span)
  case or([Condition], Span)
  case not(Condition, Span)
  case group(Condition, Span)
  case term(Term)
  /// Stands where no condition could be read; a diagnostic has said so.
  case missing(Span)

  package var span: Span {
    switch self {
    case .and(_, let span), .or(_, let span), .not(_, let span), .group(_, let span),
      .missing(let span):
      span
    case .term(let term): term.span
    }
  }
}

/// `WORD [ "(" argument { "," argument } ")" ] [ check ]`.
package struct Term: Sendable {
  package let subject: Name
  /// Nil if there are no parentheses.
  package let arguments: [Argument]?
  package let check: Check?
  package let span: Span
}

/// `[ SHARE ] ( WORD | STRING )`, as in `judge(qwen3-32b, "…")` and `mix(70% helpful, 30% cited)`.
package struct Argument: Sendable {
  package let share: Value?
  /// A word or a string.
  package let value: Value
  package let span: Span
}

package enum Check: Sendable {
  case compare(Comparison, operatorSpan: Span, Value)
  case membership(negated: Bool, ValueList)
  /// `mentions`, `contains` or `has`, with one value or a list.
  case text(TextOperator, operatorSpan: Span, ValueList)
  case startsWith(StringLiteral, operatorSpan: Span)
  case matches(RegexLiteral, operatorSpan: Span)

  /// The operator as it is written, and where; of `in` and `not in`, where their list stands.
  package var written: (operator: String, place: Span) {
    switch self {
    case .compare(let comparison, let place, _): (comparison.rawValue, place)
    case .membership(let negated, let list): (negated ? "not in" : "in", list.span)
    case .text(let word, let place, _): (word.rawValue, place)
    case .startsWith(_, let place): ("starts with", place)
    case .matches(_, let place): ("matches", place)
    }
  }
}

package enum Comparison: String, Hashable, Sendable, CaseIterable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  /// What `not` makes of it.
  package var opposite: Comparison {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }
}

package enum TextOperator: String, Hashable, Sendable, CaseIterable {
  case mentions, contains, has
}

/// One value, or a list in parentheses.
package struct ValueList: Sendable {
  package let values: [Value]
  package let isParenthesized: Bool
  package let span: Span
}
