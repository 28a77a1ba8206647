import PolicyUnits
import RoutingEvaluation

/// An evaluation for a pull request.
struct EvalMarkdown {
  private let result: EvalResult
  private let words: EvalWords

  init(_ result: EvalResult) {
    self.result = result
    words = EvalWords(currency: result.currency)
  }

  var text: String {
    let report = result.report
    var lines = [
      "### \(Amounts.count(report.gold.items.count, "question")) of \(MarkdownText.cell(report.gold.path))",
      "",
    ]
    lines += table(report.summaries)
    for comparison in report.comparisons {
      lines += [
        "", "**\(MarkdownText.cell(comparison.first)) → \(MarkdownText.cell(comparison.second))**",
        "",
      ]
      lines += words.sentences(comparison).map { "- " + $0 }
    }
    for task in report.tasks {
      lines += ["", "<details><summary>\(MarkdownText.cell(task.name))</summary>", ""]
      lines += table(task.summaries) + ["", "</details>"]
    }
    lines += ["", "Taken for granted: \(result.assumptions.joined(separator: "; "))."]
    return lines.joined(separator: "\n")
  }

  private func table(_ summaries: [EvaluationSummary]) -> [String] {
    var lines = [
      "| | decided | right | 95 % | a question | 95 % | median |",
      "|---|---:|---:|---|---:|---|---:|",
    ]
    for (entry, summary) in zip(result.report.entries, summaries) where summary.questions > 0 {
      let cells = [
        MarkdownText.cell(entry.name), String(summary.decided), EvalWords.rate(summary.right),
        EvalWords.rateInterval(summary.right), words.cost(summary.cost),
        words.costInterval(summary.cost), summary.latency.map { EvalWords.time($0.value) } ?? "",
      ]
      lines.append(MarkdownText.row(cells))
    }
    return lines
  }
}
