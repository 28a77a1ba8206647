import Foundation
import PolicyDiagnostics
import PolicySource
import RoutingGates
import RoutingTestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// SARIF, GitHub commands and JUnit XML; the expected texts are golden files over all samples.
@Suite struct `Formats for continuous integration` {
  static let reports = RenderingCase.all.map { example in
    DiagnosticReport(
      path: example.name + ".rung", sources: example.sources, diagnostics: example.diagnostics)
  }

  static let page = DiagnosticPage(
    DiagnosticCode("unknown_name"), finds: "A name.", why: "Because.", wrong: "a\nb\n",
    instead: "c\n")

  static var sarif: String {
    SARIFRenderer(toolVersion: "1.2.3", pages: [page]).render(reports)
  }

  @Test func `SARIF is what the golden file says`() throws {
    #expect(try Self.sarif == GoldenFile("every_case.sarif").expected(instead: Self.sarif))
  }

  @Test func `GitHub commands are what the golden file says`() throws {
    let text = GitHubRenderer().render(Self.reports)
    #expect(try text == GoldenFile("every_case.github.txt").expected(instead: text))
    #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("::") })
  }

  @Test(arguments: [false, true])
  func `JUnit XML is well formed and what the golden file says`(strict: Bool) throws {
    let text = JUnitRenderer(failsOnWarnings: strict).render(Self.reports)
    let name = strict ? "every_case.strict.junit.xml" : "every_case.junit.xml"
    #expect(try text == GoldenFile(name).expected(instead: text))
    let parser = XMLParser(data: Data(text.utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
  }

  @Test func `SARIF keeps to its schema`() throws {
    let path = "../shared/data/sarif-schema-2.1.0.json"
    let url = Self.root.appending(path: path)
    guard let text = try? String(contentsOf: url, encoding: .utf8) else {
      print("\(path) is not at hand: no SARIF was held against it")
      return
    }
    // The one keyword of draft 4 that is no longer one: the schema's own name.
    let schema = try JSONSchema(text.replacing(/"id": "https:[^"]*",/, with: ""))
    #expect(schema.accepts(Self.sarif))
    #expect(!schema.accepts(Self.sarif.replacing("\"startLine\": 1", with: "\"startLine\": 0")))
    #expect(!schema.accepts(Self.sarif.replacing("utf16CodeUnits", with: "utf8")))
    print("SARIF of \(Self.reports.count) samples held against \(path)")
  }

  @Test func `a second reader of the schema agrees`() throws {
    let script = """
      import json, sys
      try: import jsonschema
      except ImportError: sys.exit(77)
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft4Validator(schema).validate(json.load(sys.stdin))
      """
    let url = Self.root.appending(path: "../shared/data/sarif-schema-2.1.0.json")
    guard FileManager.default.fileExists(atPath: url.path) else {
      print("the SARIF schema is not at hand: no SARIF was held against it")
      return
    }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, url.path]
    let input = Pipe()
    process.standardInput = input
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(Self.sarif.utf8))
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    guard process.terminationStatus != 77, process.terminationStatus != 127 else {
      print("python3 with jsonschema is not at hand: SARIF was held against the schema once only")
      return
    }
    #expect(process.terminationStatus == 0)
  }

  @Test func `SARIF counts columns in UTF-16 units`() throws {
    let family = try #require(RenderingCase.all.first { $0.name == "emoji_and_han" })
    let text = SARIFRenderer(toolVersion: "1", pages: []).render([
      DiagnosticReport(path: "e", sources: family.sources, diagnostics: family.diagnostics)
    ])
    // `nope` follows a family of eight UTF-16 units and an accent of its own.
    let line = try #require(family.sources.files.first).lineText(1)
    let before = try #require(line.range(of: "nope")).lowerBound
    let column = line.utf16.distance(from: line.startIndex, to: before) + 1
    #expect(text.contains("\"startColumn\": \(column),"))
    #expect(text.contains("\"columnKind\": \"utf16CodeUnits\""))
  }

  @Test func `a finding several policies share is written once`() {
    let one = Self.reports[0]
    let again = DiagnosticReport(
      path: "other.rung", sources: one.sources, diagnostics: one.diagnostics)
    let renderer = SARIFRenderer(toolVersion: "1", pages: [])
    #expect(renderer.render([one, again]) == renderer.render([one]))
    #expect(GitHubRenderer().render([one, again]) == GitHubRenderer().render([one]))
  }

  @Test func `a policy without findings is a test that passes`() {
    let clean = DiagnosticReport(path: "a&\"b\".rung", sources: SourceMap(), diagnostics: [])
    let text = JUnitRenderer().render([clean])
    #expect(text.contains(#"<testcase classname="a&amp;&quot;b&quot;.rung" name="no findings"/>"#))
    #expect(text.contains(#"tests="1" failures="0""#))
    #expect(GitHubRenderer().render([clean]).isEmpty)
  }

  @Test func `a path cannot end a command or a reference early`() {
    var sources = SourceMap()
    let file = sources.add(path: "a b,c:d%\n::x/é.rung", bytes: [0x61])
    let finding = Diagnostic(DiagnosticCode("x"), .warning, "100% :: of\r\n\u{1B}it", at: file.span)
    let report = DiagnosticReport(path: file.path, sources: sources, diagnostics: [finding])
    let line = GitHubRenderer().render([report])
    #expect(line.hasPrefix("::warning file=a b%2Cc%3Ad%25%0A%3A%3Ax/é.rung,line=1,"))
    #expect(line.hasSuffix("::100%25 :: of␍␊␛it\n"))
    let sarif = SARIFRenderer(toolVersion: "1", pages: []).render([report])
    #expect(sarif.contains(#""uri": "a%20b%2Cc%3Ad%25%0A%3A%3Ax/%C3%A9.rung""#))
  }

  @Test func `never crashes on a span outside of its file`() {
    var sources = SourceMap()
    _ = sources.add(path: "x", bytes: [0xFF, 0x0A, 0xE4, 0xB8])
    for start in UInt32(0)..<8 {
      for end in start..<9 {
        let span = Span(file: SourceID(0), start: start, end: end)
        let finding = Diagnostic(
          DiagnosticCode("x"), .error, "y", at: span,
          fixIts: [FixIt("z", edits: [Edit(span, "w")], isSafe: true)])
        let report = DiagnosticReport(path: "x", sources: sources, diagnostics: [finding])
        #expect(!SARIFRenderer(toolVersion: "1", pages: []).render([report]).isEmpty)
        #expect(!GitHubRenderer().render([report]).isEmpty)
        #expect(!JUnitRenderer().render([report]).isEmpty)
        let plan = FixPlan([finding], in: sources, files: [SourceID(0)], includingUnsafe: true)
        #expect(plan.isEmpty == (end > 4))
      }
    }
  }

  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
