import PolicyDiagnostics
import PolicySemantics
import Testing

/// Calls, types and values of other languages: one finding each, with what is written instead.
@Suite struct `Tests of other languages` {
  @Test(arguments: [
    ("question.contains(\"x\")", "question contains \"x\""),
    ("question.startswith(\"hi\")", "question starts with \"hi\""),
    ("contains(question, \"x\")", "question contains \"x\""),
    ("re.search(\"a/b\", question)", "question matches /a\\/b/"),
    ("len(question) > 500", "question.chars > 500"),
  ])
  func `that call lead to the same between its two sides`(condition: String, instead: String) {
    let found = errors(around("route r when \(condition) { use qwen3-8b }"))
    #expect(found.map(\.code.rawValue) == ["unknown_name"])
    #expect(found.flatMap(\.fixIts).flatMap(\.edits).map(\.replacement) == [instead])
    let cured = check(around("route r when \(instead) { use qwen3-8b }")).diagnostics
    #expect(!cured.hasErrors)
  }

  @Test(arguments: [
    ("a : string = \"x\"", "text"), ("a : int = 3", "count"), ("a : boolean = false", "bool"),
    ("a : string required", "text"),
  ])
  func `declare types that have another name here`(fact: String, type: String) {
    let found = errors(around("facts { \(fact) }"))
    #expect(found.flatMap(\.fixIts).map(\.message) == ["write `\(type)`"])
  }

  @Test(arguments: ["a : string = string", "a : int | text_ = int", "a : number | other = other"])
  func `declare labels that are called like types`(fact: String) {
    #expect(errors(around("facts { \(fact) }")).isEmpty)
  }

  @Test(arguments: [
    ("route r when stream { use qwen3-8b fallback on rate_limit qwen3-8b }", "limited"),
    ("budget b = $5 per min", "minute"),
    ("route r when stream { split by random { 100% use qwen3-8b } }", "request"),
    ("test \"t\" { request { message = \"x\" } expect { route = otherwise } }", "question"),
    ("test \"t\" { request { question = \"x\" } expect { model = qwen3-8b } }", "first"),
    ("test \"t\" { request { question = \"x\" } expect { cost <= $1 } }", "worst_cost"),
  ])
  func `name values and fields of other routers`(text: String, instead: String) {
    let fixes = errors(around(text)).flatMap(\.fixIts).flatMap(\.edits).map(\.replacement)
    #expect(fixes == [instead])
  }

  @Test func `ask for nothing, which no fact ever is`() {
    let text = around(
      """
      facts { plan : free | pro = free }
      route r when plan = null { use qwen3-8b }
      """)
    let notes = errors(text).flatMap(\.notes).map(\.message)
    #expect(
      notes == [
        "a fact is never missing: what a request leaves out has its default",
        "it is one of `free` or `pro`",
      ])
  }

  /// What stands around something that could not be read says nothing yet.
  @Test func `are not judged around a mistake of spelling`() {
    let text = around(
      """
      facts { vip : bool = false }
      route r when vip == true { use qwen3-8b }
      """)
    #expect(errors(text).map(\.code.rawValue) == ["foreign_spelling"])
  }

  private func errors(_ text: String) -> [Diagnostic] {
    check(text).diagnostics.filter { $0.severity == .error }
  }
}
