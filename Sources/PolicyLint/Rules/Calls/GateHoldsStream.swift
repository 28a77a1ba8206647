import PolicyDiagnostics
import PolicySemantics
import PolicySource
import RoutingRuntime

/// A ladder with gates on a route that only streamed requests take.
enum GateHoldsStream: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("gate_holds_stream"), .warning,
    finds: "A route for streamed requests that starts with a gated tier.",
    why: """
      A gate looks at the whole answer, and nothing is sent before it accepts. Whoever asked for a \
      stream gets nothing for as long as the answer takes, and then all of it at once. A call \
      without a gate streams through.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      gate solid = not refusal
      ladder careful { tier small accept solid  tier medium }
      route live when stream { use careful }
      otherwise { use careful }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      gate solid = not refusal
      ladder careful { tier small accept solid  tier medium }
      route live when stream { use medium fallback small }
      otherwise { use careful }
      """,
    fix: "Use a model, or a ladder whose first tier has no gate, for streamed requests.")

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    var reading = PartialReading(subject.policy, .stream(false))
    let reachable = reading.reachableRoutes()
    for (index, route) in subject.policy.routes.enumerated() where !reachable[index] {
      for (arm, use) in zip(subject.decider.frozen.routes[index].arms, route.uses) {
        guard let first = arm.calls.first(where: { $0.step.leg == 0 && $0.step.answers }),
          let gate = first.step.accepts.first
        else { continue }
        report.add(
          "`\(route.name)` takes streamed requests only, and `\(subject.policy[gate.gate].name)` "
            + "holds their answers back",
          at: use.target.span,
          notes: [
            Note("nothing is sent before this accepts", at: gate.span),
            Note("without `stream` no request takes the route", at: route.conditionSpan),
          ])
      }
    }
  }
}
