import Foundation
import PolicyDiagnostics
import PolicySource
import RoutingTestSupport
import Testing

/// What findings look like, for people and for programs; the expected texts are golden files.
@Suite struct RenderingTests {
  @Test(arguments: RenderingCase.all)
  func `lays findings out for people`(_ example: RenderingCase) throws {
    let text = DiagnosticTextRenderer(sources: example.sources, width: example.width)
      .render(example.diagnostics.reversed())
    #expect(try text == GoldenFile("\(example.name).txt").expected(instead: text))
  }

  @Test(arguments: RenderingCase.all)
  func `writes findings for programs`(_ example: RenderingCase) throws {
    let text = DiagnosticJSONRenderer(sources: example.sources).render(example.diagnostics) + "\n"
    #expect(try text == GoldenFile("\(example.name).json").expected(instead: text))
    let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect(json?["version"] as? Int == 1)
    #expect((json?["diagnostics"] as? [Any])?.count == example.diagnostics.count)
  }

  @Test(arguments: RenderingCase.all)
  func `adds nothing but colour when asked`(_ example: RenderingCase) {
    let plain = DiagnosticTextRenderer(sources: example.sources, width: example.width)
      .render(example.diagnostics)
    let coloured = DiagnosticTextRenderer(
      sources: example.sources, colour: true, width: example.width
    ).render(example.diagnostics)
    #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    #expect(!plain.contains("\u{1B}"))
    #expect(coloured.contains("\u{1B}[1;") == !example.diagnostics.isEmpty)
  }

  @Test func `never crashes on a span outside of its file`() {
    var sources = SourceMap()
    _ = sources.add(path: "x", bytes: [0xFF, 0x0A, 0xE4, 0xB8])
    for start in UInt32(0)..<8 {
      for end in start..<9 {
        let span = Span(file: SourceID(0), start: start, end: end)
        let diagnostic = Diagnostic(
          "x", .error, "y", at: span, fixIts: [FixIt("z", edits: [Edit(span, "w")])])
        #expect(!DiagnosticTextRenderer(sources: sources).render([diagnostic]).isEmpty)
        #expect(!DiagnosticJSONRenderer(sources: sources).render([diagnostic]).isEmpty)
      }
    }
  }

  @Test func `counts what it found`() {
    let span = Span(file: SourceID(0), start: 0, end: 0)
    let found = [Severity.error, .error, .warning].map { Diagnostic("x", $0, "y", at: span) }
    #expect(DiagnosticCounts(found).summary == "2 errors, 1 warning")
    #expect(DiagnosticCounts([]).summary == "")
  }

  @Test func `shows something of every kind before all of one`() {
    func finding(_ code: String, _ severity: Severity, _ offset: UInt32) -> Diagnostic {
      Diagnostic(
        DiagnosticCode(code), severity, code,
        at: Span(file: SourceID(0), start: offset, end: offset))
    }
    let many = (0..<1000).map { finding("many", .warning, UInt32($0)) }
    let found = many + [finding("rare", .warning, 5000), finding("wrong", .error, 6000)]
    let shown = Diagnostic.mostSevere(4, of: found) { $0 }
    #expect(shown.map(\.code.rawValue) == ["many", "many", "rare", "wrong"])
    #expect(shown.map(\.span.start) == [0, 1, 5000, 6000])
    #expect(Diagnostic.mostSevere(1, of: found) { $0 }.map(\.code.rawValue) == ["wrong"])
    #expect(Diagnostic.mostSevere(2000, of: found) { $0 } == found)
  }
}
