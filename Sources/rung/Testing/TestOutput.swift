import ArgumentParser
import PolicyCompiler
import PolicyDiagnostics
import PolicyExplain
import PolicySemantics
import PolicySource
import RoutingRuntime

/// How `rung test` prints its results.
enum TestFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, junit, github
}

/// The results of several policies' tests, as other programs read them.
struct TestOutput {
  let reports: [TestReport]

  /// One document: a policy is a suite, each of its tests a case of it.
  ///
  /// An `always` that is not decided is a skipped case, with the reason.
  var junit: String {
    let total = reports.reduce(0) { $0 + $1.entries.count }
    let failed = reports.reduce(0) { $0 + $1.count(.failed) }
    let skipped = reports.reduce(0) { $0 + $1.count(.notDecided) }
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<testsuites name="rung test" tests="\#(total)" failures="\#(failed)" "#
        + #"skipped="\#(skipped)">"#,
    ]
    for report in reports { lines += suite(report) }
    lines.append("</testsuites>")
    return lines.joined(separator: "\n")
  }

  private func suite(_ report: TestReport) -> [String] {
    let path = XMLText.attribute(report.compiled.path)
    let head =
      #"  <testsuite name="\#(path)" tests="\#(report.entries.count)" "#
      + #"failures="\#(report.count(.failed))" skipped="\#(report.count(.notDecided))">"#
    return [head] + report.entries.flatMap { testCase($0, path, report) } + ["  </testsuite>"]
  }

  private func testCase(
    _ entry: TestReport.Entry, _ path: String, _ report: TestReport
  ) -> [String] {
    var place = ""
    if let file = report.compiled.policy.sources[entry.span.file] {
      let line = file.location(of: entry.span.start).line
      place = #" file="\#(XMLText.attribute(file.path))" line="\#(line)""#
    }
    let head =
      #"    <testcase classname="\#(path)" name="\#(XMLText.attribute(entry.title))"\#(place)"#
    switch entry.outcome {
    case .passed: return [head + "/>"]
    case .notDecided:
      return [
        head + ">", #"      <skipped message="\#(XMLText.attribute(entry.note))"/>"#,
        "    </testcase>",
      ]
    case .failed:
      let text = report.details(of: entry).joined(separator: "\n")
      return [
        head + ">",
        #"      <failure message="\#(XMLText.attribute(message(of: entry, report)))">"#
          + XMLText.content(text) + "</failure>",
        "    </testcase>",
      ]
    }
  }

  private func message(of entry: TestReport.Entry, _ report: TestReport) -> String {
    entry.failures.first.map { report.words.problem($0.problem, written: $0.span) } ?? entry.note
  }

  /// One workflow command for each line that does not hold, at its place; empty if all hold.
  var github: String {
    var text = GitHubRenderer().render(
      reports.map { report in
        DiagnosticReport(
          path: report.compiled.path, sources: report.compiled.policy.sources,
          diagnostics: report.diagnostics)
      })
    if text.hasSuffix("\n") { text.removeLast() }
    return text
  }
}

extension TestReport {
  /// What failed, and why the request was decided as it was.
  func details(of entry: Entry) -> [String] {
    entry.failures.map(line) + explanation(of: entry)
  }

  fileprivate var diagnostics: [Diagnostic] {
    entries.flatMap { entry -> [Diagnostic] in
      switch entry.outcome {
      case .passed: []
      case .notDecided:
        [Diagnostic(.testNotDecided, .warning, "\(entry.title): \(entry.note)", at: entry.span)]
      case .failed:
        entry.failures.map { failure in
          let problem = words.problem(failure.problem, written: failure.span)
          return Diagnostic(.testFailed, .error, "\(entry.title): \(problem)", at: failure.span)
        }
      }
    }
  }
}

extension DiagnosticCode {
  /// Not findings about a policy but about its tests: they have no page, and no `@allow` names them.
  fileprivate static let testFailed = DiagnosticCode("test_failed")
  fileprivate static let testNotDecided = DiagnosticCode("test_not_decided")
}
