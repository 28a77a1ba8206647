import JSONWriting
import LedgerExchange
import PolicyUnits
import TrafficAudit

/// An audit for machines: `rung.audit/1`.
///
/// Money is nano-units; what is not known is null. Cures are in the order they are shown.
enum AuditJSON {
  static func text(_ result: AuditResult) -> String {
    let report = result.report
    let words = AuditWords(result: result)
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("format", "rung.audit/1")
      json.array("logs") { json in for path in result.paths { json.string(path) } }
      json.member("prices", orNull: result.priceSource)
      json.member("currency", report.currency)
      json.member("first", orNull: report.first.flatMap { ISOTime.text($0) })
      json.member("last", orNull: report.last.flatMap { ISOTime.text($0) })
      json.gaps(report.gaps)
      json.object("total") { json in write(report.total, to: &json) }
      json.member("priced_by_catalog", report.pricedByCatalog)
      json.member("bounds", report.bounds)
      json.member("other_currency", report.otherCurrency)
      json.array("other_currencies") { json in
        for other in report.otherCurrencies {
          json.object { json in
            json.member("currency", other.currency)
            json.member("requests", other.requests)
          }
        }
      }
      json.member("outside", report.outside)
      json.array("ambiguous_models") { json in
        for name in report.sharedModels { json.string(name) }
      }
      json.member("names_taken_together", result.unnamed)
      json.member("unread_lines", Int64(result.problemCount))
      json.array("problems") { json in for problem in result.problems { json.string("\(problem)") }
      }
      json.array("statuses") { json in
        for (status, sum) in report.statuses {
          json.object { json in
            json.member("status", "\(status)")
            write(sum, to: &json)
          }
        }
      }
      json.object("shadows") { json in write(report.shadows, to: &json) }
      writeSpending(report, to: &json)
      writeTraffic(report, to: &json)
      writeCalls(report, to: &json)
      if let change = report.comparison { write(change, words, to: &json) }
      json.array("cures") { json in
        for cure in report.cures { write(cure, words, to: &json) }
      }
      json.array("too_small") { json in
        for stay in report.stays {
          json.object { json in
            json.member(stay.isTask ? "task" : "route", orNull: stay.subject)
            json.member("model", stay.model)
            json.member("cheaper", stay.cheaper)
            json.member("calls", stay.requests)
          }
        }
      }
      json.array("assumptions") { json in for line in words.assumptions { json.string(line) } }
    }
    return json.text
  }

  private static func write(_ sum: AuditSum, to json: inout JSONWriter) {
    json.member("requests", sum.requests)
    json.member("calls", sum.calls)
    json.member("cost_nanos", sum.cost)
    json.member("unpriced", sum.unpriced)
    json.member("unpriced_calls", sum.unpricedCalls)
    json.member("cache_hits", sum.hits)
    json.member("input_tokens", sum.tokens.input)
    json.member("cached_input_tokens", sum.tokens.cached)
    json.member("output_tokens", sum.tokens.output)
    json.member("uncounted_tokens", sum.uncounted)
  }

  private static func writeSpending(_ report: AuditReport, to json: inout JSONWriter) {
    func write(_ groups: [AuditGroup], _ dimensions: [String], to json: inout JSONWriter) {
      for group in groups {
        json.object { json in
          for (dimension, name) in zip(dimensions, group.names) {
            json.member(dimension, orNull: name)
          }
          Self.write(group.sum, to: &json)
        }
      }
    }
    json.array("groups") { json in
      write(report.groups, report.by.map(\.rawValue), to: &json)
    }
    json.object("groups_past_limit") { json in Self.write(report.restOfGroups, to: &json) }
    for (dimension, groups) in report.dimensions {
      json.array("by_\(dimension.rawValue)") { json in
        write(groups, [dimension.rawValue], to: &json)
      }
    }
    json.array("dearest_first") { json in
      for point in report.curve {
        json.object { json in
          json.member("requests", point.requests)
          json.member("cost_nanos", point.cost)
        }
      }
    }
  }

  private static func writeTraffic(_ report: AuditReport, to json: inout JSONWriter) {
    func write(_ name: String, _ count: AuditRepeats.Count, to json: inout JSONWriter) {
      json.object(name) { json in
        json.member("requests", count.requests)
        json.member("cost_nanos", count.cost)
      }
    }
    json.object("repeats") { json in
      json.member("compared", report.repeats.compared)
      json.member("not_comparable", report.repeats.uncompared)
      json.member("one_fingerprint_in", report.repeats.sampling)
      write("ever", report.repeats.ever, to: &json)
      write("within_hour", report.repeats.hour, to: &json)
      write("within_day", report.repeats.day, to: &json)
      json.array("routes") { json in
        for route in report.repeats.routes {
          json.object { json in
            json.member("route", orNull: route.name)
            json.member("compared", route.compared)
            write("within_hour", route.hour, to: &json)
            write("within_day", route.day, to: &json)
          }
        }
      }
    }
    if let near = report.near {
      json.object("near_repeats_estimated") { json in
        json.member("compared", near.compared)
        json.member("requests", near.near)
        json.member("cost_nanos", near.cost)
        json.member("not_compared_with_history", near.withHistory)
      }
    }
    json.member("input_cost_nanos", orNull: report.inputCost)
    json.array("system_prompts") { json in
      for prompt in report.prompts { json.object { json in self.write(prompt, to: &json) } }
    }
    json.object("truncated") { json in Self.write(report.truncated, to: &json) }
    json.object("refused") { json in Self.write(report.refused, to: &json) }
    json.member("unknown_endings", report.unknownEndings)
  }

  private static func write(_ prompt: AuditPrompt, to json: inout JSONWriter) {
    json.member("fingerprint", prompt.fingerprint)
    json.member("times", prompt.times)
    json.member("priced_times", prompt.priced)
    json.member("tokens_at_least", prompt.tokens.lowerBound)
    json.member("tokens_at_most", prompt.tokens.upperBound)
    json.member("cost_at_least_nanos", orNull: prompt.cost?.lowerBound)
    json.member("cost_at_most_nanos", orNull: prompt.cost?.upperBound)
    json.member("example_line", Int64(prompt.example))
  }

  private static func writeCalls(_ report: AuditReport, to json: inout JSONWriter) {
    json.member("requests_with_calls", report.withCalls)
    json.array("gates") { json in
      for gate in report.gates {
        json.object { json in
          json.member("gate", gate.name)
          json.member("asked", gate.asked)
          json.member("rejected", gate.rejected)
          json.member("failed", gate.failed)
          json.member("rejects_at_most_millionths", gate.rejectsAtMost)
          json.member("never_fires", gate.neverFires)
        }
      }
    }
    json.array("ladders") { json in
      for ladder in report.ladders {
        json.object { json in
          json.member("ladder", ladder.name)
          json.member("requests", ladder.requests)
          json.member("verdict", ladder.verdict.rawValue)
          json.member("climbing_nanos", orNull: ladder.climbing?.expected)
          json.member("climbing_at_least_nanos", orNull: ladder.climbing?.low)
          json.member("climbing_at_most_nanos", orNull: ladder.climbing?.high)
          json.member("last_model_nanos", orNull: ladder.climbing?.direct)
          json.member("fallback_calls", ladder.fallbacks.calls)
          json.member("fallback_cost_nanos", ladder.fallbacks.cost)
          json.member("unpriced_calls", ladder.unpriced)
          json.array("unanswered") { json in
            for tier in ladder.unanswered {
              json.object { json in
                json.member("tier", tier.place)
                json.member("requests", tier.requests)
                json.member("of", tier.of)
              }
            }
          }
          json.array("tiers") { json in
            for tier in ladder.tiers {
              json.object { json in
                json.member("model", tier.model)
                json.member("tier", tier.place)
                json.member("answers", tier.answers)
                json.member("reached", tier.acceptance?.reached ?? 0)
                json.member("accepted", orNull: tier.acceptance?.accepted)
                json.member("low_millionths", orNull: tier.acceptance?.low)
                json.member("high_millionths", orNull: tier.acceptance?.high)
                json.member("mean_cost_nanos", orNull: tier.meanCost)
              }
            }
          }
        }
      }
    }
  }

  private static func write(
    _ change: AuditComparison, _ words: AuditWords, to json: inout JSONWriter
  ) {
    json.object("change") { json in
      json.member("answer", words.answer(change))
      json.member("before_nanos", change.before)
      json.member("after_nanos", change.after)
      json.member("requests_before", change.requestsBefore)
      json.member("requests_after", change.requestsAfter)
      json.member("unpriced", change.unpriced)
      json.member("other_currency_before", words.report.otherCurrencyBefore)
      json.array("parts") { json in
        for part in change.parts {
          json.object { json in
            json.member("cause", part.cause.rawValue)
            json.member("nanos", part.nanos)
          }
        }
      }
      for (name, versions) in [("policies", change.policies), ("system_prompts", change.prompts)] {
        json.array(name) { json in
          for version in versions {
            json.object { json in
              json.member("fingerprint", version.name)
              json.member("requests_before", version.before)
              json.member("requests_after", version.after)
            }
          }
        }
      }
    }
  }

  private static func write(_ cure: AuditCure, _ words: AuditWords, to json: inout JSONWriter) {
    json.object { json in
      json.member("cure", words.title(cure))
      let saved = cure.saved
      json.member("saves_at_least_nanos", orNull: saved?.lowerBound)
      json.member("saves_at_most_nanos", orNull: saved?.upperBound)
      json.member("arithmetic", words.arithmetic(cure))
      json.member("rests_on", words.restsOn(cure))
    }
  }
}
