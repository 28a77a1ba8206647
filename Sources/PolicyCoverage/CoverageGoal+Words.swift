import PolicyExplain
import PolicyGraph
package import PolicySemantics

extension CoverageGoal {
  /// What is to be shown, in a few words: `plan = free holds, and decides route faq`.
  package func words(in policy: CheckedPolicy) -> String {
    switch what {
    case .route(let id): "route \(policy[id].name) takes a request"
    case .condition(let site, _, let holds):
      "`\(PolicyText(policy).text(span))` is \(holds ? "true" : "false") and decides "
        + site.words(in: policy)
    case .tier(let ladder, let tier):
      "tier \(tier + 1) of \(policy[ladder].name) is called"
    case .gate(let ladder, let tier, let pass, let accepts):
      "\(policy[policy[ladder].tiers[tier].accepts[pass].gate].name) "
        + (accepts ? "takes" : "rejects") + " an answer of tier \(tier + 1) of "
        + policy[ladder].name
    case .fallback(let route, _): "a fallback of route \(policy[route].name) is called"
    case .arm(let route, let arm):
      "arm \(policy[route].armName(arm)) of route \(policy[route].name) takes a request"
    case .line(let route, _):
      "`\(PolicyText(policy).text(span))` of route \(policy[route].name) applies"
    case .guarding(let id): "guard \(policy[id].name) holds for a request"
    case .budget(let id): "\(policy[id].name) refuses a request"
    case .gateFails(let id): "gate \(policy[id].name) fails"
    case .classifierFails(let id): "classifier \(policy[id].name) fails"
    }
  }

  /// The same as the title of a test.
  func title(in policy: CheckedPolicy) -> String {
    words(in: policy).filter { $0 != "`" && $0 != "\"" }
  }
}

extension ConditionSite {
  fileprivate func words(in policy: CheckedPolicy) -> String {
    switch self {
    case .route(let id): "route \(policy[id].name)"
    case .task(let id): "task \(policy[id].name)"
    case .named(let id): "condition \(policy[id].name)"
    case .pointsLine(let id, let line): "line \(line + 1) of points \(policy[id].name)"
    case .budget(let id): "budget \(policy[id].name)"
    case .compression(let id): "compress \(policy[id].name)"
    case .guarding(let id): "guard \(policy[id].name)"
    case .always(let index): "always \(policy.always[index].title)"
    }
  }
}

extension CheckedRoute {
  fileprivate func armName(_ index: Int) -> String {
    guard case .split(let split) = action, split.arms.indices.contains(index) else { return "" }
    return split.arms[index].name
  }
}
