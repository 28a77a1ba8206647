package import PolicyUnits

/// How often answers were right that a gate accepted, tier by tier.
package struct GateEvidence: Hashable, Sendable {
  package let gate: String
  /// `CheckedPolicy.fingerprint(of:)` of then: its judges and what they were asked.
  package let definition: String
  package let tiers: [Tier]

  package struct Tier: Hashable, Sendable {
    package let ladder: String
    /// By the catalog's name, and what its providers called it then.
    package let model: String
    package let version: String
    /// Nil for a yes/no gate.
    package let threshold: Score?
    package let accepted: Int64
    package let right: Int64

    package init(
      ladder: String, model: String, version: String, threshold: Score?, accepted: Int64,
      right: Int64
    ) {
      self.ladder = ladder
      self.model = model
      self.version = version
      self.threshold = threshold
      self.accepted = accepted
      self.right = right
    }
  }

  package init(gate: String, definition: String, tiers: [Tier]) {
    self.gate = gate
    self.definition = definition
    self.tiers = tiers
  }
}
