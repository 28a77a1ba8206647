import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// What a ladder did, line by line.
struct LadderTranscript {
  let script: LadderScript
  var lines: [String] = []

  /// Plays every event of the script.
  static func play(_ text: String) throws -> String {
    let script = try LadderScript(text)
    var transcript = LadderTranscript(script: script)
    var machine = LadderMachine(script.climb)
    transcript.note(machine.start())
    for (event, at) in script.events { transcript.note(machine.step(event, at: at)) }
    return transcript.lines.joined(separator: "\n")
  }

  private mutating func note(_ action: LadderAction) {
    switch action {
    case .call(let order):
      var line = "call \(name(order.leg, order.step))#\(order.attempt)"
      line += order.maxOutput.map { " max \($0)" } ?? " max -"
      line += order.reserved.map { " reserve \($0.text)" } ?? " reserve -"
      if order.delay.count > 0 { line += " after \(order.delay.count)ms" }
      if let timeout = order.timeout { line += " within \(timeout.count)ms" }
      if order.passesThrough { line += " streaming" }
      lines.append(line)
    case .ask(let question):
      lines.append("ask \(script.gates[question.gate.index])")
    case .done(let outcome):
      lines.append("done \(text(outcome))")
      for attempt in outcome.attempts { lines.append("  \(text(attempt))") }
    }
  }

  private func text(_ outcome: LadderOutcome) -> String {
    let tail =
      ", climbs \(outcome.climbs), calls \(outcome.calls), cost \(outcome.cost.text)"
      + (script.climb.tokenBounds.isEmpty ? "" : ", tokens \(outcome.tokens.text)")
      + (outcome.isOverrun ? ", overrun" : "")
    switch outcome.ending {
    case .answered(_, let attempt, let isAccepted):
      let record = outcome.attempts[attempt]
      let how = isAccepted ? "accepted" : "returned"
      return "\(how) \(name(record.leg, record.step))#\(record.attempt)" + tail
    case .exhausted: return "exhausted" + tail
    case .failed(let failure): return "failed \(failure.rawValue)" + tail
    case .nothingToCall(let reason): return "nothing to call: \(reason.text)" + tail
    case .timeUp: return "time up" + tail
    case .brokenOff(let failure): return "broken off \(failure.rawValue)" + tail
    case .cancelled: return "cancelled" + tail
    }
  }

  private func text(_ attempt: AttemptRecord) -> String {
    var line = name(attempt.leg, attempt.step)
    if attempt.wasCalled { line += "#\(attempt.attempt)" }
    switch attempt.verdict {
    case .accepted: line += " accepted"
    case .rejected(let gate): line += " rejected by \(script.gates[gate.index])"
    case .failed(let failure): line += " failed \(failure.rawValue)"
    case .dropped(let reason): line += " dropped: \(reason.text)"
    case .timeUp: line += " time up"
    case .cancelled: line += " cancelled"
    }
    for gate in attempt.gates {
      line += ", \(script.gates[gate.gate.index]) \(gate.result.text)"
      if gate.cost != .nothing { line += " \(gate.cost.text)" }
    }
    return attempt.wasCalled ? line + ", \(attempt.cost.text)" : line
  }

  private func name(_ leg: Int, _ step: Int) -> String {
    script.names[script.climb.legs[leg].steps[step].call]
  }
}

extension Money {
  /// Dollars with nine places.
  var text: String {
    let places = String(nanos.magnitude % 1_000_000_000)
    let padded = String(repeating: "0", count: 9 - places.count) + places
    return "\(nanos < 0 ? "-" : "")$\(nanos.magnitude / 1_000_000_000).\(padded)"
  }
}

extension CallCost {
  var text: String {
    switch self {
    case .exact(let money): money.text
    case .atMost(let money): "<=\(money.text)"
    case .unknown: "unknown"
    }
  }
}

extension TokenCount {
  var text: String {
    switch self {
    case .exact(let tokens): "\(tokens)"
    case .atMost(let tokens): "<=\(tokens)"
    case .unknown: "unknown"
    }
  }
}

extension GateResult {
  var text: String {
    switch self {
    case .verdict(let verdict): verdict ? "yes" : "no"
    case .score(let score): "\(score.millionths)"
    case .failed: "failed"
    }
  }
}

extension DropReason {
  var text: String {
    switch self {
    case .keptOut(let id, _): "guard \(id.index)"
    case .windowTooSmall(let least, let window): "window \(least) > \(window)"
    case .notInCatalog(let name): "no model \(name)"
    case .lacks(let capability): "lacks \(capability.rawValue)"
    case .tooLittleLeft(let bound, let tokens, let least):
      "\(tokens) of \(least) tokens under \(bound.text)"
    case .tooFewTokensLeft(let bound, let tokens, let least):
      "\(tokens) of \(least) tokens under limit \(bound.budget.index) \(bound.left)"
    case .unboundedTokens(let bound): "unbounded under limit \(bound.budget.index) \(bound.left)"
    case .unknownPrice(let bound): "unknown price under \(bound.text)"
    case .unboundedImages(let bound): "images under \(bound.text)"
    case .tierDropped: "tier dropped"
    case .lineDoesNotApply: "its line does not apply"
    }
  }
}

extension MoneyBound {
  var text: String {
    switch self {
    case .ladder(let id, let money): "ladder \(id.index) \(money.text)"
    case .budget(let id, let left): "budget \(id.index) \(left.text)"
    }
  }
}
