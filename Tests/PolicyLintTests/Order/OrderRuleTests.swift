import PolicyDiagnostics
import PolicyLint
import Testing

@Suite struct `Unreachable routes` {
  @Test func `one blocker that does something else`() throws {
    try check(
      ShadowedRoute.self,
      """
      route all_long when prompt.tokens >= 4k { use medium }
      route longest when ⟦prompt.tokens >= 16k⟧ { use large }
      otherwise { use small }
      """,
      messages: ["route `longest` is never reached: `all_long` takes all of its requests"])
  }

  @Test func `one blocker that does the same, taken away`() throws {
    try check(
      ShadowedRoute.self,
      """
      route all_long when prompt.tokens >= 4k { use medium }
      route longest when ⟦prompt.tokens >= 16k⟧ { use medium }
      otherwise { use small }
      """,
      fixed: """
        route all_long when prompt.tokens >= 4k { use medium }
        otherwise { use small }
        """)
  }

  @Test(arguments: ["prompt contains", "prompt starts with", "tenant =", "tools has"])
  func `another spelling of a text blocks nothing`(test: String) throws {
    try check(
      ShadowedRoute.self,
      """
      route composed when \(test) "caf\u{E9}" { use medium }
      route decomposed when \(test) "cafe\u{301}" { use large }
      otherwise { use small }
      """)
  }

  @Test func `blockers that only together take everything`() throws {
    try check(
      ShadowedRoute.self,
      """
      facts { plan : free | pro | enterprise = free }
      route a when plan = free { use small }
      route b when stream { use medium }
      route c when not stream and plan != free { use large }
      route d when ⟦plan in (pro, enterprise)⟧ { use small }
      ⟦otherwise⟧ { use small }
      """,
      messages: [
        "route `d` is never reached: `b` and `c` together take all of its requests",
        "`otherwise` is never reached: `a`, `b` and `c` together take every request",
      ])
  }

  @Test(arguments: [
    ("route a when plan = free or plan = pro { use small }", "a", true),
    (
      "route a when plan = free { use small }\nroute b when plan = pro { use medium }", "b", false
    ),
  ])
  func `an otherwise that is there because it has to be is no error`(
    routes: String, last: String, isError: Bool
  ) throws {
    let linted = try LintedPolicy(
      "rung 1\ncatalog \"catalog.yaml\"\nfacts { plan : free | pro = free }\n\(routes)\n"
        + "otherwise { refuse \"no plan\" }",
      rules: [ShadowedRoute.self])
    let found = try #require(linted.diagnostics.first)
    #expect(found.severity == (isError ? .error : .warning))
    let cure =
      "narrow what stands before it, or let it do what `\(last)` does and remove that route"
    #expect(found.notes.contains { $0.message == cure }, "\(found.notes)")
  }

  @Test func `a narrow route above a wide one is left alone`() throws {
    try check(
      ShadowedRoute.self,
      """
      route longest when prompt.tokens >= 16k { use large }
      route all_long when prompt.tokens >= 4k { use medium }
      otherwise { use small }
      """)
  }
}

@Suite struct `Contradictions` {
  @Test(arguments: [
    "facts { plan : free | pro = free }\nroute a when ⟦plan = free and plan = pro⟧ { use small }",
    "route a when ⟦prompt.tokens >= 5k and prompt.tokens < 4k⟧ { use small }",
    "condition short = prompt.chars < 10\nroute a when ⟦short and prompt mentions (\"internationalization of everything\")⟧ { use small }",
    "zone \"UTC\"\nroute a when ⟦date = 2026-11-21 and weekday = monday⟧ { use small }",
    "route a when stream or (⟦stream and not stream⟧) { use small }",
    "route a when ⟦prompt mentions (\"refund policy\") and not prompt mentions (\"refund\")⟧ { use small }",
    "task code when prompt has code\ntask rest otherwise\nroute a when ⟦task = code and not prompt has code⟧ { use small }",
    "route a when ⟦tools = 0 and tools has \"search\"⟧ { use small }",
    "route a when ⟦question contains \"abc\" and not prompt contains \"b\"⟧ { use small }",
  ])
  func `parts that exclude one another`(text: String) throws {
    try check(Contradiction.self, text + "\notherwise { use small }")
  }

  @Test(arguments: [
    "route a when prompt mentions (\"refund\") and not prompt mentions (\"refund policy\") { use small }",
    "route a when prompt.chars >= 10 and prompt.chars < 12 { use small }",
    "zone \"UTC\"\nroute a when date >= 2026-11-21 and weekday = monday { use small }",
    "route a when system mentions (\"refund policy\") and not question mentions (\"refund\") { use small }",
  ])
  func `parts that go together`(text: String) throws {
    try check(Contradiction.self, text + "\notherwise { use small }")
  }
}

@Suite struct `Tautologies` {
  @Test(arguments: [
    "facts { plan : free | pro = free }\nroute a when ⟦plan != free or plan != pro⟧ { use small }",
    "route a when ⟦stream or not stream⟧ { use large }",
    "route a when stream and (⟦prompt.tokens < 5k or prompt.tokens >= 2k⟧) { use large }",
  ])
  func `parts that leave nothing out`(text: String) throws {
    try check(Tautology.self, text + "\notherwise { use small }")
  }
}

@Suite struct `Redundant routes` {
  @Test func `a route whose requests fall to the same block`() throws {
    try check(
      RedundantRoute.self,
      """
      route long_context when ⟦prompt.tokens >= 8k⟧ { use medium }
      otherwise { use medium }
      """)
  }

  @Test func `a route that shields its requests from another is needed`() throws {
    try check(
      RedundantRoute.self,
      """
      route long_context when prompt.tokens >= 8k { use medium }
      route streams when stream { use large }
      otherwise { use medium }
      """)
  }
}

@Suite struct `Overlaps` {
  @Test func `that no request meets are left to the rule for unreachable routes`() throws {
    try check(
      OverlapDecidedByOrder.self,
      """
      facts { plan : free | pro = free }
      route a when plan = free { use small }
      route b when plan = pro { use medium }
      route c when stream { use large }
      otherwise { use small }
      """)
  }

  @Test func `with a route that is reached are named`() throws {
    try check(
      OverlapDecidedByOrder.self,
      """
      facts { plan : free | pro = free }
      route a when plan = free { use small }
      route c when ⟦stream⟧ { use large }
      otherwise { use small }
      """)
  }
}
