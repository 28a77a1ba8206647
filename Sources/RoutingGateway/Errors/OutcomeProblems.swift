package import PolicyExplain
import PolicyGraph
import PolicySemantics
import RoutingCalls
import RoutingRuntime
package import RoutingService

/// What a caller is told whose request ended without an answer: the table from endings to errors.
package struct OutcomeProblems: Sendable {
  private let explainer: RequestExplainer
  /// A spent budget is answered 429 instead of 402.
  let budgetIsLimit: Bool
  /// What was cancelled was ended by the gateway, as it stops.
  let isStopped: Bool

  package init(
    _ explainer: RequestExplainer, budgetIsLimit: Bool = false, isStopped: Bool = false
  ) {
    self.explainer = explainer
    self.budgetIsLimit = budgetIsLimit
    self.isStopped = isStopped
  }

  /// Nil if the request has an answer.
  package func problem(_ outcome: RequestOutcome) -> APIProblem? {
    switch outcome.ending {
    case .called(_, let record): problem(record)
    case .notCalled(let decided): problem(decided.decision)
    case .full(_, let full):
      APIProblem(
        full, currency: checked.vocabulary.currency, budgetIsLimit: budgetIsLimit)
    case .repeated, .cached: nil
    case .unfit(let problem): APIProblem(problem)
    case .cancelled: cancelled
    }
  }

  /// A request that was decided and not called.
  func problem(_ decision: Decision) -> APIProblem {
    switch decision.outcome {
    case .refused(let refusal): return problem(refusal)
    case .route, .needs: return Self.undecided
    }
  }

  var checked: CheckedPolicy { explainer.decider.graph.policy }

  /// The reason in the words an explanation has for it.
  func words(_ reason: DropReason) -> String {
    Explainer(graph: explainer.decider.graph, policyPath: explainer.path)
      .words(reason).text
  }

  /// Nobody reads it where its caller has gone; the number is nginx's for the same.
  var cancelled: APIProblem {
    isStopped
      ? APIProblem(
        503, "server_error", code: "overloaded",
        "the gateway stopped before the answer was there: send the request again", retryAfter: 1)
      : APIProblem(
        499, "invalid_request_error", code: "cancelled", "the caller closed the connection")
  }

  package static let undecided = APIProblem(
    500, "server_error", code: "undecided",
    "the policy came to no decision: `rung explain` shows why"
  )
}
