import PolicyDiagnostics
import PolicyLint
import PolicySemantics
import PolicySource
import PolicyUnits
import SettingsReading
import Testing
import YAMLReading

@Suite struct `What rung.yaml says` {
  static let rules = RuleFloors(pages: SemanticPages.all + LintPages.all + SettingsPages.all)

  /// Evidence files beside the settings.
  private static let files = [
    "good.json": #"""
    {"rung_evidence":1,"kind":"similar","encoder":"minilm","guards":"ab","threshold":0.85,
     "different":400,"wrong":1}
    """#,
    "unknown.json": #"{"rung_evidence":1,"kind":"polish","gate":"polite"}"#,
    "gate.json": #"""
    {"rung_evidence":1,"kind":"gate","gate":"polite","definition":"ab","tiers":[
     {"ladder":"up","model":"m","version":"m-1","threshold":0.8,"accepted":60,"right":59},
     {"ladder":"up","model":"n","version":"n","accepted":1,"right":1}]}
    """#,
    "half.json": #"{"rung_evidence":1,"kind":"gate","gate":"polite","definition":"ab"}"#,
    "right.json": #"""
    {"rung_evidence":1,"kind":"gate","gate":"polite","definition":"ab","tiers":[
     {"ladder":"up","model":"m","version":"m-1","accepted":5,"right":6}]}
    """#,
    "later.json": #"{"rung_evidence":2,"kind":"similar"}"#,
    "text.json": "nothing",
    "counts.json": #"""
    {"rung_evidence":1,"kind":"similar","encoder":"m","guards":"ab","threshold":0.8,"different":4,
     "wrong":5}
    """#,
    "threshold.json":
      #"{"rung_evidence":1,"kind":"similar","encoder":"m","guards":"ab","threshold":8}"#,
  ]

  @Test func `evidence is read from the files they name, whatever its kind`() {
    let settings = read("evidence: [good.json, unknown.json, gate.json]\nrules:\n")
    #expect(settings.diagnostics.isEmpty)
    #expect(
      settings.value.evidence == [
        MeasuredEvidence(
          name: "good.json",
          content: .similar(
            SimilarityEvidence(
              encoder: "minilm", guards: "ab", threshold: Score(millionths: 850_000),
              different: 400, wrong: 1))),
        MeasuredEvidence(name: "unknown.json", content: .other("polish")),
        MeasuredEvidence(
          name: "gate.json",
          content: .gate(
            GateEvidence(
              gate: "polite", definition: "ab",
              tiers: [
                GateEvidence.Tier(
                  ladder: "up", model: "m", version: "m-1", threshold: Score(millionths: 800_000),
                  accepted: 60, right: 59),
                GateEvidence.Tier(
                  ladder: "up", model: "n", version: "n", threshold: nil, accepted: 1, right: 1),
              ]))),
      ])
    let nothing = read("evidence: []\n")
    #expect(nothing.diagnostics.isEmpty && nothing.value.evidence.isEmpty)
  }

  @Test(arguments: [
    ("later.json", "it is of version 2, and this one reads version 1"),
    ("text.json", "it is no JSON"),
    ("counts.json", "its counts cannot be"),
    ("half.json", "its `tiers` is missing or not what it has to be"),
    ("right.json", "its counts cannot be"),
    ("threshold.json", "its `threshold` is missing or not what it has to be"),
  ])
  func `evidence that is none is refused by name`(file: String, reason: String) throws {
    let found = read("evidence: [good.json, \(file)]")
    let finding = try #require(found.diagnostics.first)
    #expect(finding.code.rawValue == "settings_broken_evidence")
    #expect(finding.message.contains("`\(file)`") && finding.message.contains(reason))
    #expect(found.value.evidence.count == 1)
  }

  private func read(_ text: String) -> Parsed<LintSettings> {
    SettingsReader.read(SourceFile(path: "rung.yaml", text: text), rules: Self.rules) { name in
      name == "broken.evidence.json" ? Array("{}".utf8) : Self.files[name].map { Array($0.utf8) }
    }
  }

  @Test(arguments: LintSettings.Level.allCases)
  func `each severity is taken`(level: LintSettings.Level) {
    let settings = read("rules:\n  unused_declaration: \(level.rawValue)  # why\n")
    #expect(settings.diagnostics.isEmpty)
    #expect(settings.value[DiagnosticCode("unused_declaration")] == level)
    #expect(settings.value[DiagnosticCode("unused_suppression")] == nil)
  }

  @Test(arguments: ["", "# nothing yet\n", "rules:\n", "rules: {}\n"])
  func `a file without rules sets nothing`(text: String) {
    let settings = read(text)
    #expect(settings.diagnostics.isEmpty)
    #expect(settings.value == LintSettings())
  }

  /// The marked text is what the finding is about.
  @Test(arguments: [
    ("⟦rulez⟧: {}", "settings_unknown_key", "settings have no key `rulez`", "rules"),
    ("⟦severity⟧: {}", "settings_unknown_key", "settings have no key `severity`", nil),
    (
      "rules: {⟦unused_declarations⟧: off}", "settings_unknown_rule",
      "there is no rule `unused_declarations`", "unused_declaration"
    ),
    ("rules: {⟦nonsense⟧: off}", "settings_unknown_rule", "there is no rule `nonsense`", nil),
    (
      "rules: {unused_declaration: ⟦warn⟧}", "settings_unknown_level",
      "there is no severity `warn`", nil
    ),
    (
      "rules: {unused_declaration: ⟦warnings⟧}", "settings_unknown_level",
      "there is no severity `warnings`", "warning"
    ),
    (
      "rules: {unused_declaration: ⟦[off]⟧}", "settings_unknown_level",
      "a severity is one word", nil
    ),
    (
      "rules:\n  ⟦unused_declaration⟧:\n", "settings_unknown_level", "a severity is missing", nil
    ),
    (
      "rules: {unknown_name: ⟦warning⟧}", "settings_below_floor",
      "`unknown_name` cannot be `warning`: its findings are never less than an error", "error"
    ),
    (
      "rules: {unused_suppression: ⟦off⟧}", "settings_below_floor",
      "`unused_suppression` cannot be `off`: its findings are never less than an error", "error"
    ),
    ("rules: ⟦[unknown_name]⟧", "settings_not_a_mapping", "`rules` must be a mapping", nil),
    ("⟦off⟧", "settings_not_a_mapping", "this file must be a mapping", nil),
    ("evidence: ⟦e.json⟧", "settings_not_a_mapping", "`evidence` must be a list of files", nil),
    ("evidence: [⟦[a]⟧]", "settings_not_a_mapping", "`evidence` must be a list of files", nil),
    (
      "evidence: [⟦none.json⟧]", "settings_no_evidence",
      "the evidence file `none.json` cannot be read", nil
    ),
    (
      "rules: {unused_declaration: off, ⟦unused_declaration⟧: error}", "yaml_duplicate_key",
      "the key `unused_declaration` is already in this mapping", nil
    ),
  ])
  func `what is wrong is found at its place`(
    _ marked: String, _ code: String, _ message: String, _ replacement: String?
  ) throws {
    let parts = marked.split(omittingEmptySubsequences: false) { $0 == "⟦" || $0 == "⟧" }
    let start = parts[0].utf8.count
    let found = read(parts.joined()).diagnostics
    let finding = try #require(found.first)
    #expect(found.count == 1, "\(found.map(\.message))")
    #expect(finding.code.rawValue == code)
    #expect(finding.message == message)
    #expect(finding.span.start == start && finding.span.count == parts[1].utf8.count)
    #expect(finding.fixIts.first?.edits.first?.replacement == replacement)
  }

  @Test func `what is wrong does not take the rest with it`() {
    let settings = read("rules:\n  nonsense: off\n  unused_declaration: error\n")
    #expect(settings.diagnostics.count == 1)
    #expect(settings.value[DiagnosticCode("unused_declaration")] == .error)
  }

  @Test func `an error may be called an error`() {
    let settings = read("rules: {unknown_name: error}")
    #expect(settings.diagnostics.isEmpty)
  }

  @Test func `every rule may be named, down to its floor and no further`() {
    for rule in LintRules.all {
      let off = read("rules: {\(rule.code.rawValue): off}")
      #expect(off.diagnostics.isEmpty == (rule.floor == nil), "\(rule.code.rawValue)")
      guard let floor = rule.floor else { continue }
      let least = read("rules: {\(rule.code.rawValue): \(floor.rawValue)}")
      #expect(least.diagnostics.isEmpty, "\(rule.code.rawValue)")
    }
  }

  @Test(arguments: SettingsPages.all.map(\.code))
  func `a page's sample draws its code, and the cure nothing`(code: DiagnosticCode) throws {
    let page = try #require(SettingsPages.all.first { $0.code == code })
    #expect(page.language == .settings && page.severity == .error)
    let wrong = read(try #require(page.wrong)).diagnostics
    #expect(wrong.map(\.code) == [code])
    #expect(read(try #require(page.instead)).diagnostics.isEmpty)
  }

  @Test func `bytes that are no settings are refused, not feared`() {
    let texts: [[UInt8]] = [
      [0xFF, 0xFE, 0x61], [0x00], Array("rules: &a {x: *a}".utf8), Array("!!map {}".utf8),
      Array(repeating: UInt8(ascii: "["), count: 10_000), Array("rules: {a: {b: c}}".utf8),
      Array("a: 1\n---\nb: 2\n".utf8), Array(repeating: UInt8(ascii: "#"), count: 2 << 20),
    ]
    for bytes in texts {
      let file = SourceFile(id: SourceID(0), path: "rung.yaml", bytes: bytes)
      #expect(!SettingsReader.read(file, rules: Self.rules).diagnostics.isEmpty)
    }
  }
}
