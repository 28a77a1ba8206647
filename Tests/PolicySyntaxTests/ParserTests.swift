import PolicyDiagnostics
import PolicySource
import PolicySyntax
import Testing

@Suite struct ParserTests {
  @Test(arguments: Fixture.names)
  func `the policies the language was designed on parse as printed`(name: String) throws {
    let source = try Fixture.source(name)
    let parsed = PolicyParser.parse(source)
    #expect(DiagnosticDump.text(parsed.diagnostics, of: source) == "")
    #expect(parsed.value.version?.number == 1)
  }

  @Test(arguments: Checkout.policies)
  func `the shipped policies parse`(name: String) throws {
    let bytes = try Checkout.bytes("policies/\(name)/policy.rung")
    let source = SourceFile(id: SourceID(0), path: "policy.rung", bytes: bytes)
    let parsed = PolicyParser.parse(source)
    #expect(DiagnosticDump.text(parsed.diagnostics, of: source) == "")
  }

  @Test func `a declaration knows its keyword, its extent and what stands above it`() throws {
    let text = """
      rung 1
      ## Cheap first.
      @allow(unused_ladder, reason: "soon")
      ladder l { tier a }  # after
      """
    let source = SourceFile(path: "d.rung", text: text)
    let declaration = try #require(PolicyParser.parse(source).value.declarations.first)
    #expect(source.text(of: declaration.keyword) == "ladder")
    #expect(source.text(of: declaration.span) == "ladder l { tier a }")
    #expect(declaration.documentation == "Cheap first.")
    #expect(
      declaration.allows.map { source.text(of: $0.span) } == [
        "@allow(unused_ladder, reason: \"soon\")"
      ])
  }

  @Test func `a mistake costs its own line only`() throws {
    let text = """
      rung 1
      task code when
      route a when x {
        cache exact for
        use b fallback
        stick for 30m
      }
      gate g = refusal
      """
    let parsed = PolicyParser.parse(SourceFile(path: "r.rung", text: text))
    #expect(parsed.diagnostics.count == 3)
    #expect(
      TreePrinter.text(of: parsed.value) == """
        (policy 1
          (task code missing)
          (route a x (stick (ms 1800000)))
          (gate g refusal))

        """)
  }
}
