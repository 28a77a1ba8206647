import PolicyDiagnostics
import PolicyLint
import Testing

@Suite struct `A compression that cannot save` {
  private func policy(_ method: String, use: String, size: String = "50%", line: String) -> String {
    """
    gate fine = not refusal
    gate other = agrees(large)
    ladder climbing { tier small accept fine  tier medium accept fine  tier large }
    ladder twice { tier small accept other >= 0.5  tier medium }
    compress trim { target context  to \(size) with \(method) }
    route a when turn >= 2 {
      \(line)
      \(use)
    }
    route b when turn >= 3 { use climbing fallback twice }
    \(rest)
    """
  }

  @Test(arguments: [
    // 0.10 + 0.5 × 0.40 against 0.5 × 0.01 for each try.
    ("medium", "use small", "this costs $0.30 for 1M tokens of context and spares at most $0.005"),
    (
      "medium", "use small attempts 3 fallback medium",
      "this costs $0.30 for 1M tokens of context and spares at most $0.065"
    ),
    (
      "large", "split by user { 50% use small 50% use large }",
      "this costs $3.00 for 1M tokens of context and spares at most $0.50"
    ),
    (
      "large", "use climbing", "this costs $3.00 for 1M tokens of context and spares at most $0.555"
    ),
  ])
  func `is a warning if no way through the route saves`(
    method: String, use: String, message: String
  ) throws {
    try check(
      CompressionCannotSave.self, policy(method, use: use, line: "⟦compress trim⟧"),
      fixed: policy("extractive", use: use, line: "compress trim"), messages: [message])
  }

  @Test func `is a note if it does not save by measured acceptances`() throws {
    // 0.01 + 0.5 × 0.02 = 0.02 against 0.5 × (0.01 + 0.2 × 0.10 + 0.02 × 1.00) = 0.025: it saves.
    try check(
      CompressionCannotSave.self, policy("small", use: "use climbing", line: "compress trim"))
    // 0.30 against 0.025, and up to 0.555 if every tier is reached.
    let linted = try LintedPolicy(
      "rung 1\ncatalog \"catalog.yaml\"\n"
        + policy("medium", use: "use climbing", line: "compress trim"),
      rules: [CompressionCannotSave.self])
    #expect(linted.diagnostics.map(\.severity) == [.note])
    #expect(
      linted.diagnostics.map(\.message) == [
        "this costs $0.30 for 1M tokens of context and spares $0.025 if no call fails"
      ])
  }

  @Test(arguments: [
    ("small", "use large", "50%"), ("small", "use requested fallback small", "50%"),
    ("medium", "use small", "500 tokens"), ("extractive", "use small", "50%"),
    // The second opinion reads the context too.
    ("medium", "use twice", "20%"),
    ("large", "shadow 100% use cached\n  use cached fallback cached attempts 3", "10%"),
  ])
  func `others draw nothing`(method: String, use: String, size: String) throws {
    try check(
      CompressionCannotSave.self, policy(method, use: use, size: size, line: "compress trim"))
  }

  @Test func `a method another route gains by is left alone`() throws {
    let text = """
      compress trim { target context  to 50% with medium }
      route a when turn >= 3 { ⟦compress trim⟧ use small }
      route b when turn >= 2 { compress trim use large }
      \(rest)
      """
    try check(CompressionCannotSave.self, text)
    let plain = text.filter { $0 != "⟦" && $0 != "⟧" }
    let linted = try LintedPolicy(
      "rung 1\ncatalog \"catalog.yaml\"\n" + plain, rules: [CompressionCannotSave.self])
    #expect(linted.diagnostics.flatMap(\.fixIts).isEmpty)
  }
}

@Suite struct `A compression of a cached prefix` {
  @Test(arguments: [
    ("10%", "use medium", false), ("50%", "use medium", false), ("50%", "use cached", true),
    ("10%", "use cached", false), ("50%", "use small fallback cached", false),
    ("50%", "split by user { 50% use cached 50% use medium }", false),
    ("50%", "split by user { 50% use cached 50% use cached max_output 9 tokens }", true),
    ("900 tokens", "use cached", false), ("50%", "use requested fallback cached", false),
  ])
  func `is noted where the cached price is below what is left`(
    size: String, use: String, isFound: Bool
  ) throws {
    let line = isFound ? "⟦compress trim⟧" : "compress trim"
    try check(
      CompressionBreaksPrefix.self,
      """
      compress trim { target context  to \(size) with extractive }
      route a when turn >= 2 {
        \(line)
        \(use)
      }
      \(rest)
      """)
  }
}

@Suite struct `A compression of code` {
  @Test(arguments: [
    ("context has code", "", Severity.warning), ("prompt has (email, json)", "", .note),
    ("task = work", "when context.chars >= 500", .warning),
    ("stream or context has table", "when not context has code", .warning),
  ])
  func `is found`(condition: String, when: String, severity: Severity) throws {
    let linted = try LintedPolicy(policy(condition, when), rules: [CompressedCode.self])
    #expect(linted.diagnostics.map(\.severity) == [severity])
    let marked = policy(condition, when, line: "⟦compress trim⟧")
    // A condition of its own is not rewritten.
    let fixed = policy(condition, "WHEN").replacing(
      "context WHEN to", with: "context  when not context has (code, json, table)  to")
    try check(CompressedCode.self, marked, fixed: when.isEmpty ? fixed : nil)
  }

  @Test(arguments: [
    ("question has code", ""), ("not context has code", ""), ("context has (url, email)", ""),
    ("context has code", "when not context has (code, json)"), ("turn >= 2", ""),
  ])
  func `others draw nothing`(condition: String, when: String) throws {
    try check(CompressedCode.self, policy(condition, when))
  }

  private func policy(
    _ condition: String, _ when: String, line: String = "compress trim"
  ) -> String {
    """
    rung 1
    catalog "catalog.yaml"
    task work when context has code
    task chat otherwise
    compress trim { target context \(when) to 50% with extractive }
    route a when \(condition) {
      \(line)
      use small
    }
    route b when task = chat { use small }
    \(rest)
    """
  }
}
