import PolicyCompiler
import PolicyCoverage
import PolicySemantics
import PolicySource
import ReportPages

/// What a policy's tests show of it as a page: the figures, and every line of the policy with what is
/// shown of it.
struct CoveragePage {
  let report: CoverageReport

  var html: String {
    let findings = report.findings
    var blocks: [ReportBlock] = [.bars(bars)]
    let missing = findings.goals.filter(\.isMissing)
    if !missing.isEmpty {
      blocks.append(.heading("Not shown by any test"))
      blocks.append(
        .table(
          ReportTable(
            columns: [ReportColumn(title: "line", isFigure: true), ReportColumn(title: "what")],
            rows: missing.map { entry in
              [line(entry).map(String.init) ?? "", report.words(entry)]
            })))
    }
    for file in files {
      blocks.append(.heading(file.path))
      blocks.append(.listing(listing(of: file)))
    }
    return ReportPage(
      title: "What the tests show: \(report.compiled.path)",
      subtitle: "of what requests can reach; a line's figure is how much of it is shown",
      blocks: blocks
    ).html
  }

  private var bars: BarChart {
    let bars = CoverageGoal.Kind.allCases.compactMap { kind -> BarChart.Bar? in
      let count = report.findings.count(kind)
      guard count.reachable > 0 else { return nil }
      return BarChart.Bar(
        label: kind.rawValue, value: 100 * Double(count.shown) / Double(count.reachable),
        words: "\(count.shown) of \(count.reachable), \(count.share.percent)",
        second: 100)
    }
    return BarChart(bars: bars, unit: "% shown", caption: "")
  }

  /// Those the goals stand in, the policy first.
  private var files: [SourceFile] {
    let used = Set(report.findings.goals.map(\.goal.span.file))
    return report.compiled.policy.sources.files.filter { used.contains($0.id) }
  }

  private func line(_ entry: CoverageFindings.Entry) -> Int? {
    report.compiled.policy.sources.location(of: entry.goal.span)?.line
  }

  private func listing(of file: SourceFile) -> ReportListing {
    var shown: [Int: (shown: Int, all: Int)] = [:]
    for entry in report.findings.goals where entry.goal.span.file == file.id {
      if case .unreachable = entry.state { continue }
      guard let line = line(entry) else { continue }
      shown[line, default: (0, 0)].all += 1
      if !entry.isMissing { shown[line, default: (0, 0)].shown += 1 }
    }
    let lines = (1...max(1, file.lineCount)).map { number -> ReportListing.Line in
      let text = file.lineText(number)
      guard let count = shown[number] else {
        return ReportListing.Line(number: number, text: text)
      }
      let tone: ReportListing.Tone =
        count.shown == count.all ? .good : count.shown == 0 ? .bad : .part
      return ReportListing.Line(
        number: number, text: text, note: "\(count.shown) of \(count.all)", tone: tone)
    }
    return ReportListing(lines: lines)
  }
}
