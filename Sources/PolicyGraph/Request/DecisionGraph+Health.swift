package import PolicySemantics

extension DecisionGraph {
  /// The models whose health some condition of the policy asks about: `healthy(MODEL)`.
  ///
  /// O(fields the policy reads).
  package var modelsAskedForHealth: [ModelID] {
    parts.slots.read.compactMap { source in
      guard case .healthy(let model) = source else { return nil }
      return model
    }
  }
}
