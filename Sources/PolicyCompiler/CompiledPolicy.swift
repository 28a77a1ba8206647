package import PolicyGraph
package import PolicySemantics
package import PolicyWorkspace
package import RoutingCatalog
package import RoutingGates

/// A policy ready to decide, with the catalog it is priced by and the gates it holds answers against.
package struct CompiledPolicy: Sendable {
  package let path: String
  package let graph: DecisionGraph
  package let catalog: Catalog
  package let gates: GateBook
  /// The files it was made of.
  package let kept: PolicySources

  package var policy: CheckedPolicy { graph.policy }
}
