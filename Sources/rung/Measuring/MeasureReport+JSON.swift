import AnswerSimilarity
import JSONWriting
import PolicyUnits
import RoutingCatalog
import RoutingRuntime

extension MeasureReport {
  /// For machines: `{"encoder":…,"threshold":…,"routes":[…],"rows":[…],"stopped":[…],"wrong":[…]}`.
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("encoder", line.encoderName)
      json.array("models") { json in for model in encoded.models { json.string(model) } }
      json.member("threshold", millionths: line.threshold.millionths)
      json.array("routes") { json in for route in line.routes { json.string(route) } }
      json.member("guards", QuestionGuards.fingerprint)
      json.member("pairs", table.pairs.count)
      json.member("texts", texts)
      json.member("calls", encoded.calls)
      json.member("cost", encoded.cost)
      json.member("enough", isEnough)
      json.array("rows") { json in
        for row in table.rows {
          json.object { json in
            json.member("threshold", millionths: row.threshold.millionths)
            Self.write(row.alone, "alone", to: &json)
            Self.write(row.guarded, "guarded", to: &json)
          }
        }
      }
      json.array("stopped") { json in
        for stopped in table.stopped {
          json.object { json in
            json.member("guard", stopped.guard.rawValue)
            json.member("wrong", stopped.wrong)
            json.member("right", stopped.same)
          }
        }
      }
      json.array("wrong") { json in
        for measured in table.wrong(guarded: true) {
          json.object { json in
            json.member("a", measured.pair.one)
            json.member("b", measured.pair.other)
            json.member("similarity", millionths: Self.millionths(measured.similarity))
          }
        }
      }
    }
  }

  private static func write(
    _ counts: SimilarityTable.Counts, _ name: String, to json: inout JSONWriter
  ) {
    json.object(name) { json in
      json.member("same", counts.same)
      json.member("hits", counts.hits)
      json.member("hits_at_least", millionths: millionths(counts.hitBound, .down))
      json.member("different", counts.different)
      json.member("wrong", counts.wrong)
      json.member("wrong_at_most", millionths: millionths(counts.wrongBound, .up))
    }
  }

  static func millionths(
    _ value: Double, _ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero
  ) -> Int64 { Int64((value * 1e6).rounded(rule)) }

  /// The evidence file: what `rung.yaml` names and the rule `similar_without_evidence` asks for.
  ///
  /// `elsewhere` says that providers were called at another address than the catalog's.
  func evidence(on date: CalendarDate, elsewhere: Bool) -> String {
    var json = JSONWriter(.indented)
    let counts = table.lineRow?.guarded
    json.object { json in
      json.member("rung_evidence", 1)
      json.member("kind", "similar")
      json.member("measured", date.text)
      json.member("encoder", line.encoderName)
      json.array("models") { json in for model in encoded.models { json.string(model) } }
      json.member("called_elsewhere", elsewhere)
      json.member("guards", QuestionGuards.fingerprint)
      json.member("threshold", millionths: line.threshold.millionths)
      json.member("pairs", table.pairs.count)
      json.member("same", counts?.same ?? 0)
      json.member("hits", counts?.hits ?? 0)
      json.member("different", counts?.different ?? 0)
      json.member("wrong", counts?.wrong ?? 0)
      json.member("confidence", millionths: 950_000)
      json.member("wrong_at_most", millionths: Self.millionths(counts?.wrongBound ?? 1, .up))
      json.member("wrong_without_guards", table.lineRow?.alone.wrong ?? 0)
    }
    return json.text + "\n"
  }
}
