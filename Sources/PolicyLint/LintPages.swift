package import PolicyDiagnostics

/// The pages of this chapter: one for each rule, and those about allowing them.
package enum LintPages {
  package static let all: [DiagnosticPage] =
    LintRules.pages + [
      DiagnosticPage(
        .allowBelowFloor,
        finds: "An `@allow` for a rule whose findings may not be hidden.",
        why: """
          Some findings are about promises a policy makes to others: where data may go, what may be \
          spent. A comment in the policy cannot take such a promise back, so these rules have a floor \
          that neither `@allow` nor `rung.yaml` goes below. `rung rule CODE` shows it.
          """,
        wrong: """
          rung 1
          catalog "catalog.yaml"
          @allow(contradiction, reason: "kept for the audit")
          route longer when prompt.tokens >= 16k and prompt.tokens < 8k { use medium }
          otherwise { use small }

          """,
        instead: """
          rung 1
          catalog "catalog.yaml"
          route longer when prompt.tokens >= 8k and prompt.tokens < 16k { use medium }
          otherwise { use small }

          """,
        fix: "There is none: cure what the rule finds, and remove the `@allow`.")
    ]
}
