import RoutingLedger

/// Why one call followed another: the three things that are never counted as one.
///
/// Among calls that are to answer; those of judges, classifiers and embedders are no steps. A call that
/// could not leave failed like any other. ``AnswerHeaders`` counts the same of a request under way.
enum AttemptStep: Hashable {
  /// A gate said no.
  case escalation(gate: String)
  /// A call failed, and another step takes over.
  case fallback(cause: String)
  /// A call failed, and is made again.
  case retry(cause: String)

  /// Between calls that are to answer, in order; steps that were skipped lie between them.
  static func steps(_ attempts: [AttemptEntry]) -> [AttemptStep] {
    let called = attempts.filter { $0.role == .answer && $0.verdict != "dropped" }
    return zip(called, called.dropFirst()).compactMap { before, after in
      switch before.verdict {
      case "rejected":
        return .escalation(gate: before.gates.last { !$0.isAccepted }?.name ?? "unknown")
      case "failed", "time_up":
        let cause = before.reason ?? "unknown"
        return before.isOfStep(of: after) ? .retry(cause: cause) : .fallback(cause: cause)
      default: return nil
      }
    }
  }
}

extension AttemptEntry {
  fileprivate func isOfStep(of other: AttemptEntry) -> Bool {
    (ladder, tier, isFallback, model) == (other.ladder, other.tier, other.isFallback, other.model)
  }
}
