package import PolicyExplain
package import PolicyGraph
import PolicySemantics
package import PolicySource
package import PolicyWorkspace
package import RoutingLedger
import RoutingRuntime

/// Why a row was decided as it was, made again from what the ledger keeps; or why that cannot be.
package enum RowExplanation: Sendable {
  /// The decision made again is the one that was made.
  case explained(Explanation)
  /// It is another: what it would explain is not what happened.
  case differs(was: String, now: String)
  case unavailable(Obstacle)

  package enum Obstacle: Hashable, Sendable {
    /// The row came from another program's file.
    case imported(String)
    /// It was refused before anything was decided.
    case undecided
    /// The answer of an earlier request was given again.
    case repeated
    /// Its process died before it could say.
    case lost
    case notRecorded
    case policyNotKept(String)
    case policyUnreadable(String, RecordProblem)
    /// The kept files make no policy that this version takes.
    case policyRefused(String)
    /// They make another one than the row names.
    case policyIsAnother(String, made: String)
    case recordUnreadable(RecordProblem)
  }
}

extension RowExplanation {
  /// Makes the decision of a row again, from nothing but what it and the ledger hold.
  ///
  /// `archive` finds the kept files of a policy by the name rows have for them, nil if there are none;
  /// `load` makes a policy of them, nil if it has errors now.
  package init<Failure: Error>(
    of entry: LedgerEntry, archive: (String) throws(Failure) -> [UInt8]?,
    load: (PolicySources) -> (graph: DecisionGraph, path: String)?
  ) throws(Failure) {
    if let obstacle = Self.obstacle(in: entry) {
      self = .unavailable(obstacle)
      return
    }
    guard let name = entry.fingerprints.policy, let kept = entry.fingerprints.archive else {
      self = .unavailable(.notRecorded)
      return
    }
    guard let bytes = try archive(kept) else {
      self = .unavailable(.policyNotKept(name))
      return
    }
    do throws(RecordProblem) {
      guard let policy = load(try PolicySources(archive: bytes)) else {
        self = .unavailable(.policyRefused(name))
        return
      }
      self = Self.explain(entry, named: name, by: Decider(policy.graph), path: policy.path)
    } catch {
      self = .unavailable(.policyUnreadable(name, error))
    }
  }

  private static func obstacle(in entry: LedgerEntry) -> Obstacle? {
    if let origin = entry.origin { return .imported(origin) }
    guard entry.facts.isEmpty else { return nil }
    if entry.savings.cache == "repeated" { return .repeated }
    switch entry.status {
    case .lost: return .lost
    case .refused where entry.route == nil: return .undecided
    case .answered, .notAccepted, .refused, .failed, .cancelled: return .notRecorded
    }
  }

  private static func explain(
    _ entry: LedgerEntry, named name: String, by decider: Decider, path: String
  ) -> RowExplanation {
    let made = decider.frozen.fingerprints
    guard made.policy == name, made.catalog == entry.fingerprints.catalog ?? made.catalog else {
      return .unavailable(.policyIsAnother(name, made: made.policy))
    }
    do throws(RecordProblem) {
      let request = try RecordedRequest(entry.facts, for: decider)
      let (decision, explanation) = Explainer(graph: decider.graph, policyPath: path)
        .explain(request, by: decider)
      let policy = decider.frozen.policy
      let now = Outcome(
        route: decision.route.map { policy[$0].name }, task: decision.task.map { policy[$0].name },
        arm: decision.arm?.name)
      let was = Outcome(route: entry.route, task: entry.task, arm: entry.arm)
      guard decision.mark == request.mark, now == was else {
        return .differs(was: was.words, now: now.words)
      }
      return .explained(explanation)
    } catch {
      return .unavailable(.recordUnreadable(error))
    }
  }

  /// What a row says of its decision.
  private struct Outcome: Equatable {
    let route: String?
    let task: String?
    let arm: String?

    var words: String {
      var words = route.map { "route \($0)" } ?? "no route"
      if let task { words += ", task \(task)" }
      if let arm { words += ", arm \(arm)" }
      return words
    }
  }
}

extension RowExplanation.Obstacle: CustomStringConvertible {
  /// One line without a full stop.
  package var description: String {
    switch self {
    case .imported(let origin): "the row was imported from \(origin), which says nothing of it"
    case .undecided: "the request was refused before anything was decided"
    case .repeated: "the answer of an earlier request was given again; nothing was decided"
    case .lost: "the process died before the request ended; its decision went with it"
    case .notRecorded: "what the decision read was not recorded"
    case .policyNotKept(let name): "the ledger does not hold policy \(name)"
    case .policyUnreadable(let name, let problem):
      "the kept files of policy \(name) cannot be read: \(problem)"
    case .policyRefused(let name):
      "this version of rung finds errors in policy \(name)"
    case .policyIsAnother(let name, let made):
      "the files kept as policy \(name) make policy \(made)"
    case .recordUnreadable(let problem): "\(problem)"
    }
  }
}
