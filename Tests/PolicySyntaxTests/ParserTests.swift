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

  @Test(arguments: ["helpdesk", "research", "starter", "support"])
  func `the shipped policies parse`(name: String) throws {
    let bytes = try Checkout.bytes("policies/\(name)/policy.rung")
    let source = SourceFile(id: SourceID(0), path: "policy.rung", bytes: bytes)
    let parsed = PolicyParser.parse(source)
    #expect(DiagnosticDump.text(parsed.diagnostics, of: source) == "")
  }
}
