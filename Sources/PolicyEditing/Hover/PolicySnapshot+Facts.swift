import PolicyExplain
import PolicyGraph
import PolicySemantics
import RoutingRuntime

// What is worked out of a route or ladder of a policy without errors.
extension PolicySnapshot {
  /// Which requests take a route, what it costs at worst and which tests show it, in Markdown; nil if
  /// the policy has errors.
  func routeFacts(_ name: String) -> String? {
    guard let decider, let route = route(named: name) else { return nil }
    let policy = decider.frozen.policy
    return [
      RouteRegion(of: route, in: decider.graph).words,
      sentence(WorstCost(of: route, decider).words(in: policy)),
      testsWords(of: route),
    ].joined(separator: "\n\n")
  }

  func ladderFacts(_ name: String) -> String? {
    guard let decider else { return nil }
    let policy = decider.frozen.policy
    guard let index = policy.ladders.firstIndex(where: { $0.name == name }) else { return nil }
    return WorstCost(of: LadderID(index), decider).map { sentence($0.words(in: policy)) }
  }

  func route(named name: String) -> RouteID? {
    decider?.frozen.policy.routes.firstIndex { $0.name == name }.map(RouteID.init)
  }

  /// The tests whose request the route takes.
  private func testsWords(of route: RouteID) -> String {
    let titles = testResults.filter { $0.decision?.route == route }.map { "\"\($0.title)\"" }
    guard !titles.isEmpty else { return "No test shows it." }
    let shown = titles.prefix(5).joined(separator: ", ")
    let rest = titles.count > 5 ? " and \(titles.count - 5) more" : ""
    return "Shown by \(titles.count == 1 ? "one test" : "\(titles.count) tests"): \(shown)\(rest)."
  }

  private func sentence(_ words: String) -> String {
    words.prefix(1).uppercased() + words.dropFirst() + "."
  }
}
