import ContextCompression
import JSONWriting
import PolicySemantics
import PolicyUnits
import RoutingRuntime
import TrafficLog

extension PromptReport {
  /// The same for programs; texts of the prompts are in `changes` only.
  func write(to json: inout JSONWriter) {
    let findings = findings
    json.object { json in
      json.member("version", 1)
      json.member("prompt", findings.path)
      switch findings.origin {
      case .written(let path):
        json.member("by", "hand")
        json.member("candidate", path)
      case .proposed(let model, let cost):
        json.member("by", model)
        json.member("cost", orNull: cost.money.map(Amounts.plain))
      case .lossless: json.member("by", "lossless")
      }
      json.member("fingerprint", PromptPair.fingerprint(findings.prompts.original))
      json.member("shorter_fingerprint", PromptPair.fingerprint(findings.prompts.shorter))
      json.array("tokens") { json in
        for model in findings.models {
          let (before, after) = findings.prompts.tokens(at: model)
          json.object { json in
            json.member("model", model.name)
            json.member("before", before)
            json.member("after", after)
          }
        }
      }
      write(findings.loss.lost, "lost", to: &json)
      write(findings.loss.added, "new", to: &json)
      json.array("changes") { json in
        for line in PromptDifference(findings.prompts).lines {
          json.object { json in
            switch line {
            case .gone(let text): json.member("gone", text)
            case .new(let text): json.member("new", text)
            case .stays(let count): json.member("stays", count)
            }
          }
        }
      }
      if let trial = findings.trial { trial.write(to: &json) }
      if let savings = findings.savings { write(savings, to: &json) }
      json.array("written") { json in for path in written { json.string(path) } }
      json.member("lossy", findings.isLossy)
    }
  }

  private func write(_ facts: [TextFact], _ name: String, to json: inout JSONWriter) {
    json.array(name) { json in
      for fact in facts {
        json.object { json in
          json.member("kind", fact.kind.rawValue)
          json.member("text", fact.text)
        }
      }
    }
  }

  private func write(_ savings: PromptSavings, to json: inout JSONWriter) {
    json.object("log") { json in
      json.member("requests", savings.requests)
      json.member("of", savings.all)
      json.member("covered_milliseconds", orNull: savings.covered?.milliseconds)
      json.gaps(savings.gaps)
      json.member("spared", Amounts.plain(savings.spared))
      json.member("year", orNull: savings.inAYear.map(Amounts.plain))
      json.member("year_uncached", orNull: savings.inAYearUncached.map(Amounts.plain))
      json.member("uncounted_calls", savings.uncounted)
      json.array("models") { json in
        for model in savings.models {
          json.object { json in
            json.member("model", model.name)
            json.member("calls", model.calls)
            json.member("fewer_tokens", model.fewer)
            json.member("fewer_cached_tokens", model.fewerCached)
            json.member("spared", Amounts.plain(PromptSavings.money(model.spared)))
          }
        }
      }
    }
  }
}
