import PolicyCompiler
import PolicyDiagnostics
import PolicyImport
import PolicySource
import RoutingTestSupport
import Testing

@Suite struct `Samples of the formats` {
  @Test(arguments: Samples.all)
  func `become these policies, catalogs and findings`(
    sample: (format: RouterFormat, name: String)
  ) throws {
    let ask = try ImportedAsk(sample.format, try Samples.text(sample.name))
    let findings = ask.imported.findings.map { finding in
      "\(finding.line) \(finding.kind.rawValue) \(finding.what)\n  \(finding.why)\n  \(finding.cure)\n"
    }
    let texts = [
      ("policy.rung", try #require(ask.imported.policy)),
      ("catalog.yaml", try #require(ask.imported.catalog)), ("findings", findings.joined()),
    ]
    for (name, text) in texts {
      let expected = try GoldenFile("\(sample.format.rawValue)/\(name)").expected(instead: text)
      #expect(text == expected)
    }
  }

  @Test(arguments: Samples.all)
  func `never lose a secret`(sample: (format: RouterFormat, name: String)) throws {
    let text = try Samples.text(sample.name)
    let secrets = text.split { !($0.isLetter || $0.isNumber || $0 == "-") }
      .filter { $0.hasPrefix("sk-") }
    let imported = try ImportedAsk(sample.format, text).imported
    let findings = imported.findings.map { "\($0.what) \($0.why) \($0.cure)" }.joined()
    let out = (imported.policy ?? "") + (imported.catalog ?? "") + findings
    for secret in secrets { #expect(!out.contains(secret)) }
    if sample.format != .semanticRouter { #expect(secrets.count >= 1) }
  }

  @Test(arguments: Samples.all)
  func `name every finding's line, and each key that was left out stands there`(
    sample: (format: RouterFormat, name: String)
  ) throws {
    let text = try Samples.text(sample.name)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let imported = try ImportedAsk(sample.format, text).imported
    #expect(!imported.findings.isEmpty)
    for finding in imported.findings {
      let isThere = (1...lines.count).contains(finding.line)
      #expect(isThere)
      #expect(!finding.why.isEmpty && !finding.cure.isEmpty)
      // The last key of the path, where the path ends in one.
      let key = finding.what.split(separator: ".").last.map(String.init) ?? ""
      guard finding.kind == .leftOut, isThere, !key.contains("["), !key.isEmpty,
        finding.what.contains(".")
      else { continue }
      #expect(lines[finding.line - 1].contains(key), "\(finding.line) \(finding.what)")
    }
  }

  @Test(arguments: RouterFormat.allCases)
  func `of another format are refused by that format's name`(format: RouterFormat) throws {
    for (other, name) in Samples.all where other != format {
      let file = SourceFile(path: name, text: try Samples.text(name))
      // JSON is YAML too, so it is its keys that tell; YAML is no JSON.
      #expect(throws: ImportProblem.self) { try PolicyImport.read(format, file) }
    }
  }
}
