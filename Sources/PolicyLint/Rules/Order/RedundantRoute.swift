import PolicyAnalysis
package import PolicyDiagnostics
import PolicySemantics
import PolicySource

/// A route without which every request would be treated as it is.
package enum RedundantRoute: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("redundant_route"), .warning,
    finds: "A route whose requests the routes below would treat in the same way.",
    why: """
      It reads like a decision and is none: take it away, and each of its requests falls to a route \
      with the same block. Either it is left over, or its block was meant to differ.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      route long_context when prompt.tokens >= 8k { use medium }
      otherwise { use medium }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      route long_context when prompt.tokens >= 8k { use large }
      otherwise { use medium }
      """,
    fix: """
      Removing it changes no model, only the route's name in logs and in a test that speaks of it; \
      so it is not applied by itself.
      """)

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let policy = subject.policy
    let reachability = subject.study.reachabilityOfRoutes()
    let words = policy.routes.map { subject.blockWords(of: $0) }
    for index in policy.routes.indices.dropLast() where reachability[index] == .reachable {
      // Most routes differ from what follows; only those that may be spared are looked into.
      guard words[(index + 1)...].contains(words[index]),
        let takers = try? subject.study.ask({ regions throws(DiagramsTooLarge) in
          try regions.heirs(of: RouteID(index), while: { words[$0.index] == words[index] })
        })
      else { continue }
      let route = policy.routes[index]
      let names = takers.map { policy[$0].name }
      report.add(
        "route `\(route.name)` changes nothing: without it \(subject.list(names, most: 6)) "
          + "would do the same with its requests",
        at: route.conditionSpan,
        notes: takers.prefix(6).map { Note("the same block", at: policy[$0].conditionSpan) },
        fixIts: removal(of: RouteID(index), in: subject))
    }
  }

  private static func removal(of id: RouteID, in subject: LintSubject) -> [FixIt] {
    guard !subject.isNamedInTests(id), let span = subject.deletion(of: subject.policy[id].span)
    else { return [] }
    return [FixIt("remove `\(subject.policy[id].name)`", edits: [Edit(span, "")])]
  }
}
