package import PolicySource

/// `WORD cmp value`: an entry of `request`, `expect` and `always`.
package struct Entry: Sendable {
  package let subject: Name
  package let comparison: Comparison
  package let value: Value
  package let span: Span
}

package struct TestDeclaration: Sendable {
  package let title: StringLiteral
  package let request: Request
  package let given: [Given]
  package let expect: [Entry]

  package enum Request: Sendable {
    /// With what no file of a request says.
    case file(StringLiteral, [Entry])
    case entries([Entry])

    /// What the test itself writes of it.
    package var written: [Entry] {
      switch self {
      case .file(_, let entries), .entries(let entries): entries
      }
    }
  }

  package enum Given: Sendable {
    /// `helpful = 0.4 at qwen3-8b`.
    case value(Name, Value, at: Name?, Span)
    /// `qwen3-8b fails limited`, `helpful fails unavailable at qwen3-8b`.
    case fails(Name, Name, at: Name?, Span)
  }
}

package struct AlwaysDeclaration: Sendable {
  package let title: StringLiteral
  package let condition: Condition
  package let entries: [Entry]
}
