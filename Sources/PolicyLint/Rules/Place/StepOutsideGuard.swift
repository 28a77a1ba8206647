import PolicyDiagnostics
import PolicySemantics
import PolicySource
import RoutingRuntime

/// A step of a route whose model a guard takes, while the route goes on.
enum StepOutsideGuard: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("step_outside_guard"), .note,
    finds:
      "A tier, fallback, judge, classifier, embedder, compressor or shadow a guard takes away.",
    why: """
      Nothing leaks: the step is skipped and the rest goes on. But a ladder that loses its strongest \
      tier answers worse for those requests, a classifier that is lost says what it declares for a \
      failure, and a judge that is lost rejects every answer, or with \
      `on failure accept` lets every one through; that one is a warning. Where all of a route is \
      lost, `guard_leaves_no_model` says so.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      facts { region : eu | us required }
      guard eu_stays when region = eu { only models where model.region = eu }
      otherwise { use medium fallback large }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      facts { region : eu | us required }
      guard eu_stays when region = eu { only models where model.region = eu }
      otherwise { use medium fallback small }
      """,
    fix: "Give the step a model the guard keeps, or the model a deployment there.")

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let reach = GuardReach(subject)
    for index in reach.guards {
      var lost: [(name: String, span: Span)] = []
      var judged: Set<Span> = []
      for (route, skeleton) in subject.decider.frozen.routes.enumerated() {
        for (arm, steps) in skeleton.arms.enumerated() {
          let id = RouteID(route)
          let isTaken = steps.calls.filter { takes($0, index, id, reach) }
          guard !isTaken.isEmpty, !reach.mayEmpty([index], id, arm) else { continue }
          for call in isTaken {
            if case .judge(let gate, let ladder, let tier) = call.step.role {
              let model = subject.policy[ladder].tiers[tier].model
              guard !reach.mayLose(model, to: [index]), reach.isProved(index, on: id),
                judged.insert(call.step.span).inserted
              else { continue }
              add(call, gate, of: model, index, subject, &report)
            } else if !lost.contains(where: { $0.span == call.step.span }),
              lost.count >= mostShown || reach.isProved(index, on: id)
            {
              lost.append((name(call, subject), call.step.span))
            }
          }
        }
      }
      for (id, classifier) in subject.policy.classifiers.enumerated() {
        guard case .ask(let model, _) = classifier.method,
          reach.silences(ClassifierID(id), model, index)
        else { continue }
        lost.append((subject.policy[model].name, classifier.span))
      }
      add(lost, index, subject, &report)
    }
  }

  private static func takes(
    _ call: CallSkeleton, _ index: Int, _ route: RouteID, _ reach: GuardReach
  ) -> Bool {
    switch call.step.target {
    case .model(let id): reach.takes(id, index, route)
    case .embedder(let id): reach.takes(id, index, route)
    case .requested: false
    }
  }

  private static func name(_ call: CallSkeleton, _ subject: LintSubject) -> String {
    switch call.step.target {
    case .model(let id): subject.policy[id].name
    case .embedder(let id): subject.policy[id].name
    case .requested: "requested"
    }
  }

  private static func add(
    _ call: CallSkeleton, _ gate: GateID, of model: ModelID, _ index: Int,
    _ subject: LintSubject, _ report: inout LintReport
  ) {
    let declared = subject.policy[gate]
    let answers = "every answer of \(subject.name(model))"
    let effect = declared.acceptsOnFailure ? "lets \(answers) through" : "rejects \(answers)"
    report.add(
      "under `\(subject.policy.guards[index].name)` the judge `\(name(call, subject))` is lost, so "
        + "`\(declared.name)` \(effect)",
      at: call.step.span, severity: .warning,
      notes: [Note("the guard", at: subject.policy.guards[index].span)])
  }

  private static func add(
    _ lost: [(name: String, span: Span)], _ index: Int, _ subject: LintSubject,
    _ report: inout LintReport
  ) {
    guard let place = subject.decider.frozen.guards[index].only.first?.span, !lost.isEmpty else {
      return
    }
    var names: [String] = []
    for step in lost where !names.contains(step.name) { names.append(step.name) }
    report.add(
      "`\(subject.policy.guards[index].name)` takes \(subject.list(names)) from steps that go on "
        + "without",
      at: place, notes: lost.prefix(mostShown).map { Note("`\($0.name)` here", at: $0.span) })
  }

  private static let mostShown = 4
}
