import RoutingRuntime

/// A decision as most callers first ask for it.
///
/// To put the rest into words takes half as long as to decide: that is left until somebody wants it.
package struct DecisionOutline: Sendable {
  /// How the request ended.
  package let outcome: Decision.Outcome
  /// As in ``Decision``.
  package let route: String?
  /// As in ``Decision``.
  package let task: String?
  /// As in ``Decision``.
  package let arm: String?
  /// As in ``Decision``.
  package let model: String?

  private let policy: Policy
  private let decided: RoutingRuntime.Decision

  init(_ decided: RoutingRuntime.Decision, of policy: Policy) {
    let names = policy.names
    outcome = names.outcome(decided)
    route = names.route(decided)
    task = names.task(decided)
    arm = names.arm(decided)
    model = names.model(decided)
    self.policy = policy
    self.decided = decided
  }

  /// The decision with all that is said of it; made anew by every call.
  package var whole: Decision { policy.names.decision(decided) }
}
