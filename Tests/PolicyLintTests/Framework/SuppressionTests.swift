import PolicyDiagnostics
import PolicyGraph
import PolicyLint
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyWorkspace
import RoutingCatalog
import Testing

/// Finds every route; may be hidden.
private enum AnyRoute: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("any_route"), .warning, finds: "A route.", why: "For this test.", wrong: nil,
    instead: nil)

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for route in subject.policy.routes { report.add("a route", at: route.span) }
  }
}

/// Finds every ladder; must never be less than a note.
private enum AnyLadder: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("any_ladder"), .warning, finds: "A ladder.", why: "For this test.", wrong: nil,
    instead: nil)
  static var floor: Severity? { .note }

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for ladder in subject.policy.ladders {
      report.add("a ladder", at: ladder.span, severity: .error)
    }
  }
}

@Suite struct `What @allow does to the findings of rules` {
  private static let rules: [any LintRule.Type] = [AnyRoute.self, AnyLadder.self]

  /// The codes and lines of what is found, and what the fix-its of the first would leave.
  private func findings(
    _ text: String, settings: LintSettings = LintSettings()
  ) throws -> (lines: [String], fixed: String) {
    let text = "rung 1\ncatalog \"catalog.yaml\"\n" + text
    let all = ["catalog.yaml": sampleCatalog, "policy.rung": text]
    let loaded = PolicyLoader.load(
      path: "policy.rung", read: { all[$0].map { Array($0.utf8) } },
      catalog: { file in
        let parsed = CatalogReader.read(file)
        return (parsed.value?.vocabulary, parsed.diagnostics)
      },
      otherRules: ["any_route", "any_ladder"])
    let policy = try #require(loaded.checked, "\(loaded.diagnostics.map(\.message))")
    let subject = LintSubject(graph: try DecisionGraph(policy), files: loaded.files)
    let found = Linter.findings(in: subject, settings: settings, rules: Self.rules)
    let lines = found.map { finding in
      let line = loaded.sources.location(of: finding.span)?.line ?? 0
      return "\(line) \(finding.severity.rawValue) \(finding.code.rawValue)"
    }
    let plan = FixPlan(
      found, in: loaded.sources, files: Set(loaded.files.map(\.source.id)), includingUnsafe: false)
    let fixed = plan.bytes(of: loaded.files[0].source)
    return (lines, String(decoding: fixed, as: UTF8.self))
  }

  @Test func `it hides those of its declaration and no others`() throws {
    let found = try findings(
      """
      @allow(any_route, reason: "the test needs one")
      route a when stream { use small }
      route b when stream { use medium }
      otherwise { use small }
      """)
    #expect(found.lines == ["5 warning any_route", "6 warning any_route"])
  }

  @Test func `one that hides nothing is reported, and its removal is safe`() throws {
    let found = try findings(
      """
      @allow(any_route, reason: "of another kind")
      condition quick = stream
      route a when quick { use medium }
      otherwise { use small }
      """)
    #expect(
      found.lines == [
        "3 error unused_suppression", "5 warning any_route", "6 warning any_route",
      ])
    #expect(
      found.fixed == """
        rung 1
        catalog "catalog.yaml"
        condition quick = stream
        route a when quick { use medium }
        otherwise { use small }
        """)
  }

  @Test func `a second one for the same finding hides nothing`() throws {
    let found = try findings(
      """
      @allow(any_route, reason: "once")
      @allow(any_route, reason: "twice")
      otherwise { use small }
      """)
    #expect(found.lines == ["4 error unused_suppression"])
  }

  @Test func `a rule with a floor cannot be hidden`() throws {
    let found = try findings(
      """
      @allow(any_ladder, reason: "we would like to")
      ladder one { tier small }
      @allow(any_route, reason: "the last one")
      otherwise { use one }
      """)
    #expect(found.lines == ["3 error allow_below_floor", "4 error any_ladder"])
  }

  @Test func `settings set the severity of what is left`() throws {
    var settings = LintSettings()
    settings[DiagnosticCode("any_route")] = .error
    settings[DiagnosticCode("any_ladder")] = .note
    let found = try findings(
      "ladder one { tier small }\notherwise { use one }", settings: settings)
    #expect(found.lines == ["3 note any_ladder", "4 error any_route"])
  }

  @Test func `a rule that is off hides its findings, not what its @allow is worth`() throws {
    var settings = LintSettings()
    settings[DiagnosticCode("any_route")] = .off
    let used = "@allow(any_route, reason: \"kept\")\notherwise { use small }"
    #expect(try findings(used, settings: settings).lines.isEmpty)
    let unused = """
      @allow(any_route, reason: "kept")
      condition quick = stream
      route a when quick { use medium }
      otherwise { use small }
      """
    #expect(try findings(unused, settings: settings).lines == ["3 error unused_suppression"])
  }
}
