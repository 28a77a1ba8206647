package import PolicySource

/// What there is to say of a place, as Markdown.
package struct HoverText: Hashable, Sendable {
  package let markdown: String
  /// The word or literal it is about.
  package let span: Span
}
