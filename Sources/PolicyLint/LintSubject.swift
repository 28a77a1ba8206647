package import PolicyGraph
package import PolicySemantics
package import PolicySource
package import PolicySyntax

/// What rules look at: a policy that compiles, in each of its forms.
package struct LintSubject {
  package let graph: DecisionGraph
  /// As parsed, the policy first: for rules about what was written rather than what it means.
  package let files: [PolicyFile]

  package init(graph: DecisionGraph, files: [PolicyFile]) {
    self.graph = graph
    self.files = files
  }

  package var policy: CheckedPolicy { graph.policy }
  package var sources: SourceMap { policy.sources }
}
