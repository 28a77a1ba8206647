import PolicyAnalysis
import PolicySemantics
import PolicySyntax
import PolicyUnits

/// What a mistake changes where no test can see it: nothing that `expect` names follows from it.
package enum UnseenMatter: String, CaseIterable, Sendable {
  case times
  case caches
  case gates
  case parameters
  case owners
  case batches
  case stops
  case turns
  case shadows
  case compression
  case tools
  case places
  case amounts
  case unpaid

  /// As a list names it.
  package var words: String {
    switch self {
    case .times: "times"
    case .caches: "caches"
    case .gates: "what gates look for"
    case .parameters: "parameters of calls"
    case .owners: "whose budget it is"
    case .batches: "batches"
    case .stops: "where answers stop"
    case .turns: "later turns"
    case .shadows: "shadows"
    case .compression: "compression"
    case .tools: "tools taken out"
    case .places: "which of several places is called"
    case .amounts: "amounts no request was found to reach"
    case .unpaid: "calls that their bound never pays for"
    }
  }

  /// Whether another request than one that meets it may show it all the same.
  var mayShow: Bool { self == .amounts || self == .places || self == .unpaid }

  /// Nil if a test could see it: that none was found is no proof.
  init?(
    _ mutant: Mutant, _ difference: PolicyDifference, _ old: CheckedPolicy, _ new: CheckedPolicy
  ) {
    if mutant.isOfTime {
      self = .times
      return
    }
    guard !difference.changes.isEmpty, difference.rerouted.isEmpty, difference.declarations.isEmpty
    else { return nil }
    var found: Set<UnseenMatter> = []
    for aspect in Set(difference.changes.flatMap(\.aspects).map(\.aspect)) {
      // Which gates a tier has, and from which score on, a test says.
      if aspect == .gates, old.passes != new.passes { return nil }
      guard let matter = Self.matter(aspect, mutant) else { return nil }
      found.insert(matter)
    }
    guard let matter = Self.allCases.first(where: found.contains) else { return nil }
    self = matter
  }

  private static func matter(_ aspect: Aspect, _ mutant: Mutant) -> UnseenMatter? {
    switch aspect {
    case .cache: .caches
    case .gates: .gates
    case .parameters: .parameters
    case .batch: .batches
    case .stop: .stops
    case .stick: .turns
    case .shadow: .shadows
    case .compression: .compression
    case .tools: .tools
    // Each place that is gained shows, and one that is lost where no other is left.
    case .place: .places
    case .budgets where mutant.change == .widenedScope: .owners
    case .first, .ladder, .fallback, .budgets: mutant.change == .shiftedNumber ? .amounts : nil
    case .refusal, .split, .system, .classifiers, .price, .models: nil
    }
  }
}

extension CheckedPolicy {
  /// Of each tier the gates its answers pass, with their thresholds.
  fileprivate var passes: [[String]] {
    ladders.flatMap(\.tiers).map { tier in
      tier.accepts.map { pass in
        let threshold = pass.threshold.map { " \($0.comparison.rawValue) \($0.score.millionths)" }
        return self[pass.gate].name + (threshold ?? "")
      }
    }
  }
}

extension Mutant {
  /// `10s` for `9s`: a test has no clock that runs.
  var isOfTime: Bool {
    guard change == .shiftedNumber, let unit = before.last else { return false }
    return "smhd".contains(unit) && before.dropLast().allSatisfy { $0.isNumber || $0 == "m" }
  }
}
