import PolicyAnalysis
import PolicyGraph
import PolicySemantics

/// Holds a policy after its safe fixes against the policy before, exactly.
enum SafeFixProof {
  /// A sentence about the first request that would be treated differently; nil if there is none, or
  /// if the diagrams of the two grow too large to say.
  static func difference(_ before: DecisionGraph, _ after: DecisionGraph) -> String? {
    let found = PolicyComparison(before, after, lineLimit: 1).difference()
    guard let change = found.changes.first else { return nil }
    switch change.evidence {
    case .witness(let shown):
      return WitnessText.line(shown.witness.draft, after.policy)
    case .notBuilt:
      let routes = change.routes.first
      let names = [
        routes?.old.map { before.policy[$0].name }, routes?.new.map { after.policy[$0].name },
      ]
      return "requests of " + names.compactMap { $0.map { "`\($0)`" } }.joined(separator: " and ")
    }
  }
}
