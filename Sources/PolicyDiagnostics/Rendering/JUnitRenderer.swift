import PolicySource

/// Writes findings as JUnit XML, which continuous integration shows as test results.
///
/// A policy is a suite and each finding a case of it; a policy without findings has one case that
/// passes. What fails the command is a failure; other findings are cases that pass and carry their
/// text as output.
package struct JUnitRenderer: Sendable {
  private let failsOnWarnings: Bool

  /// - Parameter failsOnWarnings: whether warnings fail the command (`--strict`).
  package init(failsOnWarnings: Bool = false) { self.failsOnWarnings = failsOnWarnings }

  /// One document, with a newline at its end.
  package func render(_ reports: [DiagnosticReport]) -> String {
    let cases = reports.reduce(0) { $0 + max(1, $1.diagnostics.count) }
    let failures = reports.reduce(0) { $0 + $1.diagnostics.count(where: isFailure) }
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<testsuites name="rung check" tests="\#(cases)" failures="\#(failures)">"#,
    ]
    for report in reports { lines += suite(report) }
    lines.append("</testsuites>")
    return lines.joined(separator: "\n") + "\n"
  }

  /// The lines of one policy's suite.
  package func suite(_ report: DiagnosticReport) -> [String] {
    let findings = report.diagnostics.sorted(by: Diagnostic.isShownBefore)
    let path = XMLText.attribute(report.path)
    let failures = findings.count(where: isFailure)
    let head =
      #"  <testsuite name="\#(path)" tests="\#(max(1, findings.count))" failures="\#(failures)">"#
    var lines = [head]
    if findings.isEmpty {
      lines.append(#"    <testcase classname="\#(path)" name="no findings"/>"#)
    }
    for finding in findings { lines += testCase(finding, report) }
    return lines + ["  </testsuite>"]
  }

  private func testCase(_ finding: Diagnostic, _ report: DiagnosticReport) -> [String] {
    var name = finding.code.rawValue
    var place = ""
    if let file = report.sources[finding.span.file] {
      let location = file.location(of: finding.span.start)
      name += " at \(file.path):\(location.line):\(location.column)"
      place = #" file="\#(XMLText.attribute(file.path))" line="\#(location.line)""#
    }
    let head =
      #"    <testcase classname="\#(XMLText.attribute(report.path))""#
      + #" name="\#(XMLText.attribute(name))"\#(place)>"#
    let text = XMLText.content(DiagnosticTextRenderer(sources: report.sources).render(finding))
    guard isFailure(finding) else {
      return [head, "      <system-out>\(text)</system-out>", "    </testcase>"]
    }
    let failure =
      #"      <failure type="\#(finding.severity.rawValue)""#
      + #" message="\#(XMLText.attribute(finding.message))">"#
    return [head, failure + text + "</failure>", "    </testcase>"]
  }

  private func isFailure(_ finding: Diagnostic) -> Bool {
    switch finding.severity {
    case .error: true
    case .warning: failsOnWarnings
    case .note: false
    }
  }
}
