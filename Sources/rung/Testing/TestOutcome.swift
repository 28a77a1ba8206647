import JSONWriting
import PolicyCompiler
import PolicyDiagnostics
import PolicySource

/// What came of the tests of one policy among several.
enum TestOutcome {
  case tested(TestReport)
  /// It has errors, so none of its tests was run.
  case broken(DiagnosticReport)

  /// The policy's errors, where it has some.
  init?(errorsOf compilation: PolicyCompilation) {
    guard compilation.compiled == nil else { return nil }
    self = .broken(
      DiagnosticReport(
        path: compilation.path, sources: compilation.sources,
        diagnostics: compilation.diagnostics.filter { $0.severity == .error }))
  }

  var report: TestReport? {
    if case .tested(let report) = self { report } else { nil }
  }

  /// Whether something is wrong for certain.
  var fails: Bool { report?.fails ?? true }

  /// For people, on standard output: of a policy with errors the one line that says so.
  func text(verbose: Bool) -> String {
    switch self {
    case .tested(let report): report.text(verbose: verbose)
    case .broken(let report): "\(report.path): not tested, it has errors"
    }
  }

  /// As ``TestReport/json``; of a policy with errors without tests, and with `diagnostics` and their
  /// counts as `DiagnosticJSONRenderer` writes them.
  var json: String {
    switch self {
    case .tested(let report): return report.json
    case .broken(let report):
      var json = JSONWriter()
      json.object { json in
        json.member("version", TestReport.version)
        json.member("policy", report.path)
        json.member("passed", 0)
        json.member("failed", 0)
        json.member("not_decided", 0)
        json.array("tests") { _ in }
        DiagnosticJSONRenderer(sources: report.sources)
          .members(for: report.diagnostics, in: &json)
      }
      return json.text
    }
  }

  /// Of several policies: `3 policies: 40 passed, 1 failed, 1 policy not tested`.
  static func sum(_ outcomes: [TestOutcome]) -> String {
    let reports = outcomes.compactMap(\.report)
    func count(_ outcome: TestReport.Outcome) -> Int {
      reports.reduce(0) { $0 + $1.count(outcome) }
    }
    var words = ["\(count(.passed)) passed", "\(count(.failed)) failed"]
    if count(.notDecided) > 0 { words.append("\(count(.notDecided)) not decided") }
    let broken = outcomes.count - reports.count
    if broken > 0 { words.append("\(broken) \(broken == 1 ? "policy" : "policies") not tested") }
    return "\(outcomes.count) policies: " + words.joined(separator: ", ")
  }
}
