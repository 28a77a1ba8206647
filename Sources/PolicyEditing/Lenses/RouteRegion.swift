import PolicyAnalysis
import PolicyExplain
import PolicyGraph
import PolicySemantics

/// Which requests a route takes, in words: its own condition, and the routes above it that take some
/// of them first.
struct RouteRegion {
  /// The condition as written; nil for `otherwise`.
  let condition: String?
  /// The first of the routes above that take some of what meets it, and how many there are beyond.
  let above: [String]
  let hasMoreAbove: Bool
  let reach: Reach

  enum Reach {
    case some
    /// Proved: every request that meets the condition is taken above.
    case none
    /// Proved: no request meets the condition.
    case contradicted
    case notDecided(NotDecided)
  }

  private static let mostAbove = 4

  init(of route: RouteID, in graph: DecisionGraph) {
    let policy = graph.policy
    let checked = policy[route]
    condition = checked.condition == nil ? nil : PolicyText(policy).text(checked.conditionSpan)
    let study = PolicyStudy(graph)
    var above: [RouteID] = []
    do throws(NotDecided) {
      reach = try study.ask { regions throws(DiagramsTooLarge) in
        let own = try regions.holds(.route(route))
        guard try regions.isFeasible(own) else { return .contradicted }
        above = try regions.routes(
          meeting: own, before: route.index, limit: Self.mostAbove + 1)
        return try regions.isFeasible(try regions.rest(of: own, after: route.index)) ? .some : .none
      }
    } catch {
      reach = .notDecided(error)
    }
    self.above = above.prefix(Self.mostAbove).map { policy[$0].name }
    hasMoreAbove = above.count > Self.mostAbove
  }

  /// One sentence in Markdown.
  var words: String {
    let names = above.map { "`\($0)`" }.joined(separator: ", ") + (hasMoreAbove ? " and more" : "")
    let take = above.count == 1 ? "takes" : "take"
    let own = condition.map { "requests where `\($0)`" } ?? "every request"
    switch reach {
    case .some where above.isEmpty: return "Takes \(own)."
    case .some where condition == nil: return "Takes every request that no route above takes."
    case .some: return "Takes \(own), but for those that \(names) above \(take)."
    case .none: return "**No request reaches it**: \(names) above \(take) all of \(own)."
    case .contradicted: return "**No request reaches it**: none meets `\(condition ?? "")`."
    case .notDecided(let reason):
      return "Takes \(own) that no route above takes; whether there are any is not decided: "
        + "\(reason.words)."
    }
  }
}
