import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import RoutingRuntime

/// Requests made of one on which two policies differ, to show what the plain one does not: what is
/// spent already, what classifiers say, who asks, how long the question is and how many answers it wants.
struct TellingRequests {
  private let decider: Decider
  private let mutated: Decider
  private let old: CheckedPolicy
  private let new: CheckedPolicy

  init(_ old: Decider, _ new: Decider) {
    decider = old
    mutated = new
    self.old = old.graph.policy
    self.new = new.graph.policy
  }

  /// Those that differ in what is recorded before them, or in who asks: short ones.
  func short(_ draft: RequestDraft, _ change: PolicyChange) -> [RequestDraft] {
    let spent = change.aspects.contains { $0.aspect == .budgets } ? spending(draft) : []
    return spent + OtherAnswers(old).drafts(of: draft)
      + armed(OtherCallers(old).drafts(of: draft, count: Self.mostCallers))
  }

  /// With each budget full, one at a time, and with just so much spent that one of the two policies
  /// refuses the request and the other does not.
  func spending(_ draft: RequestDraft) -> [RequestDraft] {
    caps.map { spending($0, draft) } + edges(draft)
  }

  private func edges(_ draft: RequestDraft) -> [RequestDraft] {
    old.budgets.compactMap { budget in
      guard let other = new.budgets.first(where: { $0.name == budget.name }),
        other.cap.amount != budget.cap.amount
      else { return nil }
      let most = max(other.cap.amount, budget.cap.amount)
      let edge = [decider, mutated].compactMap { leastRefused(draft, budget.name, most, by: $0) }
      return edge.min().map { spending((budget.name, $0), draft) }
    }
  }

  /// The least that is spent of a budget where a request is refused; nil if it never is up to `most`,
  /// or is already where nothing is spent.
  private func leastRefused(
    _ draft: RequestDraft, _ name: String, _ most: Int64, by decider: Decider
  ) -> Int64? {
    func isRefused(_ used: Int64) -> Bool {
      let spent = spending((name, used), draft)
      guard let decision = try? decider.decide(spent.input(for: decider.graph)),
        case .refused = decision.outcome
      else { return false }
      return true
    }
    guard isRefused(most), !isRefused(0) else { return nil }
    var (served, refused) = (Int64(0), most)
    while refused - served > 1 {
      let middle = served + (refused - served) / 2
      if isRefused(middle) { refused = middle } else { served = middle }
    }
    return refused
  }

  /// One request for each arm that some of them are sent down.
  private func armed(_ drafts: [RequestDraft]) -> [RequestDraft] {
    var arms: Set<Int> = []
    return drafts.filter { draft in
      guard let arm = (try? decider.decide(draft.input(for: decider.graph)))?.arm else {
        return false
      }
      return arms.insert(arm.index).inserted
    }
  }

  /// Names tried for who asks: each arm of a split gets some.
  private static let mostCallers = 400

  /// Those that cost more, up to what a bound allows.
  func large(_ draft: RequestDraft) -> [RequestDraft] {
    guard let last = draft.messages.lastIndex(where: { $0.role == .user }) else { return [] }
    return Self.words.flatMap { words in
      Self.choices.map { choices in
        var large = draft
        large.messages[last].text += String(repeating: DifferenceWitness.filler, count: words)
        large.choices = choices
        return large
      }
    }
  }

  private static let words = [0, 400, 3_500, 20_000]
  private static let choices: [Int64] = [1, 4, 16, 64]

  /// Of each budget the least that fills it in one of the policies.
  private var caps: [(name: String, used: Int64)] {
    old.budgets.flatMap { budget in
      let other = new.budgets.first { $0.name == budget.name } ?? budget
      let used = [budget.cap.amount, other.cap.amount]
      return Set(used).sorted().map { (budget.name, $0) }
    }
  }

  private func spending(_ cap: (name: String, used: Int64), _ draft: RequestDraft) -> RequestDraft {
    var spent = draft
    spent.budgets[cap.name] = cap.used
    return spent
  }
}
