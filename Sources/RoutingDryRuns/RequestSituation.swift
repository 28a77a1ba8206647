import PolicyGraph
import PolicyUnits

/// What the wire does not say of a request: who asks, and what has been recorded before it.
///
/// Names are those of the policy; whatever it does not have is a ``SituationProblem``, never passed
/// over.
package struct RequestSituation: Sendable {
  /// Facts the policy declares, whatever brings them: metadata, the caller's key or a header.
  package var facts: [(name: String, value: SituationFact)] = []
  /// Headers that came with the request, by any case of their names; only those of declared facts
  /// are read.
  package var headers: [(name: String, value: String)] = []
  package var tenant: String?
  package var user: String?
  package var key: String?
  package var conversation: String?
  /// What budgets and limits have used; one that is not named has used nothing.
  package var budgets: [(name: String, used: BudgetUse)] = []
  /// Labels that classifiers have answered.
  package var classifiers: [(name: String, label: String)] = []
  /// Models whose circuit is open.
  package var unhealthy: [String] = []

  package init() {}

}

/// A fact as a caller of a library gives it.
package enum SituationFact: Hashable, Sendable {
  case bool(Bool)
  case integer(Int64)
  /// Read as what the fact is declared to be: `true`, `12`, or the text itself.
  case text(String)
}

/// How much of a budget or limit has been used.
package enum BudgetUse: Hashable, Sendable {
  /// `80%` of its cap, `$1.50` or `40`.
  case text(String)
  /// In the budget's own unit: nano-units of money, requests, tokens or calls.
  case units(Int64)
}
