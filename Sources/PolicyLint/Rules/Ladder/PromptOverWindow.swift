import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingRuntime

/// A call whose model cannot hold the prompts its route takes.
enum PromptOverWindow: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("prompt_over_window"), .warning,
    finds: "A tier, target or fallback whose window is filled by every prompt its route takes.",
    why: """
      A window holds prompt and answer together. A route that starts at a number of tokens no less \
      than a model's window leaves that model no room: the call is skipped, or its answer is cut to \
      the `min_output` that is kept free. Where the model counts tokens differently from \
      `prompt.tokens`, a third of the number must already fill it.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      route long when prompt.tokens >= 40k { use small fallback medium }
      otherwise { use medium }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      route long when prompt.tokens >= 40k { use medium }
      otherwise { use small fallback medium }
      """,
    fix: "Leave the model out of this route, or let the route take shorter prompts.")

  /// How many times fewer tokens another tokenizer may count, at most.
  private static let otherTokenizer: Int64 = 3

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let sizes = PromptSizes(subject.policy)
    var reported: Set<Span> = []
    for (index, route) in subject.policy.routes.enumerated() {
      guard let least = sizes.least[index], least > 0 else { continue }
      for (arm, use) in zip(subject.decider.frozen.routes[index].arms, route.uses)
      where !arm.compresses && !arm.systemLength.replaces {
        let targets = [use.target] + use.fallbacks.map(\.target)
        for (leg, target) in targets.enumerated() {
          let calls = arm.calls.filter { $0.step.leg == leg && $0.step.answers }
          check(calls, at: target, least, route, subject, &reported, &report)
        }
      }
    }
  }

  private static func check(
    _ calls: [CallSkeleton], at target: CheckedTarget, _ least: Int64, _ route: CheckedRoute,
    _ subject: LintSubject, _ reported: inout Set<Span>, _ report: inout LintReport
  ) {
    for call in calls {
      guard case .model(let id) = call.step.target, let window = subject.policy[id].window else {
        continue
      }
      let isOwn = subject.policy[id].tokenizer == subject.policy.vocabulary.referenceTokenizer
      guard (isOwn ? least : least / otherTokenizer) >= window,
        reported.insert(call.step.span.union(target.span)).inserted
      else { continue }
      var notes = [Note("`\(route.name)` takes no shorter prompt", at: route.conditionSpan)]
      if case .tier = call.step.role { notes.append(Note("this tier", at: call.step.span)) }
      report.add(
        "\(subject.name(id)) has a window of \(subject.tokens(window)), and prompts here have "
          + "\(Amounts.grouped(least)) or more",
        at: target.span, notes: notes)
    }
  }
}
