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
  let outcomes: [TestOutcome]
  /// What is short of what was asked for, by policy.
  var shortfalls: [Shortfall] = []

  struct Shortfall {
    let report: TestReport
    let words: String
  }

  /// One document: a policy is a suite, each of its tests a case of it.
  ///
  /// An `always` that is not decided is a skipped case, with the reason. Of a policy with errors each
  /// error is a case that fails.
  var junit: String {
    let reports = outcomes.compactMap(\.report)
    let broken = outcomes.reduce(0) { $0 + $1.errors }
    let total = reports.reduce(broken) { $0 + $1.entries.count }
    let failed = reports.reduce(broken) { $0 + $1.count(.failed) }
    let skipped = reports.reduce(0) { $0 + $1.count(.notDecided) }
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<testsuites name="rung test" tests="\#(total)" failures="\#(failed)" "#
        + #"skipped="\#(skipped)">"#,
    ]
    for outcome in outcomes {
      switch outcome {
      case .tested(let report): lines += suite(report)
      case .broken(let report): lines += JUnitRenderer().suite(report)
      }
    }
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

  /// One workflow command for each line that does not hold, at its place, for each error of a policy
  /// and for what is short of what was asked for; empty if there is nothing of it.
  var github: String {
    let reports = outcomes.map { outcome in
      switch outcome {
      case .broken(let report): report
      case .tested(let report):
        DiagnosticReport(
          path: report.compiled.path, sources: report.compiled.policy.sources,
          diagnostics: report.diagnostics + shortfalls(of: report))
      }
    }
    var text = GitHubRenderer().render(reports)
    if text.hasSuffix("\n") { text.removeLast() }
    return text
  }

  /// At the top of the policy: they are about no line of it.
  private func shortfalls(of report: TestReport) -> [Diagnostic] {
    let sources = report.compiled.policy.sources
    guard let file = sources.files.first(where: { $0.path == report.compiled.path }) else {
      return []
    }
    let top = Span(file: file.id, start: 0, end: 0)
    return shortfalls.filter { $0.report.compiled.path == file.path }
      .map { Diagnostic(.testsShowTooLittle, .error, $0.words, at: top) }
  }
}

extension TestOutcome {
  fileprivate var errors: Int {
    if case .broken(let report) = self { report.diagnostics.count } else { 0 }
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
      case .passed:
        entry.idle.map {
          Diagnostic(.givenNotAsked, .warning, "\(entry.title): \(idleWords($0))", at: $0)
        }
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
  fileprivate static let givenNotAsked = DiagnosticCode("given_not_asked")
  fileprivate static let testNotDecided = DiagnosticCode("test_not_decided")
  fileprivate static let testsShowTooLittle = DiagnosticCode("tests_show_too_little")
}
