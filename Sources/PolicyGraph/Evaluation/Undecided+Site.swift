package import PolicySemantics

extension DecisionGraph {
  /// The classifier the condition at a place hangs on; nil if it is certain.
  package func classifier(
    decisiveFor site: ConditionSite, _ facts: inout RequestFacts, in scratch: inout Scratch
  ) -> ClassifierID? {
    guard evaluate(site, &facts, in: &scratch) == .unknown, let root = root(of: site) else {
      return nil
    }
    return undecided(at: UInt32(root.index), &facts, &scratch)
  }
}
