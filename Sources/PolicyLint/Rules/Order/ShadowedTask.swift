import PolicyAnalysis
package import PolicyDiagnostics
import PolicySemantics
import PolicySource

/// A task that no request has, because those before it take all of its requests.
package enum ShadowedTask: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("shadowed_task"), .warning,
    finds: "A task that no request has: tasks before it take all of its requests.",
    why: """
      Tasks are tried in written order and the first match wins. Whatever reads this task never \
      holds, so a route for it is as good as not there.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      task short when prompt.tokens < 1k
      task tiny when prompt.tokens < 100 tokens
      task other otherwise
      route small_talk when task in (tiny, short) { use medium }
      otherwise { use small }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      task tiny when prompt.tokens < 100 tokens
      task short when prompt.tokens < 1k
      task other otherwise
      route small_talk when task in (tiny, short) { use medium }
      otherwise { use small }
      """,
    fix: "There is none: whether to move the task up or to remove it is for its author to say.")

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let policy = subject.policy
    for (index, verdict) in subject.study.reachabilityOfTasks().enumerated() {
      guard case .taken(let blockers, _) = verdict else { continue }
      let task = policy.tasks[index]
      let others = blockers.map { policy.tasks[$0] }
      report.add(
        "no request has the task `\(task.name)`: \(subject.list(others.map(\.name), most: 6)) "
          + (others.count == 1 ? "takes" : "together take") + " all of its requests",
        at: task.span,
        notes: others.prefix(6).map { Note("`\($0.name)` stands before it", at: $0.span) })
    }
  }
}
