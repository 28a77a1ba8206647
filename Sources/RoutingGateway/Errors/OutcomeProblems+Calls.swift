import PolicySemantics
import RoutingCalls
import RoutingRuntime

// What became of the calls.
extension OutcomeProblems {
  /// Nil if one of them answers.
  func problem(_ record: RunRecord) -> APIProblem? {
    switch record.outcome.ending {
    case .answered: return nil
    case .exhausted:
      var problem = APIProblem(
        502, "upstream_error", code: "no_accepted_answer",
        "no answer passed the gates of its ladder: \(words(record))")
      // Asking again would pay for the whole ladder again.
      problem.isWorthRetrying = false
      return problem
    case .failed(let failure):
      return .failed(
        failure, causes: record.calls.compactMap(\.cause), saying: words(record))
    case .nothingToCall(let reason): return problem(reason)
    case .timeUp:
      return APIProblem(
        504, "upstream_error", code: "ladder_time_up",
        "the ladder's time was up before an answer came: \(words(record))")
    case .brokenOff(.filtered):
      return .failed(.filtered, causes: [], saying: words(record))
    case .brokenOff:
      var problem = APIProblem(
        502, "upstream_error", code: "stream_broken",
        "the answer broke off after its first bytes: \(words(record))")
      problem.isWorthRetrying = false
      return problem
    case .cancelled: return cancelled
    }
  }

  /// `small at openai: 500: overloaded; large at azure: no answer in 10s`, the last ones.
  private func words(_ record: RunRecord) -> String {
    var parts: [String] = []
    for (index, attempt) in record.outcome.attempts.enumerated() {
      guard let call = record.call(ofAttempt: index) else { continue }
      let model = attempt.model.map { checked[$0].name } ?? call.upstream
      parts.append("\(model) at \(call.provider): \(call.told ?? rejection(attempt.verdict))")
    }
    let shown = parts.suffix(4).joined(separator: "; ")
    let hidden = max(0, parts.count - 4)
    return hidden > 0 ? "… \(hidden) more; \(shown)" : shown
  }

  private func rejection(_ verdict: AttemptRecord.Verdict) -> String {
    switch verdict {
    case .rejected(let gate): "rejected by gate `\(checked[gate].name)`"
    case .accepted: "accepted"
    case .failed(let failure): failure.rawValue
    case .dropped(let reason): words(reason)
    case .timeUp: "its time was up"
    case .cancelled: "cancelled"
    }
  }
}
