package import PolicySource
package import PolicyUnits

/// One entry of a keys file.
package struct CallerKey: Hashable, Sendable {
  package var identity: CallerIdentity
  package var digest: KeyDigest
  /// The last day the key works, in UTC; nil for one that works until it is revoked.
  package var expires: CalendarDate?
  /// Where its id stands, for findings.
  package var span: Span
  /// The identity's facts with their places.
  package var facts: [Fact]

  package struct Fact: Hashable, Sendable {
    package let name: String
    package let text: String
    package let nameSpan: Span
    package let valueSpan: Span
  }

  package init(
    identity: CallerIdentity, digest: KeyDigest, expires: CalendarDate? = nil, span: Span,
    facts: [Fact] = []
  ) {
    self.identity = identity
    self.digest = digest
    self.expires = expires
    self.span = span
    self.facts = facts
  }

  package func hasExpired(on day: CalendarDate) -> Bool {
    guard let expires else { return false }
    return day.daysSince1970 > expires.daysSince1970
  }
}
