import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource

/// A tier whose gates look at the shape of an answer and at nothing in it.
enum FormOnlyGate: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("form_only_gate"), .note,
    finds: "A tier whose gates look at the length, the end or the syntax of an answer and no more.",
    why: """
      A wrong answer of the right length passes, so what the ladder saves is paid for with wrong \
      answers nobody sees. It is enough where callers ask for JSON and the gate is `json`; \
      elsewhere `not refusal`, a `schema`, words of the answer, or a judge say more.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      gate complete = length >= 20 chars and finish = stop
      ladder cheap_first { tier small accept complete  tier medium }
      otherwise { use cheap_first }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      gate complete = length >= 20 chars and finish = stop and not refusal
      ladder cheap_first { tier small accept complete  tier medium }
      otherwise { use cheap_first }
      """)

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    var reported: Set<[GateID]> = []
    for (index, ladder) in subject.policy.ladders.enumerated() {
      let servesJSON = servesOnlyJSON(LadderID(index), subject)
      for tier in ladder.tiers {
        guard let first = tier.accepts.first, let last = tier.accepts.last else { continue }
        let contents = tier.accepts.map { GateContents($0.gate, of: subject.policy) }
        guard contents.allSatisfy({ $0.readsForm && !$0.readsMore }),
          !(servesJSON && contents.contains { $0.readsJSON }),
          reported.insert(tier.accepts.map(\.gate)).inserted
        else { continue }
        let names = tier.accepts.map { subject.policy[$0.gate].name }
        let verb = names.count == 1 ? "looks" : "look"
        report.add(
          "\(subject.list(names)) \(verb) at the form of an answer only: a wrong one passes",
          at: first.span.union(last.span))
      }
    }
  }

  /// Whether all who come to a ladder have asked for JSON.
  private static func servesOnlyJSON(_ ladder: LadderID, _ subject: LintSubject) -> Bool {
    var reading = PartialReading(subject.policy, .format(.text))
    let reachable = reading.reachableRoutes()
    let users = subject.policy.routes.indices.filter { index in
      subject.policy.routes[index].uses.contains { use in
        ([use.target] + use.fallbacks.map(\.target)).contains { $0.kind == .ladder(ladder) }
      }
    }
    return !users.isEmpty && users.allSatisfy { !reachable[$0] }
  }
}
