import PolicyAnalysis
package import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource

/// Two routes that share requests, neither a special case of the other: only their order decides.
package enum OverlapDecidedByOrder: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("overlap_decided_by_order"), .note,
    finds: "Two routes that share requests though neither is a special case of the other.",
    why: """
      A narrow route above a wide one is how a policy is meant to be written. Where two routes cross, \
      swapping them sends the shared requests elsewhere, and nothing in either says so. Often that is \
      fine; this note shows one such request, so that it is a choice.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      facts { plan : free | pro = free }
      route paying when plan = pro { use large }
      route short_ones when prompt.tokens < 200 tokens { use medium }
      otherwise { use small }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      facts { plan : free | pro = free }
      route paying when plan = pro { use large }
      route short_ones when prompt.tokens < 200 tokens and plan = free { use medium }
      otherwise { use small }
      """,
    fix: "There is none: both orders are policies.")

  /// Of each route at most this many crossing ones before it are named.
  private static let mostNamed = 3
  /// Of each policy the first so many are shown with a request.
  private static let mostExamples = 100
  /// Past this many routes pairs are not looked at.
  private static let mostRoutes = 400

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let policy = subject.policy
    guard policy.routes.count <= mostRoutes else { return }
    let words = policy.routes.map { subject.blockWords(of: $0) }
    var examples = 0
    let verdicts = subject.study.reachabilityOfRoutes()
    for index in policy.routes.indices.dropLast() where verdicts[index] == .reachable {
      guard
        let crossing = try? subject.study.ask({ regions throws(DiagramsTooLarge) in
          try regions.crossing(RouteID(index), limit: mostNamed) { words[$0.index] != words[index] }
        }), !crossing.isEmpty
      else { continue }
      let route = policy.routes[index]
      report.add(
        "only the order sends some requests of `\(route.name)` to "
          + subject.list(crossing.map { policy[$0].name }, most: 6) + " instead",
        at: route.conditionSpan,
        notes: crossing.flatMap { other in
          examples += 1
          return notes(
            on: other, crossing: RouteID(index), subject, withExample: examples <= mostExamples)
        })
    }
  }

  private static func notes(
    on other: RouteID, crossing route: RouteID, _ subject: LintSubject, withExample: Bool
  ) -> [Note] {
    let policy = subject.policy
    var notes = [
      Note("`\(policy[other].name)` comes first", at: policy[other].conditionSpan)
    ]
    guard withExample else { return notes }
    let example = subject.example("for example") { regions throws(DiagramsTooLarge) in
      try regions.store.and(try regions.decides(other), try regions.holds(.route(route)))
    }
    if let example { notes.append(example) }
    return notes
  }
}
