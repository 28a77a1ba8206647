import PolicyDiagnostics

extension SemanticPages {
  static let routes: [DiagnosticPage] = [
    DiagnosticPage(
      .routeAction,
      finds: "A route with no `use`, `split` or `refuse`, or with more than one.",
      why: "A request that takes a route gets exactly one treatment.",
      wrong: sample("route faq when question mentions \"opening hours\" { cache exact for 1h }"),
      instead: sample(
        "route faq when question mentions \"opening hours\" { cache exact for 1h  use qwen3-8b }")),
    DiagnosticPage(
      .repeatedPart,
      finds: "A line, option or outcome that may stand once and stands twice.",
      why: "Nothing overrides, so the second would either be ignored or be a surprise.",
      wrong: sample(
        """
        route faq when question mentions "opening hours" {
          cache exact for 1h
          cache exact for 1d
          use   qwen3-8b
        }
        """),
      instead: sample(
        """
        route faq when question mentions "opening hours" {
          cache exact for 1d
          use   qwen3-8b
        }
        """)),
    DiagnosticPage(
      .uselessLine,
      finds: "A line that can have no effect beside the others.",
      why: "A refused request is never called, cached or shaped; the line suggests that it is.",
      wrong: sample(
        "route attack when prompt mentions \"ignore all rules\" { cache exact for 1h  refuse \"no\" }"
      ),
      instead: sample("route attack when prompt mentions \"ignore all rules\" { refuse \"no\" }")),
    DiagnosticPage(
      .optionOnLadder,
      finds: "An option behind a ladder's name.",
      why: "Options belong to the model before them; a ladder's tiers each have their own.",
      wrong: sample(
        """
        ladder two { tier qwen3-8b  tier qwen3-32b }
        route chats when turn >= 2 { use two timeout 5s }
        """),
      instead: sample(
        """
        ladder two { tier qwen3-8b timeout 5s  tier qwen3-32b }
        route chats when turn >= 2 { use two }
        """),
      fix: "Leaves the option out; write it on the tiers that need it."),
    DiagnosticPage(
      .requestedWithoutFallback,
      finds: "`use requested` without a fallback.",
      why: """
        The caller may name a model the catalog does not have, or none at all. The target is dropped \
        then, and a plan with nothing left is refused.
        """,
      wrong: sample("route by_name when model != \"auto\" { use requested }"),
      instead: sample("route by_name when model != \"auto\" { use requested fallback qwen3-8b }")),
    DiagnosticPage(
      .repeatedTarget, .warning,
      finds: "A fallback or tier that asks a model again in the same way.",
      why: "What has just failed will mostly fail again; to repeat a call there is `attempts`.",
      wrong: sample("route chats when turn >= 2 { use qwen3-32b fallback qwen3-32b }"),
      instead: sample("route chats when turn >= 2 { use qwen3-32b attempts 2 fallback qwen3-8b }")),
    DiagnosticPage(
      .protectedText,
      finds: "A compression of something other than the context.",
      why:
        "System rules and the live question are what the caller relies on; they are never shortened.",
      wrong: sample(
        """
        compress trim { target system  to 50% with extractive }
        route chats when turn >= 2 { compress trim  use qwen3-8b }
        """),
      instead: sample(
        """
        compress trim { target context  to 50% with extractive }
        route chats when turn >= 2 { compress trim  use qwen3-8b }
        """),
      fix: "Takes the context instead."),
    DiagnosticPage(
      .missingSize,
      finds: "A compression that drops something, without a `to` that says how much is to be left.",
      why: """
        How much goes is the author's to say: there is no share that is right everywhere. Only \
        `lossless` drops nothing, and is as short as it turns out to be.
        """,
      wrong: sample(
        """
        compress trim { target context  with extractive }
        route chats when turn >= 2 { compress trim  use qwen3-8b }
        """),
      instead: sample(
        """
        compress trim { target context  to 50% with extractive }
        route chats when turn >= 2 { compress trim  use qwen3-8b }
        """)),
  ]

  static let guards: [DiagnosticPage] = [
    DiagnosticPage(
      .costlyCondition,
      finds:
        "A budget or limit whose `when` reads a classifier or a budget, itself or through a name.",
      why: """
        Whether a limit binds is known before anything is paid for. A classifier is paid for, and \
        budgets are read after the ones that bind are known.
        """,
      wrong: sample(
        """
        classifier subject : law | other {
          reads question  ask qwen3-8b "Which field is it?"  on failure other
        }
        limit legal = 60 requests per tenant per minute when subject = law
        """),
      instead: sample(
        """
        facts { subject : law | other = other }
        limit legal = 60 requests per tenant per minute when subject = law
        """)),
    DiagnosticPage(
      .guardFailsOpen,
      finds: "A guard that no longer holds when the classifier it reads fails.",
      why: """
        A classifier that fails says what its `on failure` names. If the guard may hold for another \
        label and not for that one, an outage of the classifier lifts the protection: failing open \
        must be impossible to write by accident.
        """,
      wrong: sample(
        """
        classifier subject : medical | other {
          reads question  ask qwen3-8b "Which field is it?"  on failure other
        }
        guard private when subject = medical { only models where model.region = eu }
        """),
      instead: sample(
        """
        classifier subject : medical | other {
          reads question  ask qwen3-8b "Which field is it?"  on failure medical
        }
        guard private when subject = medical { only models where model.region = eu }
        """),
      fix: "Let the classifier fail to the label that the guard holds for."),
  ]
}
