/// A message of a request, as far as compressing it goes.
package struct ContextMessage: Hashable, Sendable {
  package var role: Role
  /// The texts of the content, each in its own part.
  package var texts: [String]
  /// Whether the message makes tool calls.
  package var hasCalls: Bool
  /// Whether the content has parts that are not text.
  package var hasMedia: Bool
  /// The name of who speaks, as written; a few-shot example calls itself `example_…`.
  package var name: String?
  /// Whether the message lies inside a prefix that the caller asked the provider to keep.
  package var isCached: Bool

  package enum Role: String, Hashable, Sendable, CaseIterable {
    case developer, system, user, assistant, tool
  }

  package init(
    role: Role, texts: [String], hasCalls: Bool = false, hasMedia: Bool = false,
    name: String? = nil, isCached: Bool = false
  ) {
    self.role = role
    self.texts = texts
    self.hasCalls = hasCalls
    self.hasMedia = hasMedia
    self.name = name
    self.isCached = isCached
  }
}
