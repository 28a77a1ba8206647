import PolicySemantics
import PolicySyntax
import RoutingBatches
import RoutingBudgets
import RoutingCalls
import RoutingHealth
import RoutingRuntime

/// The stable words of a row: why a request was refused or failed, why a call was not the last.
///
/// A word, then its subject if it has one. Rows are read by programs for years, so a word is never
/// changed, only added.
struct EntryWords {
  private let policy: CheckedPolicy

  init(_ policy: CheckedPolicy) { self.policy = policy }

  func reason(_ refusal: Refusal) -> String {
    switch refusal {
    case .byGuard(let id, _, _): "guard \(policy[id].name)"
    case .byRoute(let id, _, _): "route \(policy[id].name)"
    case .byBudget(let id): budget(id)
    case .emptied(let reason): self.reason(reason)
    case .unreadable: "unreadable_text"
    }
  }

  func reason(_ drop: DropReason) -> String {
    switch drop {
    case .keptOut(let id, _): "guard \(policy[id].name)"
    case .windowTooSmall: "too_long"
    case .notInCatalog: "not_in_catalog"
    case .lacks(let capability): "lacks \(capability.rawValue)"
    case .tooLittleLeft(let bound, _, _): self.bound(bound)
    case .tooFewTokensLeft(let bound, _, _): budget(bound.budget)
    case .unboundedTokens: "unbounded_tokens"
    case .unknownPrice: "unknown_price"
    case .unboundedImages: "unbounded_images"
    case .tierDropped: "tier_dropped"
    case .lineDoesNotApply: "line_does_not_apply"
    }
  }

  private func bound(_ bound: MoneyBound) -> String {
    switch bound {
    case .ladder(let id, _): "max_budget \(policy[id].name)"
    case .budget(let id, _): budget(id)
    }
  }

  /// As the policy calls it: a budget is of money, a limit of anything else.
  private func budget(_ id: BudgetID) -> String {
    switch policy[id].cap {
    case .money: "budget \(policy[id].name)"
    case .requests, .tokens, .atOnce: "limit \(policy[id].name)"
    }
  }

  /// Why a call that was ordered was not sent.
  func reason(_ held: NoCall.Reason) -> String {
    switch held {
    case .open: "circuit_open"
    case .resting: "resting"
    case .requests: "rpm"
    case .tokens: "tpm"
    case .repeats: "retry_budget"
    case .barred: "silent_before"
    }
  }

  func reason(_ claim: Claim) -> String {
    "\(claim.key.unit == .money ? "budget" : "limit") \(claim.key.budget)"
  }

  func verdict(_ verdict: AttemptRecord.Verdict) -> (word: String, reason: String?) {
    switch verdict {
    case .accepted: ("accepted", nil)
    case .rejected(let gate): ("rejected", "rejected by \(policy[gate].name)")
    case .failed(let failure): ("failed", failure.rawValue)
    case .dropped(let reason): ("dropped", self.reason(reason))
    case .timeUp: ("time_up", "time_up")
    case .cancelled: ("cancelled", "cancelled")
    }
  }

  /// Which batch a call was shared in, or why it was made alone, and what came of it.
  func reason(_ mark: BatchMark, _ verdict: String?) -> String {
    switch mark {
    case .shared(let name, _, let problem): problem.map { "batch_\($0)" } ?? verdict ?? name
    case .alone(let reason): verdict ?? "alone \(reason.word)"
    case .placed(let batch): verdict ?? "provider_batch \(batch)"
    }
  }

  func verdict(_ ending: AsideBill.Ending) -> (word: String, reason: String?) {
    switch ending {
    case .read: ("accepted", nil)
    case .unreadable: ("rejected", "unreadable")
    case .failed(let failure): ("failed", failure.rawValue)
    case .cancelled: ("cancelled", "cancelled")
    }
  }
}
