import PolicyDiagnostics

extension SemanticPages {
  static let names: [DiagnosticPage] = [
    DiagnosticPage(
      .unknownName,
      finds: "A name that neither the policy, nor its imports, nor its catalog declares.",
      why: """
        The vocabulary of a policy is closed: every name is resolved before the first request, so a \
        misspelt fact or model can never turn into a condition that silently fails.
        """,
      wrong: sample("route long when prompt.token >= 8k { use deepseek-reasoner }"),
      instead: sample("route long when prompt.tokens >= 8k { use deepseek-reasoner }"),
      fix: "Takes the near name, where there is one. Look at it: it changes what the policy means."),
    DiagnosticPage(
      .unknownValue,
      finds: "A value that its field, fact or option does not have.",
      why: "A test against a value that cannot occur would never hold, and nobody would be told.",
      wrong: sample(
        """
        facts { plan : free | pro = free }
        route paid when plan = por { use deepseek-reasoner }
        """),
      instead: sample(
        """
        facts { plan : free | pro = free }
        route paid when plan = pro { use deepseek-reasoner }
        """),
      fix: "Takes the near value, where there is one."),
    DiagnosticPage(
      .modelSetAside,
      finds: "A model that the catalog has but sets aside.",
      why: """
        An imported catalog holds prices nobody vouches for: zero, or a thousand times too high, and \
        providers without an address. Such a model is known by name and cannot be used until \
        somebody has looked and said so in the catalog.
        """,
      wrong: sample("route long when prompt.tokens >= 8k { use glm-4.5 }"),
      instead: sample("route long when prompt.tokens >= 8k { use qwen3-long }"),
      fix: "There is none: the word is the catalog owner's."),
    DiagnosticPage(
      .duplicateName,
      finds: "A name that is declared twice, in one file or in two.",
      why: """
        Names stand in logs, coverage and suppressions, so one name means one thing. Nothing \
        overrides: if an import and the policy declare the same name, neither wins.
        """,
      wrong: sample(
        """
        condition long = prompt.tokens >= 8k
        route long when long { use qwen3-long }
        """),
      instead: sample(
        """
        condition is_long = prompt.tokens >= 8k
        route long when is_long { use qwen3-long }
        """),
      fix: "Rename one of them; both places are shown."),
    DiagnosticPage(
      .takenName,
      finds:
        "A ladder, gate or classifier with a name that would mean something else where it is used.",
      why:
        "`use requested` asks the model the caller named; a ladder of that name could not be told apart.",
      wrong: sample(
        """
        ladder requested { tier qwen3-8b }
        route long when prompt.tokens >= 8k { use requested fallback qwen3-long }
        """),
      instead: sample(
        """
        ladder asked_for { tier qwen3-8b }
        route long when prompt.tokens >= 8k { use asked_for fallback qwen3-long }
        """),
      fix: "Renames the declaration, not its uses."),
    DiagnosticPage(
      .unusedDeclaration, .warning,
      finds:
        "A fact, classifier, condition, sum of points, gate, ladder or compression that nothing uses.",
      why: """
        What is never used was either forgotten in a route or left behind by one. Budgets, guards, \
        tasks and routes work by being there; what an import brings is there for other policies too.
        """,
      wrong: sample("condition long = prompt.tokens >= 8k"),
      instead: sample(
        """
        condition long = prompt.tokens >= 8k
        route long_prompts when long { use qwen3-long }
        """)),
    DiagnosticPage(
      .wrongKind,
      finds: "A name that exists, but is another kind of thing than its place needs.",
      why: "Kinds are kept apart so that a reader knows from its place what a name can be.",
      wrong: sample(
        """
        gate solid = not refusal
        route long when prompt.tokens >= 8k { use solid }
        ladder up_to_date { tier qwen3-8b accept solid }
        route short when prompt.tokens < 1k { use up_to_date }
        """),
      instead: sample(
        """
        gate solid = not refusal
        ladder up_to_date { tier qwen3-8b accept solid  tier qwen3-long }
        route long when prompt.tokens >= 8k { use up_to_date }
        """)),
    DiagnosticPage(
      .wrongPlace,
      finds: "A field that exists, but not of what is tested here.",
      why: """
        A route decides before there is an answer and a gate judges after; each reads only what is \
        known by then.
        """,
      wrong: sample("route refused when refusal { use deepseek-reasoner }"),
      instead: sample(
        """
        gate answered = not refusal
        ladder careful { tier qwen3-8b accept answered  tier deepseek-reasoner }
        route chats when turn >= 2 { use careful }
        """)),
    DiagnosticPage(
      .cycle,
      finds: "A condition, sum of points, task or gate that depends on its own outcome.",
      why: "Nothing loops: every decision ends, and it ends with one value for each name.",
      wrong: sample(
        """
        condition short = not long
        condition long  = not short and stream
        route brief when short { use qwen3-8b }
        """),
      instead: sample(
        """
        condition short = prompt.tokens < 1k
        condition long  = not short and stream
        route brief when long { use qwen3-long }
        """)),
  ]
}
