import JSONWriting
import PolicyUnits
import RoutingCalls
import RoutingLedger
import RoutingRuntime

extension BatchReport {
  /// For machines, one object on one line.
  ///
  /// `{"version":1,"requests":…,"answered":…,"answered_before":…,"repeated":…,"failed":…,"lost":…,
  /// "left":…,"stopped":null|"interrupted"|"max_cost"|"at_providers"|
  /// "failure","cost":…,"cost_is":…,"cost_now":…,
  /// "cost_now_is":…,"shadows":…,"shadows_is":…,"milliseconds":…,"routes":[…],"models":[…],"unanswered":[…]}`.
  var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("version", 1)
      json.member("requests", tally.total)
      json.member("answered", tally.answered)
      json.member("answered_before", tally.before)
      json.member("repeated", tally.repeated)
      json.member("failed", tally.failed)
      json.member("lost", tally.lost)
      json.member("left", tally.left)
      json.member("stopped", orNull: stopWord)
      json.member("cost", tally.cost)
      json.member("cost_now", tally.costNow)
      json.member("shadows", tally.shadows)
      json.member("milliseconds", Milliseconds(elapsed).count)
      json.array("routes") { json in
        for line in tally.routes.byRoute {
          json.object { json in
            json.member("route", line.route)
            json.member("requests", line.requests)
            json.member("answered", line.answered)
            json.member("cost", line.cost)
          }
        }
      }
      json.array("models") { json in
        for (name, sum) in tally.models.sorted(by: { $0.key < $1.key }) {
          json.object { json in
            json.member("model", name)
            json.member("calls", sum.calls)
            json.member("cost", sum.cost)
          }
        }
      }
      json.array("unanswered") { json in
        for line in tally.unanswered.sorted(by: { $0.line < $1.line }) {
          json.object { json in
            json.member("line", line.line)
            json.member("custom_id", line.customID)
            json.member("ending", line.ending.rawValue)
            json.member("status", orNull: line.status)
            json.member("reason", orNull: line.problem)
            json.member("row", line.row)
          }
        }
      }
    }
    return json.text
  }

  private var stopWord: String? {
    switch stop {
    case .interrupted: "interrupted"
    case .outOfMoney: "max_cost"
    case .atProviders: "at_providers"
    case .failure: "failure"
    case nil: nil
    }
  }
}

extension JSONWriter {
  mutating func member(_ name: String, _ cost: CallCost) {
    member(name, orNull: cost.money.map(Amounts.plain))
    switch cost {
    case .exact: member(name + "_is", "exact")
    case .atMost: member(name + "_is", "at_most")
    case .unknown: member(name + "_is", "unknown")
    }
  }
}
