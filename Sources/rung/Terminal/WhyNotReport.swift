import JSONWriting
import PolicyAnalysis
import PolicyExplain
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// The answer to why a request did not come to something, for people and for machines.
struct WhyNotReport {
  let request: String
  let target: WhyNotTarget
  let answer: WhyNot
  let policy: CheckedPolicy

  /// One line for each thing to change, then what was decided before and after.
  var text: String {
    var lines = [line("request", request), line("why not", targetWords)]
    switch answer {
    case .already(let decision):
      lines.append(line("already", result(decision)))
    case .change(let found):
      for note in found.assumed {
        lines.append(line("assumed", "\(note.field) = \(words(note.what)), its answer on failure"))
      }
      var columns = Columns(indent: 0)
      for change in found.changes { columns.add([change.field, words(change.what)]) }
      for (index, row) in columns.lines.enumerated() {
        lines.append(line(index == 0 ? "change" : "", row))
      }
      lines.append(line("before", result(found.before)))
      lines.append(line("after", result(found.decision)))
    case .never, .kept: lines.append(line("never", reason ?? ""))
    case .notDecided: lines.append(line("open", reason ?? ""))
    }
    return lines.joined(separator: "\n")
  }

  private func line(_ label: String, _ text: String) -> String {
    label + String(repeating: " ", count: max(1, 10 - label.count)) + text
  }

  private var targetWords: String {
    switch target {
    case .route(let route): "route \(policy[route].name)"
    case .model(let model): "\(policy[model].name) first"
    }
  }

  private func words(_ what: FieldChange.What) -> String {
    switch what {
    case .value(let from, let to): from.isEmpty ? to : "\(from) → \(to)"
    case .text(let must): must
    }
  }

  /// Why there is no change to show; nil if there is one, or none is needed.
  private var reason: String? {
    switch answer {
    case .already, .change: nil
    case .kept(let names):
      "not without a change to \(names.joined(separator: ", ")), which must stay as it is"
    case .notDecided(let reason): "not decided: \(reason.words)"
    case .never(.taken(let routes, _)):
      "impossible: no request takes it, all are taken by "
        + routes.map { policy[RouteID($0)].name }.joined(separator: ", ")
    case .never(.contradicted): "impossible: no request meets its condition"
    case .never(.reachable), .never(.notDecided):
      "impossible: every request that meets its condition is refused"
    case .never(nil): "impossible: no request calls it first"
    }
  }

  // MARK: Decisions

  private func result(_ decision: Decision) -> String {
    var parts: [String] = []
    if let route = decision.route { parts.append("route \(policy[route].name)") }
    switch decision.outcome {
    case .route:
      if let model = decision.plan.first?.model { parts.append("first \(policy[model].name)") }
      parts.append("at most \(cost(decision) ?? "unknown")")
    case .refused: parts.append("refused")
    case .needs(let id): parts.append("needs classifier \(policy[id].name)")
    }
    return parts.joined(separator: ", ")
  }

  private func cost(_ decision: Decision) -> String? {
    decision.cost.atMost.money.map {
      Amounts.text($0, currency: policy.vocabulary.currency)
    }
  }

  /// `{"version":1,"request":…,"route":…|"model":…,"answer":"already|change|never|kept|open",
  /// "reason":…,"changes":[{"field":…,"from":…,"to":…}|{"field":…,"text":…}],"assumed":[…],
  /// "messages":[…],"before":{…},"after":{…}}`.
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("version", 1)
      json.member("request", request)
      switch target {
      case .route(let route): json.member("route", policy[route].name)
      case .model(let model): json.member("model", policy[model].name)
      }
      json.member("answer", kind)
      if let reason { json.member("reason", reason) }
      if case .already(let decision) = answer { write(decision, "before", to: &json) }
      guard case .change(let found) = answer else { return }
      write(found.changes, "changes", to: &json)
      write(found.assumed, "assumed", to: &json)
      json.array("messages") { json in
        for message in found.request.messages {
          json.object { json in
            json.member("role", message.role.rawValue)
            json.member("content", message.text)
          }
        }
      }
      write(found.before, "before", to: &json)
      write(found.decision, "after", to: &json)
    }
  }

  private var kind: String {
    switch answer {
    case .already: "already"
    case .change: "change"
    case .never: "never"
    case .kept: "kept"
    case .notDecided: "open"
    }
  }

  private func write(_ changes: [FieldChange], _ name: String, to json: inout JSONWriter) {
    json.array(name) { json in
      for change in changes {
        json.object { json in
          json.member("field", change.field)
          switch change.what {
          case .value(let from, let to):
            json.member("from", from)
            json.member("to", to)
          case .text(let must): json.member("text", must)
          }
        }
      }
    }
  }

  private func write(_ decision: Decision, _ name: String, to json: inout JSONWriter) {
    json.object(name) { json in
      json.member("route", orNull: decision.route.map { policy[$0].name })
      json.member("first", orNull: decision.plan.first?.model.map { policy[$0].name })
      json.member("at_most", orNull: cost(decision))
    }
  }
}
