import PolicyDiagnostics
import PolicySemantics
import PolicySource

/// A batch on a route that only requests with personal data or secrets take.
enum BatchOfPersonalData: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("batch_of_personal_data"), .warning,
    finds: "A `batch` line on a route whose requests all hold an address, a number or a secret.",
    why: """
      Requests of one tenant wait for each other and are sent together. A provider that keeps \
      batches longer than calls keeps what is in them longer, and one answer mixed up is one \
      person's data in another's hands. Such requests are few: calling each by itself costs little.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      route people when prompt has (email, phone) {
        batch up to 50 within 200ms
        use   medium
      }
      otherwise { use small }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      route people when prompt has (email, phone) { use medium }
      otherwise {
        batch up to 50 within 200ms
        use   small
      }
      """,
    fix: """
      Leaves the line out. Answers may then cost more, so it is not applied unless you ask for unsafe \
      fixes.
      """)

  private static let personal: Set<TextFeature> = [.email, .phone, .card, .secret]

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    var reading = PartialReading(subject.policy, .without(personal))
    let reachable = reading.reachableRoutes()
    for (index, route) in subject.policy.routes.enumerated() where !reachable[index] {
      for span in route.batches {
        report.add(
          "`\(route.name)` batches requests that hold personal data or secrets", at: span,
          notes: [Note("no other request takes the route", at: route.conditionSpan)],
          fixIts: [
            FixIt("leave the line out", edits: [Edit(subject.withBlanksBefore(span), "")])
          ])
      }
    }
  }
}
