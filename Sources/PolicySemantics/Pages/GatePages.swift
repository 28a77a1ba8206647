import PolicyDiagnostics

extension SemanticPages {
  static let gates: [DiagnosticPage] = [
    DiagnosticPage(
      .missingThreshold,
      finds: "A score that stands where a yes or no is needed.",
      why: "A score says how good, never whether that is enough: every use names its threshold.",
      wrong: sample(
        """
        gate helpful = judge(qwen3-32b, "Does it address the question?")
        ladder two { tier qwen3-8b accept helpful  tier qwen3-32b }
        route chats when turn >= 2 { use two }
        """),
      instead: sample(
        """
        gate helpful = judge(qwen3-32b, "Does it address the question?")
        ladder two { tier qwen3-8b accept helpful >= 0.8  tier qwen3-32b }
        route chats when turn >= 2 { use two }
        """),
      fix: "Adds a threshold for you to change: 0.8 is a start, not a finding."),
    DiagnosticPage(
      .needlessThreshold,
      finds: "A yes/no gate with a threshold.",
      why: "There is nothing between yes and no to hold a number against.",
      wrong: sample(
        """
        gate solid = not refusal and finish = stop
        ladder two { tier qwen3-8b accept solid >= 0.8  tier qwen3-32b }
        route chats when turn >= 2 { use two }
        """),
      instead: sample(
        """
        gate solid = not refusal and finish = stop
        ladder two { tier qwen3-8b accept solid  tier qwen3-32b }
        route chats when turn >= 2 { use two }
        """),
      fix: "Leaves the threshold out."),
    DiagnosticPage(
      .wrongDirection,
      finds: "A threshold that would accept the worse answers, or a mix of opposite scores.",
      why:
        "Every score says whether higher or lower is better; `>=` and `<=` have to agree with it.",
      wrong: sample(
        """
        gate helpful = judge(qwen3-32b, "Does it address the question?")
        ladder two { tier qwen3-8b accept helpful <= 0.8  tier qwen3-32b }
        route chats when turn >= 2 { use two }
        """),
      instead: sample(
        """
        gate helpful = judge(qwen3-32b, "Does it address the question?")
        ladder two { tier qwen3-8b accept helpful >= 0.8  tier qwen3-32b }
        route chats when turn >= 2 { use two }
        """),
      fix: "Turns the comparison round."),
    DiagnosticPage(
      .sharesNotWhole,
      finds: "Shares of a split or a mix that do not add up to 100%.",
      why: "What the missing part of the traffic would get, nobody has said.",
      wrong: sample(
        """
        route canary when stream {
          split by user { 90% use qwen3-8b  5% use qwen3-32b }
        }
        """),
      instead: sample(
        """
        route canary when stream {
          split by user { 95% use qwen3-8b  5% use qwen3-32b }
        }
        """)),
    DiagnosticPage(
      .bestNotComparable,
      finds: "`on exhausted return best` in a ladder whose gated tiers do not share a first gate.",
      why: """
        The best answer is the one that did best on the first gate of `accept`. Scores of different \
        gates cannot be compared, and without a gate there is none.
        """,
      wrong: sample(
        """
        gate helpful = judge(qwen3-32b, "Does it address the question?")
        gate solid   = not refusal
        ladder two {
          tier qwen3-8b  accept helpful >= 0.8
          tier qwen3-32b accept solid
          on exhausted return best
        }
        route chats when turn >= 2 { use two }
        """),
      instead: sample(
        """
        gate helpful = judge(qwen3-32b, "Does it address the question?")
        gate solid   = not refusal
        ladder two {
          tier qwen3-8b  accept helpful >= 0.8
          tier qwen3-32b accept helpful >= 0.6 and solid
          on exhausted return best
        }
        route chats when turn >= 2 { use two }
        """)),
    DiagnosticPage(
      .missingPrice,
      finds:
        "A bound on money over a model, judge or embedder whose price the catalog does not know.",
      why: """
        A missing price is unknown, never zero. A bound over it could be broken by the first call, \
        so such a policy does not compile.
        """,
      wrong: sample(
        """
        ladder cheap_first(max_budget = $0.50) { tier house-llm  tier qwen3-8b }
        route chats when turn >= 2 { use cheap_first }
        """),
      instead: sample(
        """
        ladder cheap_first(max_budget = $0.50) { tier qwen3-8b  tier qwen3-32b }
        route chats when turn >= 2 { use cheap_first }
        """),
      fix: "Add the price to the catalog; a model that costs nothing says so with \"0\"."),
    DiagnosticPage(
      .unreachableTier,
      finds: "A tier behind one that accepts everything, in a ladder that a failure ends.",
      why: "The tier looks like a safety net and is none.",
      wrong: sample(
        """
        ladder two { tier qwen3-8b  tier qwen3-32b  on failed stop }
        route chats when turn >= 2 { use two }
        """),
      instead: sample(
        """
        gate solid = not refusal
        ladder two { tier qwen3-8b accept solid  tier qwen3-32b  on failed stop }
        route chats when turn >= 2 { use two }
        """)),
    DiagnosticPage(
      .gateTooLarge,
      finds:
        "A gate that, once the gates it reads are spelled out, asks for more than 1,000 of them.",
      why: """
        Each answer is held against all of it, and each reader of the policy would have to. Gates \
        that read each other twice double at every step.
        """,
      wrong: sample(
        """
        gate g0 = not refusal

        """
          + (1...10).map { "gate g\($0) = g\($0 - 1) and g\($0 - 1)" }.joined(separator: "\n")
            + """

            ladder two { tier qwen3-8b accept g10  tier qwen3-32b }
            route chats when turn >= 2 { use two }
            """),
      instead: sample(
        """
        gate g0 = not refusal
        ladder two { tier qwen3-8b accept g0  tier qwen3-32b }
        route chats when turn >= 2 { use two }
        """),
      fix: "Name each gate once where it is needed."),
  ]
}
