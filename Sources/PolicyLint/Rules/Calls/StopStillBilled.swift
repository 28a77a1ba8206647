import PolicyDiagnostics
import PolicySemantics
import PolicySource
import RoutingRuntime

/// An early stop of an answer whose rest is billed all the same.
enum StopStillBilled: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("stop_still_billed"), .warning,
    finds: "A `stop` on a route whose provider bills the rest of an answer that is cut off.",
    why: """
      The catalog says so with `bills_cancelled: yes`. The answer gets shorter and the bill does not; \
      `max_output` bounds both. Where only some of the models are billed so, it is a note.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      otherwise {
        stop after 80 tokens when answer contains "</answer>"
        use  large
      }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      otherwise {
        stop after 80 tokens when answer contains "</answer>"
        use  medium
      }
      """,
    fix: "Bound the answer with `max_output`, or use a provider that bills what it sent.")

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for (index, route) in subject.policy.routes.enumerated() {
      guard let stop = route.effects.lazy.compactMap(\.stop).first else { continue }
      let calls = subject.decider.frozen.routes[index].arms.flatMap(\.calls)
      var models: [ModelID] = []
      for call in calls where call.step.answers {
        guard case .model(let id) = call.step.target, !models.contains(id) else { continue }
        models.append(id)
      }
      let billed = models.filter { id in
        subject.policy[id].deployments.allSatisfy { $0.billsCancelled == true }
      }
      guard !billed.isEmpty else { continue }
      let isAll = billed.count == models.count
      report.add(
        "stopping saves nothing with \(subject.list(billed.map { subject.policy[$0].name })): "
          + "the rest is billed",
        at: stop.span, severity: isAll ? .warning : .note)
    }
  }
}

extension CheckedRoute.Effect {
  fileprivate var stop: StopRule? {
    switch self {
    case .stop(let rule): rule
    case .cache, .shape, .compress, .batch, .stick, .shadow: nil
    }
  }
}
