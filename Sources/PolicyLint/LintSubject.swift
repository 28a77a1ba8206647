package import PolicyAnalysis
package import PolicyGraph
package import PolicySemantics
package import PolicySource
package import PolicySyntax
package import RoutingRuntime

/// What rules look at: a policy that compiles, in each of its forms.
package struct LintSubject {
  package let graph: DecisionGraph
  /// As parsed, the policy first: for rules about what was written rather than what it means.
  package let files: [PolicyFile]
  /// Decides and prices what a rule wants to know of a request.
  package let decider: Decider
  /// What can be proved about it; rules share what it has found out.
  package let study: PolicyStudy

  /// What is certain of each `always`; a verdict is found out when it is asked for.
  package let always: AlwaysStudy

  /// What measurements stand behind its thresholds.
  package let evidence: [MeasuredEvidence]

  package init(graph: DecisionGraph, files: [PolicyFile], evidence: [MeasuredEvidence] = []) {
    self.graph = graph
    self.evidence = evidence
    self.files = files
    self.decider = Decider(graph)
    study = PolicyStudy(graph)
    always = AlwaysStudy(decider)
  }

  package var policy: CheckedPolicy { graph.policy }
  package var sources: SourceMap { policy.sources }
}
