import PolicyAnalysis
package import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource

/// A route that no request reaches, because those before it take all of its requests.
package enum ShadowedRoute: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("shadowed_route"), .error,
    finds: "A route that no request reaches: routes before it take all of its requests.",
    why: """
      The first match wins, so a route under one that is at least as wide never runs. If it does \
      something else than the routes that take its requests, somebody meant it to run: an error. If \
      it does the same, it is only in the way: a warning. `otherwise` has to be there, so several \
      routes that together leave it nothing are a warning too. This is proved, not sampled.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      route all_long when prompt.tokens >= 4k { use medium }
      route longest when prompt.tokens >= 16k { use large }
      otherwise { use small }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      route longest when prompt.tokens >= 16k { use large }
      route all_long when prompt.tokens >= 4k { use medium }
      otherwise { use small }
      """,
    fix: """
      Removing a route no request reaches changes no decision, so it is safe. Where the route does \
      something else than the routes before it, moving it up is likely what was meant, and nothing is \
      removed by itself.
      """)

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let policy = subject.policy
    for (index, verdict) in subject.study.reachabilityOfRoutes().enumerated() {
      guard case .taken(let blockers, let isSmallest) = verdict else { continue }
      let route = policy.routes[index]
      let words = subject.blockWords(of: route)
      let others = blockers.map { policy.routes[$0] }
      let isSame = others.allSatisfy { subject.blockWords(of: $0) == words }
      let names = subject.list(others.map(\.name), most: 6)
      let isOtherwise = index == policy.routes.count - 1
      let isMild = isSame || isOtherwise && others.count > 1
      let take = blockers.count == 1 ? "takes" : isSmallest ? "together take" : "take"
      report.add(
        isOtherwise
          ? "`otherwise` is never reached: \(names) \(take) every request"
          : "route `\(route.name)` is never reached: \(names) \(take) all of its requests",
        at: route.conditionSpan, severity: isMild ? .warning : .error,
        notes: notes(others, isOtherwise, isSame) + examples(RouteID(index), others, in: subject),
        fixIts: isSame ? removal(of: RouteID(index), in: subject) : [])
    }
  }

  private static func notes(
    _ others: [CheckedRoute], _ isOtherwise: Bool, _ isSame: Bool
  ) -> [Note] {
    var notes = others.prefix(6).map { Note("`\($0.name)` stands before it", at: $0.conditionSpan) }
    if isOtherwise {
      // It is last, and cannot go: only what stands before it can.
      let last = others.last.map { "let it do what `\($0.name)` does and remove that route" }
      notes.append(
        Note(
          (["narrow what stands before it"] + [last].compactMap { $0 })
            .joined(separator: ", or ")))
    } else if !isSame {
      notes.append(Note("move it up, or narrow what stands before it"))
    }
    return notes
  }

  /// A request the route was written for, and where it goes.
  private static func examples(
    _ route: RouteID, _ others: [CheckedRoute], in subject: LintSubject
  ) -> [Note] {
    let lead = others.count == 1 ? "`\(others[0].name)` takes, for example" : "for example"
    let note = subject.example(lead) { regions throws(DiagramsTooLarge) in
      try regions.holds(.route(route))
    }
    return note.map { [$0] } ?? []
  }

  /// `otherwise` has to stay, and so does what a test names.
  private static func removal(of id: RouteID, in subject: LintSubject) -> [FixIt] {
    let route = subject.policy[id]
    guard id.index < subject.policy.routes.count - 1, !subject.isNamedInTests(id),
      let span = subject.deletion(of: route.span)
    else { return [] }
    return [FixIt("remove `\(route.name)`", edits: [Edit(span, "")], isSafe: true)]
  }
}
