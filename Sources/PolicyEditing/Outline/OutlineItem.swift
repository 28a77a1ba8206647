package import PolicySource

/// A part of a file as a list of its contents shows it.
package struct OutlineItem: Hashable, Sendable {
  package let name: String
  /// A few words beside the name; empty if there is nothing to say.
  package let detail: String
  package let kind: Kind
  /// All of it.
  package let span: Span
  /// Inside ``span``: the name alone.
  package let nameSpan: Span
  package let children: [OutlineItem]

  package enum Kind: Hashable, Sendable {
    /// `catalog`, `zone`, `import`.
    case file
    case symbol(SymbolKind)
    /// `facts`.
    case group
    case tier
    case test, always
  }
}
