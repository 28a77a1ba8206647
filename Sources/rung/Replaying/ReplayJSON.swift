import JSONWriting
import LedgerExchange
import PolicyExplain
import PolicyUnits
import TrafficLog
import TrafficReplay

/// A replay for machines: `rung.replay/1`.
///
/// Money is nano-units; what is not known is null.
enum ReplayJSON {
  static func text(_ result: ReplayResult) -> String {
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("format", "rung.replay/1")
      json.member("policy", result.path)
      write(result.now, to: &json)
      json.member("unanswered", Int64(result.log.unanswered))
      json.member("unread_lines", Int64(result.log.problemCount))
      json.array("problems") { json in
        for problem in result.log.problems { json.string("\(problem)") }
      }
      if result.before != nil {
        let change = ReplayWords(result: result).change
        json.member(
          "change", orNull: change.map { "this change costs \($0.amount); \($0.moves)" })
      }
      if let before = result.before, let path = result.beforePath {
        json.object("against") { json in
          json.member("policy", path)
          write(before, to: &json)
        }
        json.array("moves") { json in
          for move in result.moves { write(move, to: &json) }
        }
        json.array("not_moved") { json in
          for part in result.change?.rest ?? [] {
            json.object { json in
              json.member("part", part.kind.rawValue)
              json.member("requests", part.requests)
              json.member("difference_nanos", orNull: part.difference)
            }
          }
        }
      }
      if let budgets = result.budgets { json.object("budgets") { write(budgets, to: &$0) } }
      if !result.sample.rows.isEmpty {
        json.member("sample_seed", "\(result.sample.seed)")
        json.array("explained") { json in
          for row in result.sample.rows {
            json.object { json in
              json.member("line", Int64(row.line))
              json.key("explanation")
              ExplanationJSON.write(row.explanation, to: &json)
            }
          }
        }
      }
      json.array("assumptions") { json in
        for line in ReplayWords(result: result).assumptions { json.string(line) }
      }
    }
    return json.text
  }

  private static func write(_ report: ReplayReport, to json: inout JSONWriter) {
    json.member("requests", report.requests)
    json.member("currency", report.currency)
    json.member("first", orNull: report.first.flatMap { ISOTime.text($0) })
    json.member("last", orNull: report.last.flatMap { ISOTime.text($0) })
    json.member("covered_milliseconds", orNull: report.covered?.milliseconds)
    json.gaps(report.gaps)
    json.member("priced_by_catalog", report.pricedByCatalog)
    json.member("cache_hits", report.hits)
    json.member("cache_lookups", report.comparable)
    json.array("left_out") { json in
      for group in report.leftOut {
        json.object { json in
          json.member("requests", group.requests)
          json.member("reason", ReplayWords.reason(group.reason))
          json.member("example_line", Int64(group.example))
        }
      }
    }
    json.array("steps") { json in
      for step in report.steps {
        json.object { json in
          json.member("step", step.kind.rawValue)
          write(step.cost, to: &json)
        }
      }
    }
    json.array("routes") { json in
      for route in report.routes {
        json.object { json in
          json.member("route", route.name)
          json.member("arm", orNull: route.arm)
          json.member("requests", route.requests)
          json.member("logged_nanos", route.logged)
          write(route.cost, to: &json)
          json.member("example_line", Int64(route.example))
        }
      }
    }
    json.array("tiers") { json in
      for tier in report.tiers { write(tier, to: &json) }
    }
    json.array("single_models") { json in
      for single in report.singles {
        json.object { json in
          json.member("model", single.model)
          json.member("cost_nanos", orNull: single.cost)
          json.member("too_long", single.tooLong)
          json.member("cut", single.cut)
          json.member("quality_millionths", orNull: single.quality?.millionths)
          json.member("used_by_policy", single.isUsed)
        }
      }
    }
  }

  private static func write(_ budgets: BudgetReport, to json: inout JSONWriter) {
    json.array("refused") { json in
      for refusal in budgets.refusals {
        json.object { json in
          json.member("budget", refusal.budget)
          json.member("requests", refusal.requests)
          json.member("counters", Int64(refusal.counters))
          json.member("first", orNull: ISOTime.text(refusal.time))
          json.member("first_line", Int64(refusal.line))
          json.object("spared") { write(refusal.cost, to: &$0) }
        }
      }
    }
    json.array("held") { json in
      for name in budgets.held { json.string(name) }
    }
    json.member("moved", budgets.moved)
    json.object("moved_before") { write(budgets.movedBefore, to: &$0) }
    json.object("moved_after") { write(budgets.movedAfter, to: &$0) }
    json.object("cost") { write(budgets.cost, to: &$0) }
    json.member("charged_with_every_tier", budgets.unknown)
    json.member("unbounded", budgets.unbounded)
    json.member("undecided", budgets.undecided)
  }

  private static func write(_ cost: ReplayCost, to json: inout JSONWriter) {
    json.member("cost_nanos", orNull: cost.expected)
    json.member("at_least_nanos", cost.low)
    json.member("at_most_nanos", cost.high)
  }

  private static func write(_ tier: TierAcceptance, to json: inout JSONWriter) {
    json.object { json in
      json.member("ladder", tier.ladder)
      json.member("model", tier.model)
      json.member("accepted_millionths", orNull: tier.share?.millionths)
      json.member("low_millionths", tier.low.millionths)
      json.member("high_millionths", tier.high.millionths)
      if case .measured(let accepted, let reached) = tier.source {
        json.member("accepted", accepted)
        json.member("reached", reached)
      }
    }
  }

  private static func write(_ move: ReplayMove, to json: inout JSONWriter) {
    json.object { json in
      json.member("from", move.from)
      json.member("to", move.to)
      json.member("requests", move.requests)
      json.object("before") { json in write(move.before, to: &json) }
      json.object("after") { json in write(move.after, to: &json) }
      json.member("difference_nanos", orNull: move.difference)
      json.member("example_line", Int64(move.example))
    }
  }
}
