import AnswerSimilarity
import PolicyCompiler
import PolicyExplain
import PolicySemantics
import PolicySyntax
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingLedger
import RoutingRuntime
import RoutingService

/// What became of a request, in words.
struct RunWords {
  private let compiled: CompiledPolicy

  init(_ compiled: CompiledPolicy) { self.compiled = compiled }

  private var policy: CheckedPolicy { compiled.policy }
  private var currency: String { policy.vocabulary.currency }

  /// Who answered, or why nobody did.
  func ending(of row: RunRow) -> String {
    guard let record = row.record, let plan = row.decision?.plan else { return notCalled(row) }
    switch record.outcome.ending {
    case .answered(_, let attempt, let isAccepted):
      let name = step(record.outcome.attempts[attempt], plan, record, attempt)
      return isAccepted ? name : name + ", not accepted: \(returned(attempt, plan, record))"
    case .exhausted: return "no answer passed its gate"
    case .failed(let failure): return "no answer: \(words(failure))" + lastProblem(record)
    case .nothingToCall(let reason): return "no call was left to make: \(words(reason))"
    case .timeUp: return "no answer in time" + lastProblem(record)
    case .brokenOff(let failure): return "the answer broke off: \(words(failure))"
    case .cancelled: return "cancelled"
    }
  }

  /// What `on exhausted` asked for.
  private func returned(_ attempt: Int, _ plan: Plan, _ record: RunRecord) -> String {
    let leg = record.outcome.attempts[attempt].leg
    guard plan.legs.indices.contains(leg),
      let ladder = plan.legs[leg].ladder
    else { return "the last there was" }
    switch policy[ladder].onExhausted {
    case .best: return "the best there was"
    case .last, .fail: return "the last there was"
    }
  }

  /// Why a step was skipped.
  private func words(_ reason: DropReason) -> String {
    Explainer(graph: compiled.graph, policyPath: compiled.path).words(reason).text
  }

  private func notCalled(_ row: RunRow) -> String {
    switch row.result {
    case .failure(let failure): return "not answered: \(failure)"
    case .success(let outcome): return notCalled(outcome, row.explanation)
    }
  }

  private func notCalled(_ outcome: RequestOutcome, _ explanation: Explanation?) -> String {
    switch outcome.ending {
    case .cached(_, let hit):
      let saved = outcome.entry.savings.saved.map {
        ", saved \(Amounts.text($0, currency: currency))"
      }
      let near = hit.similarity.map { ", similarity \(Amounts.text($0))" } ?? ""
      return "out of the cache: \(hit.model), \(hit.age) s old\(near)\(saved ?? "")"
    case .repeated(let answer, let first):
      return answer.isAnswer ? "again, as row \(first)" : "no answer, as row \(first)"
    case .unfit(let problem): return "refused: \(problem)"
    case .cancelled: return "cancelled"
    case .full(_, let full): return "refused by \(full.message(currency: currency))"
    case .called, .notCalled: break
    }
    switch explanation?.outcome {
    case .refused(let statement, _): return "refused \(statement.text)"
    case .route, .needs, nil: return "not run: the policy came to no decision"
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
    case .accepted: return "accepted" + doubt(call)
    case .rejected(let gate): return "rejected by \(policy[gate].name)" + doubt(call)
    case .failed(let failure):
      return words(failure) + (call?.problem.map { ": \($0)" } ?? "")
    case .dropped(let reason): return "dropped: \(words(reason))"
    case .timeUp: return "out of time"
    case .cancelled: return "cancelled"
    }
  }

  /// Why the figures of an answer were not taken as they came.
  private func doubt(_ call: CallRecord?) -> String {
    call?.usageProblem.map { ", \($0)" } ?? ""
  }

  func words(_ failure: CallFailure) -> String {
    switch failure {
    case .unavailable: "unavailable"
    case .limited: "limited"
    case .tooLong: "the prompt is too long"
    case .filtered: "filtered"
    }
  }

  /// What the request cost, and whether a provider billed more than its call was allowed.
  func total(_ outcome: LadderOutcome) -> String {
    cost(outcome.cost)
      + (outcome.isOverrun ? ", more than was allowed: \(overbilled(outcome))" : "")
  }

  /// The calls that were billed above what was set aside for them.
  private func overbilled(_ outcome: LadderOutcome) -> String {
    let names = outcome.attempts.filter(\.isOverbilled).map { attempt in
      let name = attempt.model.map { policy[$0].name } ?? "requested"
      return name + (attempt.reserved.map { " was allowed \(cost(.exact($0)))" } ?? "")
    }
    return names.joined(separator: ", ")
  }

  /// What a look among similar questions came to.
  func words(_ look: SimilarLook) -> String {
    let needed = "\(Amounts.text(look.threshold)) by \(look.encoder)"
    let near = look.nearest.map { "\(Amounts.text($0.similarity)), that of request \($0.request)" }
    switch look.result {
    case .hit: return "similar: \(near ?? "") (needed \(needed))"
    case .miss:
      return near.map { "no similar question: the nearest is \($0) (needed \(needed))" }
        ?? "no similar question: none was asked before"
    case .guarded:
      let difference = look.stopped.flatMap { QuestionDifference(rawValue: $0)?.inWords }
      return "no similar question: the nearest is \(near ?? ""), and they differ in "
        + (difference ?? "something")
    case .failed: return "no similar question: \(look.encoder) gave no vector"
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
