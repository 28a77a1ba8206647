package import PolicySource

/// A piece of a file and what it is, for colours.
package struct ClassifiedToken: Hashable, Sendable {
  package let span: Span
  package let kind: Kind
  /// Whether the name is declared here.
  package let isDeclaration: Bool

  package enum Kind: Hashable, Sendable {
    case keyword
    case symbol(SymbolKind)
    /// A field of a request, an answer, a decision or a model.
    case field
    /// A value of a closed list of the language, such as `json_schema`.
    case value
    case number, string, regex, comment
    /// A comparison.
    case comparison
  }
}
