package import PolicyGraph

/// Who asks: what a caller's key stands for.
package struct CallerIdentity: Hashable, Sendable {
  /// The key's stable id, never the key: what `key` is in a policy, and what the ledger counts.
  package var id: String
  /// Nil where the key names none: the key itself is the tenant then.
  package var tenant: String?
  /// Nil where the caller may say who its user is.
  package var user: String?
  /// Facts `from key`, by name.
  package var facts: [String: GivenFact]
  /// Whether the key opens the admin routes.
  package var isAdmin: Bool

  package init(
    id: String, tenant: String? = nil, user: String? = nil, facts: [String: GivenFact] = [:],
    isAdmin: Bool = false
  ) {
    self.id = id
    self.tenant = tenant
    self.user = user
    self.facts = facts
    self.isAdmin = isAdmin
  }
}
