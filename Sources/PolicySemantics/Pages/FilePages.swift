import PolicyDiagnostics

extension SemanticPages {
  static let files: [DiagnosticPage] = [
    DiagnosticPage(
      .missingCatalog,
      finds: "A policy without a `catalog` line.",
      why:
        "The catalog says which models there are and what they cost; without it no name resolves.",
      wrong: "rung 1\notherwise { use qwen3-8b }\n",
      instead: "rung 1\ncatalog \"catalog.yaml\"\notherwise { use qwen3-8b }\n"),
    DiagnosticPage(
      .missingOtherwise,
      finds: "A policy without `otherwise`, or tasks without a last one that takes the rest.",
      why:
        "Every request is answered or refused by a line somebody wrote; a fact is never missing.",
      wrong: "rung 1\ncatalog \"catalog.yaml\"\nroute live when stream { use qwen3-8b }\n",
      instead: """
        rung 1
        catalog "catalog.yaml"
        route live when stream { use qwen3-8b }
        otherwise { use qwen3-32b }

        """,
      fix: "For tasks a last one is added; what a request does otherwise only you can say."),
    DiagnosticPage(
      .otherwiseNotLast,
      finds: "A route or task after `otherwise`.",
      why: "The first match wins, and `otherwise` always matches: what follows is never reached.",
      wrong: """
        rung 1
        catalog "catalog.yaml"
        otherwise { use qwen3-32b }
        route live when stream { use qwen3-8b }

        """,
      instead: """
        rung 1
        catalog "catalog.yaml"
        route live when stream { use qwen3-8b }
        otherwise { use qwen3-32b }

        """),
    DiagnosticPage(
      .notImportable,
      finds: "A catalog, zone, task, route or `otherwise` in an imported file.",
      why: """
        Order decides among tasks and routes, and there is one catalog and one zone; all of these are \
        the policy's own. Imports bring declarations only.
        """,
      wrong: nil, instead: nil, fix: "Move the line into the policy itself."),
    DiagnosticPage(
      .notATest,
      finds: "Anything but `test` and `always` in a file of tests, such as `policy_test.rung`.",
      why: """
        Files of tests are read by `rung test` and `rung check` only: the gateway never sees them. A \
        route or a gate that stood there would be tested and never served.
        """,
      wrong: nil, instead: nil, fix: "Move the line into the policy, or into a file it imports."),
    DiagnosticPage(
      .missingFile,
      finds: "A file the policy names that is not there, or is no UTF-8 text.",
      why: "A schema or a system text that cannot be read would be missed at the first request.",
      wrong: sample("route chats when turn >= 2 { prepend system file \"none.md\"  use qwen3-8b }"),
      instead: sample("route chats when turn >= 2 { prepend system \"Be brief.\"  use qwen3-8b }"),
      fix: "Paths are relative to the file that names them."),
    DiagnosticPage(
      .emptyDeclaration,
      finds: "A declaration with nothing in it that could take effect.",
      why: "An empty guard protects nothing and an empty test proves nothing, but both look as if.",
      wrong: sample("guard eu_only when stream { }"),
      instead: sample("guard eu_only when stream { only models where model.region = eu }")),
  ]

  static let suppressions: [DiagnosticPage] = [
    DiagnosticPage(
      .unknownRule,
      finds: "An `@allow` for a rule that does not exist, or that is an error.",
      why: "Only warnings can be allowed: what is an error has no meaning to keep.",
      wrong: sample(
        """
        @allow(unused_declarations, reason: "kept for the audit")
        condition long = prompt.tokens >= 8k
        route long_prompts when long { use qwen3-long }
        """),
      instead: sample(
        """
        @allow(unused_declaration, reason: "kept for the audit")
        condition long = prompt.tokens >= 8k
        """),
      fix: "Takes the near rule, where there is one."),
    DiagnosticPage(
      .missingReason,
      finds: "An `@allow` whose reason is empty.",
      why: "Whoever finds it next year has to decide whether it still holds.",
      wrong: sample(
        """
        @allow(unused_declaration, reason: "")
        condition long = prompt.tokens >= 8k
        """),
      instead: sample(
        """
        @allow(unused_declaration, reason: "kept for the audit")
        condition long = prompt.tokens >= 8k
        """)),
    DiagnosticPage(
      .expiredSuppression,
      finds: "An `@allow` whose date has passed.",
      why: "The date was a promise to look again.",
      wrong: sample(
        """
        @allow(unused_declaration, reason: "kept for the audit", until: 2026-01-31)
        condition long = prompt.tokens >= 8k
        """),
      instead: sample(
        """
        @allow(unused_declaration, reason: "kept for the audit", until: 2999-01-31)
        condition long = prompt.tokens >= 8k
        """)),
    DiagnosticPage(
      .unusedSuppression,
      finds: "An `@allow` that hides nothing.",
      why: "It would hide the next mistake of that kind, which nobody has looked at.",
      wrong: sample(
        """
        @allow(unused_declaration, reason: "kept for the audit")
        condition long = prompt.tokens >= 8k
        route long_prompts when long { use qwen3-long }
        """),
      instead: sample(
        """
        condition long = prompt.tokens >= 8k
        route long_prompts when long { use qwen3-long }
        """),
      fix: "Removes it; safe, since it does nothing."),
  ]
}
