import PolicyDiagnostics
import PolicySource
import PolicySyntax
import Testing

/// A fix that leaves a policy with an error at the same place is worse than none.
@Suite struct `Fixes of what the parser finds` {
  @Test(arguments: Corpus.findings)
  func `cure their finding and add none`(name: String) throws {
    for entry in try Corpus.findings(name).entries {
      let errors = PolicyParser.parse(entry.source).diagnostics
      for finding in errors {
        for fixIt in finding.fixIts {
          let complaint = Self.complaint(about: fixIt, of: finding, among: errors, in: entry.source)
          #expect(complaint == nil, "\(entry.heading): \(finding.message): \(fixIt.message)")
        }
      }
    }
  }

  @Test(arguments: [
    ("otherwise { use m timeout=30s }", "otherwise { use m timeout 30s }"),
    ("otherwise { set temperature 0;use m }", "otherwise { set temperature 0 use m }"),
    ("otherwise { use=m }", "otherwise { use m }"),
    ("otherwise { use m ; }", "otherwise { use m  }"),
    ("route a when stream&&batch { use m }", "route a when stream and batch { use m }"),
    ("ladder l { tier m,tier n }", "ladder l { tier m tier n }"),
    (
      "test \"t\" { request { turn = 1 } expect { calls=1,route=a } }",
      "test \"t\" { request { turn = 1 } expect { calls=1 route=a } }"
    ),
  ])
  func `keep words apart that only a mark stood between`(written: String, fixed: String) {
    var sources = SourceMap()
    var file = sources.add(path: "policy.rung", bytes: Array("rung 1\n\(written)\n".utf8))
    let findings = PolicyParser.parse(file).diagnostics
    let plan = FixPlan(findings, in: sources, files: [file.id], includingUnsafe: false)
    file = SourceFile(id: file.id, path: file.path, bytes: plan.bytes(of: file))
    #expect(file.text(of: file.span) == "rung 1\n\(fixed)\n")
    #expect(PolicyParser.parse(file).diagnostics.isEmpty)
  }

  private static func complaint(
    about fixIt: FixIt, of finding: Diagnostic, among errors: [Diagnostic], in source: SourceFile
  ) -> String? {
    var alone = finding
    alone.fixIts = [fixIt]
    var sources = SourceMap()
    let file = sources.add(path: source.path, bytes: source.bytes)
    let plan = FixPlan([alone], in: sources, files: [file.id], includingUnsafe: true)
    guard !plan.isEmpty else { return "it cannot be applied" }
    let fixed = SourceFile(id: file.id, path: file.path, bytes: plan.bytes(of: file))
    let left = PolicyParser.parse(fixed).diagnostics
    let known = Set(errors.map(\.message))
    let new = left.filter { !known.contains($0.message) }
    // Behind one cure the same words may have another mistake, with a cure of its own.
    let isCured = left.count == errors.count && new.allSatisfy { !$0.fixIts.isEmpty }
    guard left.count < errors.count || isCured && !new.isEmpty else {
      return "\(errors.count) findings became \(left.count), new: \(new.map(\.message))\n"
        + fixed.text(of: fixed.span)
    }
    return nil
  }
}
