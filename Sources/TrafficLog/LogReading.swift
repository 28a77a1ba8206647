package import PolicySemantics

/// What of a log's lines is looked at, so that lines that differ in nothing else are read once.
package struct LogReading: Sendable {
  /// Names that sway a decision.
  package var deciding: Set<Identity>
  /// Names that keep caches apart, beside those; the others are not read, as a log may have as many users
  /// as lines.
  package var keeping: Set<Identity>
  /// Whether the model that is asked for sways one.
  package var asksModel: Bool
  /// Of `metadata`, the facts that are declared.
  package var facts: Set<String>

  package init(
    deciding: Set<Identity> = Set(Identity.allCases), keeping: Set<Identity> = [],
    asksModel: Bool = true, facts: Set<String>
  ) {
    self.deciding = deciding
    self.keeping = keeping
    self.asksModel = asksModel
    self.facts = facts
  }

  package mutating func formUnion(_ other: LogReading) {
    deciding.formUnion(other.deciding)
    keeping.formUnion(other.keeping)
    asksModel = asksModel || other.asksModel
    facts.formUnion(other.facts)
  }
}
