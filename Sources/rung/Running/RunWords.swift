import PolicyExplain
import PolicySemantics
import PolicyUnits
import RoutingCalls
import RoutingRuntime

/// What became of a request, in words.
struct RunWords {
  let policy: CheckedPolicy

  private var currency: String { policy.vocabulary.currency }

  /// Who answered, or why nobody did.
  func ending(of row: RunRow) -> String {
    guard let record = row.record else { return notCalled(row) }
    switch record.outcome.ending {
    case .answered(_, let attempt, let isAccepted):
      let name = step(record.outcome.attempts[attempt], row.decision.plan, record, attempt)
      return isAccepted ? name : name + ", not accepted: the best there was"
    case .exhausted: return "no answer passed its gate"
    case .failed(let failure): return "no answer: \(words(failure))" + lastProblem(record)
    case .nothingToCall: return "no call was left to make"
    case .timeUp: return "no answer in time" + lastProblem(record)
    case .brokenOff(let failure): return "the answer broke off: \(words(failure))"
    case .cancelled: return "cancelled"
    }
  }

  private func notCalled(_ row: RunRow) -> String {
    switch row.explanation.outcome {
    case .refused(let statement, _): return "refused \(statement.text)"
    case .route, .needs:
      let names = row.explanation.notYet.map(\.text).joined(separator: ", ")
      return "not run: this version cannot do \(names)"
    }
  }

  private func lastProblem(_ record: RunRecord) -> String {
    record.calls.last(where: { $0.problem != nil })?.problem.map { " (\($0))" } ?? ""
  }

  /// `tier 2 deepseek-v4-flash`, `fallback deepseek-coder`.
  func step(
    _ attempt: AttemptRecord, _ plan: Plan, _ record: RunRecord, _ index: Int
  ) -> String {
    let model = attempt.model.map { policy[$0].name } ?? "requested"
    guard plan.legs.indices.contains(attempt.leg) else { return model }
    let leg = plan.legs[attempt.leg]
    var words: [String] = []
    if !leg.follows.isEmpty { words.append("fallback") }
    if leg.ladder != nil { words.append("tier \(attempt.step + 1)") }
    return (words + [model]).joined(separator: " ")
  }

  func verdict(_ attempt: AttemptRecord, _ call: CallRecord?) -> String {
    switch attempt.verdict {
    case .accepted: return "accepted"
    case .rejected(let gate): return "rejected by \(policy[gate].name)"
    case .failed(let failure):
      return words(failure) + (call?.problem.map { ": \($0)" } ?? "")
    case .dropped: return "dropped"
    case .timeUp: return "out of time"
    case .cancelled: return "cancelled"
    }
  }

  func words(_ failure: CallFailure) -> String {
    switch failure {
    case .unavailable: "unavailable"
    case .limited: "limited"
    case .tooLong: "the prompt is too long"
    case .filtered: "filtered"
    }
  }

  func cost(_ cost: CallCost) -> String {
    switch cost {
    case .exact(let money): Amounts.text(money, currency: currency)
    case .atMost(let money): "at most " + Amounts.text(money, currency: currency)
    case .unknown: "unknown"
    }
  }
}
