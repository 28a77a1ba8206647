import JSONWriting
import PolicyUnits
import RoutingEvaluation

/// An evaluation for machines: `rung.eval/1`.
///
/// Money is nano-units, shares are millionths, times are milliseconds; what is not known is null.
enum EvalJSON {
  static func text(_ result: EvalResult) -> String {
    let report = result.report
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("format", "rung.eval/1")
      json.member("gold", report.gold.path)
      json.member("questions", report.gold.items.count)
      json.member("matrix", orNull: result.matrix?.path)
      json.member("currency", result.currency)
      json.member("seed", String(report.seed))
      json.array("entries") { json in
        for (entry, summary) in zip(report.entries, report.summaries) {
          json.object { json in
            json.member("name", entry.name)
            json.member("kind", entry.kind.rawValue)
            write(summary, report, to: &json)
          }
        }
      }
      json.array("tasks") { json in
        for task in report.tasks {
          json.object { json in
            json.member("task", task.name)
            json.array("entries") { json in
              for (entry, summary) in zip(report.entries, task.summaries) {
                json.object { json in
                  json.member("name", entry.name)
                  write(summary, report, to: &json)
                }
              }
            }
          }
        }
      }
      json.array("comparisons") { json in
        for comparison in report.comparisons { write(comparison, report, to: &json) }
      }
      json.object("frontier") { json in
        json.member("questions", report.frontier.questions)
        json.array("points") { json in
          for point in report.frontier.points {
            json.object { json in
              json.member("name", point.name)
              json.member("on_frontier", point.isOnFrontier)
              json.member("dominated_by", orNull: point.dominatedBy)
              json.member("right", point.summary.right.hits)
              json.member("mean_cost_nanos", orNull: whole(point.summary.cost.mean?.mean))
            }
          }
        }
        json.array("left_out") { json in for name in report.frontier.leftOut { json.string(name) } }
      }
      json.array("assumptions") { json in for line in result.assumptions { json.string(line) } }
      json.array("notes") { json in for line in result.notes { json.string(line) } }
    }
    return json.text
  }

  private static func write(
    _ summary: EvaluationSummary, _ report: EvaluationReport, to json: inout JSONWriter
  ) {
    json.member("questions", summary.questions)
    json.member("decided", summary.decided)
    json.member("right", summary.right.hits)
    interval("right_share", summary.right.total > 0 ? summary.right.interval : nil, to: &json)
    mean("score", summary.score, to: &json)
    json.member("cost_nanos", orNull: summary.cost.total?.nanos)
    mean("cost_a_question", summary.cost.mean, to: &json)
    json.member("costs_at_bound", summary.cost.bounded)
    json.member("costs_unknown", summary.cost.unknown)
    json.member("timed", summary.timed)
    quantile("median_ms", summary.latency, to: &json)
    quantile("p95_ms", summary.slowest, to: &json)
    json.object("answered_by") { json in
      for answered in summary.answeredBy { json.member(answered.model, answered.count) }
    }
    json.object("unanswered") { json in
      for group in summary.unanswered { json.member(group.reason, group.count) }
    }
    json.array("undecided") { json in
      for group in summary.undecided {
        json.object { json in
          json.member("reason", group.reason.words)
          json.array("questions") { json in
            for index in group.questions { json.string(report.gold.items[index].id) }
          }
        }
      }
    }
  }

  private static func write(
    _ comparison: EntryComparison, _ report: EvaluationReport, to json: inout JSONWriter
  ) {
    let sums = comparison.outcomes
    json.object { json in
      json.member("first", comparison.first)
      json.member("second", comparison.second)
      json.member("both", sums.both)
      json.member("only_first", sums.onlyFirst)
      json.member("only_second", sums.onlySecond)
      json.member("neither", sums.neither)
      json.member("mcnemar_p_millionths", millionths(sums.chance))
      json.member("lost_at_most_millionths", millionths(sums.lossAtMost))
      mean("score_difference", comparison.score, to: &json)
      json.member("score_p_millionths", millionths(comparison.scoreFlips.chance))
      mean("cost_difference", comparison.cost, to: &json)
      json.member("cost_p_millionths", millionths(comparison.costFlips.chance))
      json.array("lost") { json in
        for index in comparison.lost { json.string(report.gold.items[index].id) }
      }
      json.array("won") { json in
        for index in comparison.won { json.string(report.gold.items[index].id) }
      }
    }
  }

  // MARK: - Figures

  static func millionths(_ value: Double) -> Int64 { Int64((value * 1e6).rounded()) }

  static func whole(_ value: Double?) -> Int64? { value.flatMap { Int64(exactly: $0.rounded()) } }

  private static func interval(
    _ name: String, _ range: ClosedRange<Double>?, to json: inout JSONWriter
  ) {
    json.member("\(name)_low_millionths", orNull: range.map { millionths($0.lowerBound) })
    json.member("\(name)_high_millionths", orNull: range.map { millionths($0.upperBound) })
  }

  private static func mean(_ name: String, _ mean: MeanEstimate?, to json: inout JSONWriter) {
    json.object(name) { json in
      json.member("mean", orNull: whole(mean?.mean))
      json.member("low", orNull: whole(mean?.interval.lowerBound))
      json.member("high", orNull: whole(mean?.interval.upperBound))
    }
  }

  private static func quantile(
    _ name: String, _ quantile: QuantileEstimate?, to json: inout JSONWriter
  ) {
    json.object(name) { json in
      json.member("value", orNull: quantile?.value)
      json.member("low", orNull: quantile?.interval.lowerBound)
      json.member("high", orNull: quantile?.interval.upperBound)
    }
  }
}
