package import PolicySource
package import PolicyUnits

/// A literal with its unit as written.
package struct Value: Sendable {
  package let kind: Kind
  package let span: Span

  package init(_ kind: Kind, at span: Span) {
    self.kind = kind
    self.span = span
  }

  package enum Kind: Hashable, Sendable {
    /// `$0.25` has currency `$`, `EUR 0.25` has `EUR`. `perTokens` is set in `$1 per 1M tokens`.
    case money(currency: String, amount: Decimal, perTokens: Decimal?)
    case number(Decimal, unit: CountUnit?)
    /// `50%` holds 50.
    case share(Decimal)
    case duration(Milliseconds)
    case date(CalendarDate)
    case string(String)
    case word(String)
  }
}

package enum CountUnit: String, Hashable, Sendable, CaseIterable {
  case tokens, chars, bytes, lines
}
