import ArgumentParser
import DiagnosticPages
import JSONWriting
import PolicyDiagnostics

/// How `rung check` prints what it found.
enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, sarif, github, junit
}

/// What `rung check` prints, in each of its formats.
struct CheckOutput {
  let reports: [DiagnosticReport]
  /// Whether warnings fail the command.
  let strict: Bool
  /// Whether programs are given the most severe of very many findings only.
  var isCut = false

  /// Whether the command fails.
  var hasFailed: Bool {
    reports.contains { report in
      let counts = DiagnosticCounts(report.diagnostics)
      return counts.errors > 0 || (strict && counts.warnings > 0)
    }
  }

  /// What programs are given of each policy, and how much of it is left out.
  private var given: [(report: DiagnosticReport, leftOut: Int)] {
    reports.map { isCut ? $0.shortened() : ($0, 0) }
  }

  var sarif: String {
    Self.trimmed(
      SARIFRenderer(toolVersion: Rung.version, pages: RulePages.all).render(given.map(\.report)))
  }

  /// Empty if nothing was found.
  var github: String { Self.trimmed(GitHubRenderer().render(given.map(\.report))) }

  var junit: String {
    Self.trimmed(JUnitRenderer(failsOnWarnings: strict).render(given.map(\.report)))
  }

  /// `{"version":1,"policies":[{"path":…,"diagnostics":[…],"errors":…,"warnings":…,"notes":…,
  /// "left_out":…}]}`; the last is there where findings are left out, which are not counted beside it;
  /// the findings as `DiagnosticJSONRenderer` documents them.
  var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("version", DiagnosticJSONRenderer.version)
      json.array("policies") { json in
        for (report, leftOut) in given {
          json.object { json in
            json.member("path", report.path)
            DiagnosticJSONRenderer(sources: report.sources)
              .members(for: report.diagnostics, in: &json)
            if leftOut > 0 { json.member("left_out", leftOut) }
          }
        }
      }
    }
    return json.text
  }

  /// For people: errors and warnings, notes counted in one line unless they are wanted.
  ///
  /// `all` shows more findings than a screen holds, notes among them.
  func text(of report: DiagnosticReport, notes: Bool, all: Bool, coloured: Bool) -> String {
    let shown = report.diagnostics.filter { notes || all || $0.severity != .note }
    let hidden = report.diagnostics.count - shown.count
    let advice =
      "\(hidden) note\(hidden == 1 ? "" : "s"); --notes shows \(hidden == 1 ? "it" : "them")"
    guard !shown.isEmpty else {
      return hidden == 0 ? "\(report.path): no findings" : "\(report.path): \(advice)"
    }
    let text = DiagnosticsOutput.text(
      shown, in: report.sources, all: all, whereTheRestIs: "--all shows them", coloured: coloured)
    return hidden == 0 ? text : text + "\n" + advice
  }

  /// Without the newline that printing adds.
  private static func trimmed(_ text: String) -> String {
    text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}
