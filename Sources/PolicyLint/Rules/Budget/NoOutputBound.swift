import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits
import RoutingRuntime

/// A call whose answer nothing limits but the model's window, if that.
enum NoOutputBound: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("no_output_bound"), .warning,
    finds: "A call without `max_output` in the policy or the catalog that no money bounds either.",
    why: """
      Callers may leave `max_tokens` out, and most do. Then one answer may be as long as the window \
      is, and the worst case of the route is that, or unknown. A route that asks for `max_tokens` \
      under a limit is not found.
      """,
    wrong: nil, instead: nil,
    fix: """
      Adds `max_output 4k tokens` for you to change: it is a start, not a finding. Long answers end \
      there, so it is not applied unless you ask for unsafe fixes.
      """)

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    guard !subject.policy.budgets.contains(where: \.boundsEveryRequest) else { return }
    let written = subject.written
    var reading = PartialReading(subject.policy, .maxTokens(.max))
    let reachable = reading.reachableRoutes()
    var reported: Set<ModelID> = []
    for (index, route) in subject.decider.frozen.routes.enumerated() where reachable[index] {
      for arm in route.arms where arm.bounds.first.flatMap({ $0 }) == nil {
        for call in arm.calls where isOpen(call, arm) {
          guard case .model(let id) = call.step.target, subject.policy[id].maxOutput == nil,
            reported.insert(id).inserted
          else { continue }
          add(
            id, place(of: call.step, subject, written), after: call.step.span, subject, &report)
        }
      }
    }
  }

  private static func isOpen(_ call: CallSkeleton, _ arm: ArmSkeleton) -> Bool {
    guard call.cap == nil else { return false }
    if let leg = call.step.leg, arm.bounds[leg] != nil { return false }
    switch call.step.role {
    case .direct, .tier, .shadow: return true
    case .judge, .compressor, .embedder, .classifier: return false
    }
  }

  private static func place(
    of step: PlanStep, _ subject: LintSubject, _ written: WrittenParts
  ) -> Span {
    guard case .tier(let ladder, let tier) = step.role else { return step.span }
    return written.model(tier, of: subject.policy[ladder])
  }

  private static func add(
    _ id: ModelID, _ place: Span, after call: Span, _ subject: LintSubject,
    _ report: inout LintReport
  ) {
    let end = Span(file: call.file, start: call.end, end: call.end)
    let most =
      subject.policy[id].window.map { "its window of \(subject.tokens($0))" } ?? "anything"
    let price = subject.policy[id].prices.output
    var notes: [Note] = []
    if let window = subject.policy[id].window, price != nil,
      let money = subject.decider.frozen[id].tariff.atMost(input: 0, output: window)
    {
      notes.append(Note("one answer may cost up to \(subject.text(money))"))
    }
    report.add(
      "an answer of \(subject.name(id)) may fill \(most) if the caller leaves `max_tokens` out",
      at: place, notes: notes,
      fixIts: [
        FixIt("bound it with `max_output`", edits: [Edit(end, " max_output 4k tokens")])
      ])
  }
}

extension CheckedBudget {
  /// Whether it limits the money of every single request.
  var boundsEveryRequest: Bool {
    guard case .money = cap, condition == nil else { return false }
    return window == .request
  }
}
