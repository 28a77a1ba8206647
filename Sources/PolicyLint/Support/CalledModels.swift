import PolicySemantics
import PolicySource
import RoutingRuntime

/// Every model and embedder a policy names for a call, at each place that names it.
///
/// Without `requested`, whose model the caller names.
struct CalledModels {
  private(set) var all: [Call] = []

  struct Call {
    let callee: Callee
    let role: Role
    let span: Span
    /// The route that calls it; nil for a classifier.
    let route: RouteID?
  }

  enum Callee: Hashable {
    case model(ModelID)
    case embedder(EmbedderID)
  }

  enum Role: Hashable {
    /// Its answer may be the caller's.
    case answer
    case judge
    case compressor, embedder, shadow, classifier
  }

  init(_ subject: LintSubject, _ written: WrittenParts) {
    for (index, skeleton) in subject.decider.frozen.routes.enumerated() {
      for arm in skeleton.arms {
        for call in arm.calls { add(call.step, RouteID(index), subject, written) }
      }
    }
    for classifier in subject.policy.classifiers {
      guard case .ask(let model, _) = classifier.method else { continue }
      all.append(
        Call(callee: .model(model), role: .classifier, span: classifier.span, route: nil))
    }
  }

  private mutating func add(
    _ step: PlanStep, _ route: RouteID, _ subject: LintSubject, _ written: WrittenParts
  ) {
    let callee: Callee
    switch step.target {
    case .model(let id): callee = .model(id)
    case .embedder(let id): callee = .embedder(id)
    case .requested: return
    }
    let role: Role
    var span = step.span
    switch step.role {
    case .direct: role = .answer
    case .tier(let ladder, let tier):
      role = .answer
      span = written.model(tier, of: subject.policy[ladder])
    case .judge: role = .judge
    case .compressor: role = .compressor
    case .embedder: role = .embedder
    case .shadow: role = .shadow
    case .classifier: role = .classifier
    }
    all.append(Call(callee: callee, role: role, span: span, route: route))
  }
}
