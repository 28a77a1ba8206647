import PolicyExplain
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingRuntime

extension PolicySnapshot {
  /// A route in Markdown: as it is written, which requests reach it, what it does in order with the
  /// price of each model, what it costs at worst, and the tests that show it.
  ///
  /// - Parameter name: of a route, or `otherwise`.
  /// - Returns: nil if the policy has errors or no such route.
  package func explain(route name: String) -> String? {
    guard let decider, let id = route(named: name), let facts = routeFacts(name), let currency
    else { return nil }
    let policy = decider.frozen.policy
    let words = ModelWords(currency: currency)
    var parts = ["# \(name == "otherwise" ? "otherwise" : "route \(name)")", facts]
    parts.append("```rung\n\(policy.sources.text(of: policy[id].span))\n```")
    let skeleton = decider.frozen.routes[id.index]
    for (index, arm) in skeleton.arms.enumerated() {
      if let split = skeleton.split {
        parts.append("## \(Amounts.text(split.arms[index].share)) to \(split.arms[index].name)")
      }
      parts.append(
        arm.calls.enumerated().map { number, call in
          "\(number + 1). \(line(call, policy, words))"
        }.joined(separator: "\n"))
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private func line(
    _ call: CallSkeleton, _ policy: CheckedPolicy, _ words: ModelWords
  ) -> String {
    let asked: String
    switch call.step.target {
    case .model(let id): asked = "`\(policy[id].name)` (\(words.short(policy[id].prices)))"
    case .embedder(let id): asked = "`\(policy[id].name)`"
    case .requested: asked = "the model the caller names"
    }
    let gates = call.step.accepts.map { "`\(PolicyText(policy).text($0.span))`" }
    switch call.step.role {
    case .direct: return asked
    case .tier(let ladder, let tier):
      let accepts = gates.isEmpty ? "" : ", kept if \(gates.joined(separator: " and "))"
      return "tier \(tier + 1) of `\(policy[ladder].name)`: \(asked)\(accepts)"
    case .judge(let gate, _, let tier):
      return "\(asked) judges tier \(tier + 1) for gate `\(policy[gate].name)`"
    case .compressor(let id): return "\(asked) shortens the prompt (`\(policy[id].name)`)"
    case .embedder: return "\(asked) embeds the question for the cache"
    case .shadow(let share): return "\(asked) in the shadow of \(Amounts.text(share))"
    case .classifier(let id): return "\(asked) answers `\(policy[id].name)`"
    }
  }
}
