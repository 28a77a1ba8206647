package import OpenAIWire
package import PolicyGraph
package import RoutingRequests
package import ZoneClock

/// Why a request cannot be decided.
package enum DryRunProblem: Error, Hashable, Sendable {
  /// The body is no request of chat completions.
  case wire(WireProblem)
  /// It has what no figure would cover.
  case content(UnboundedContent)
  /// What was said beside it does not fit the policy.
  case situation(SituationProblem)
  /// It does not fit the policy's facts.
  case fact(FactProblem)
  /// When it is asked is no time.
  case time(ClockProblem)
}

extension DryRunProblem: CustomStringConvertible {
  /// One line that names the place and the cure.
  package var description: String {
    switch self {
    case .wire(let problem): problem.message
    case .content(let problem): "\(problem)"
    case .situation(let problem): "\(problem)"
    case .fact(let problem): "\(problem)"
    case .time(let problem): "\(problem)"
    }
  }
}
