import PolicyUnits
import RoutingRuntime

/// The explanation for a reader: one screen, the decision first, then why, then what it may cost.
package struct ExplanationText: Sendable {
  /// How many routes that were not taken are shown; nil shows all.
  private let missedLimit: Int?
  private let style: Style
  private let explanation: Explanation

  package init(_ explanation: Explanation, showingAll: Bool = false, style: Style = .plain) {
    self.explanation = explanation
    missedLimit = showingAll ? nil : 3
    self.style = style
  }

  package var text: String {
    var lines: [String] = []
    if let name = explanation.requestName { lines.append(label("request") + name) }
    lines += outcome
    if let task = explanation.task {
      lines.append(label("task") + style.bold(task.name) + suffix(task.place))
      lines += task.why.map { continuation(observation($0)) }
    }
    if let arm = explanation.arm {
      let share = Amounts.text(arm.share)
      lines.append(label("arm") + "\(arm.name), \(share): \(arm.text)" + suffix(arm.place))
    }
    lines += calls
    lines += effects
    lines += budgets
    lines += cost
    lines += missed
    lines += branches
    let prints =
      "policy \(explanation.policyFingerprint.prefix(12)) · "
      + "catalog \(explanation.catalogFingerprint.prefix(12))"
    lines.append(style.faint(label("from") + prints))
    return lines.joined(separator: "\n")
  }

  private var outcome: [String] {
    var lines: [String] = []
    switch explanation.outcome {
    case .route: break
    case .refused(let statement, _):
      lines.append(label("refused") + style.bad(statement.text) + suffix(statement.place))
    case .needs(let classifier, let method, _):
      let text = "the answer of classifier \(classifier): \(method.text)"
      lines.append(label("needs") + style.bold(text) + suffix(method.place))
    }
    if let route = explanation.route {
      lines.append(label("route") + style.bold(route.name) + suffix(route.place))
      lines += route.why.map { continuation(observation($0)) }
    }
    return lines
  }

  private var calls: [String] {
    guard !explanation.calls.isEmpty else { return [] }
    var table = Columns()
    for call in explanation.calls {
      var row = [call.step, call.model]
      if let dropped = call.dropped {
        row.append("dropped: \(dropped.text)" + suffix(dropped.place))
      } else {
        let gates = call.gates.joined(separator: " and ")
        row.append(!call.isAnswering ? "" : gates.isEmpty ? "any answer" : "if " + gates)
        row.append(range(call.cost))
        row.append(output(call))
      }
      table.add(row)
    }
    let ladders = explanation.calls.compactMap(\.ladder)
    let title = ladders.first.map { "ladder \($0)" } ?? "a single call"
    return [label("plan") + title] + table.lines + streams
  }

  /// When answers go out to a caller who streams; nothing where none is held.
  private var streams: [String] {
    let calls = explanation.calls.filter { $0.isKept && $0.isAnswering }
    guard calls.contains(where: { !$0.gates.isEmpty }) else { return [] }
    let parts = calls.compactMap { call in call.delivery.map { "\(call.step) \($0.words)" } }
    return [label("streams") + parts.joined(separator: ", ")]
  }

  private func output(_ call: Explanation.CallLine) -> String {
    if call.maxOutput == 0 { return "" }
    guard let tokens = call.maxOutput else { return call.outputLimit }
    var text = "max \(Amounts.grouped(tokens)) out (\(call.outputLimit))"
    if let worst = call.outputAtWorst, worst < tokens {
      text += worst == 0 ? ", none if all before it cost their most" : ", \(worst) at worst"
    }
    return text
  }

  private var effects: [String] {
    guard !explanation.effects.isEmpty else { return [] }
    var table = Columns()
    for effect in explanation.effects {
      table.add([effect.applies ? effect.text : "(\(effect.text))", effect.note ?? ""])
    }
    return [label("effects") + "in this order"] + table.lines
  }

  private var budgets: [String] {
    guard !explanation.budgets.isEmpty else { return [] }
    var table = Columns()
    for budget in explanation.budgets {
      table.add([budget.name, budget.isSpent ? style.bad(budget.text) : budget.text])
    }
    return [style.bold("budgets")] + table.lines
  }

  private var cost: [String] {
    let cost = explanation.cost
    if case .unknown(let reason) = cost.atLeast, cost.atLeast == cost.atMost {
      return [label("cost") + "unknown: " + reason]
    }
    let parts = [
      "at least " + figure(cost.atLeast), "expected " + figure(cost.expected),
      "at most " + figure(cost.atMost),
    ]
    let basis = explanation.expectedBasis.map { style.faint("          expected: " + $0) }
    return [label("cost") + parts.joined(separator: " · ")] + (basis.map { [$0] } ?? [])
  }

  private var missed: [String] {
    guard !explanation.missed.isEmpty else { return [] }
    let shown = missedLimit.map { Array(explanation.missed.prefix($0)) } ?? explanation.missed
    var table = Columns()
    for route in shown {
      let place = route.failed.place.map { "line \($0.line)" } ?? ""
      table.add([route.name, place, observation(route.failed)])
    }
    let title = missedLimit == nil ? "every earlier route" : "nearest first"
    var lines = [label("not taken") + title] + table.lines
    let rest = explanation.missed.count - shown.count
    if rest > 0 { lines.append(style.faint("  and \(rest) more: --all")) }
    return lines
  }

  /// Labels that lead to the same end stand together.
  private var branches: [String] {
    guard case .needs(_, _, let branches) = explanation.outcome else { return [] }
    var groups: [(labels: [String], text: [String])] = []
    for branch in branches {
      let label = branch.label + (branch.isFailureValue ? " (also on failure)" : "")
      var inner = branch.explanation
      inner.requestName = nil
      let screen = ExplanationText(inner, showingAll: missedLimit == nil, style: style)
      let text = screen.text.split(separator: "\n").dropLast().map { "   " + $0 }
      if let last = groups.last, last.text == text {
        groups[groups.count - 1].labels.append(label)
      } else {
        groups.append(([label], text))
      }
    }
    return groups.flatMap { group in
      [style.bold("── if " + group.labels.joined(separator: " or "))] + group.text
    }
  }

  private func observation(_ observation: Explanation.Observation) -> String {
    let text = "\(observation.condition)  →  \(observation.observed)"
    return observation.holds ? text : style.faint(text)
  }

  private func range(_ cost: Explanation.CostLine) -> String {
    "\(figure(cost.atLeast)) to \(figure(cost.atMost))"
  }

  private func figure(_ figure: Explanation.Figure) -> String {
    switch figure {
    case .known(let money): Amounts.text(money, currency: explanation.currency)
    case .unknown(let reason): "unknown (\(reason))"
    }
  }

  private func label(_ text: String) -> String {
    text + String(repeating: " ", count: max(1, 10 - text.count))
  }

  private func continuation(_ text: String) -> String { String(repeating: " ", count: 12) + text }

  private func suffix(_ place: Explanation.Place?) -> String {
    guard let place else { return "" }
    let file = place.path == explanation.policyPath ? "line " : "\(place.path):"
    return style.faint("  (\(file)\(place.line))")
  }
}

extension StreamDelivery {
  fileprivate var words: String {
    switch self {
    case .passesThrough: "goes out as it comes"
    case .held: "is held to its end"
    case .heldUntilCertain: "is held until its gate is certain"
    }
  }
}
