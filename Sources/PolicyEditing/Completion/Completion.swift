package import PolicySource

/// One thing that may stand at a cursor.
package struct Completion: Hashable, Sendable {
  /// What is listed, and what the typed word is held against, behind its quote if it has one.
  package let label: String
  package let kind: Kind
  /// Type, unit or price, in a few words; empty if there is nothing to say.
  package let detail: String
  /// Markdown; empty if there is nothing to say.
  package let documentation: String
  /// What it replaces: the word at the cursor, or nothing.
  package let replacing: Span
  /// Whether what it replaces begins with a quote.
  package let isQuoted: Bool
  package let insertText: String
  /// Whether ``insertText`` has places to fill in: `${1:name}`, `$0`, with `\$` for a dollar sign.
  package let isSnippet: Bool

  package enum Kind: Hashable, Sendable {
    case keyword
    /// A declaration or a line with places to fill in.
    case snippet
    case symbol(SymbolKind)
    case field
    case value
    case unit
    /// A code for `@allow`.
    case rule
  }
}
