import PolicySemantics
package import PolicyUnits

/// A ladder with its fallbacks as one value: events in, actions out, no I/O and no clock.
///
/// `start`, then one `step` for each action that was carried out, until `done`. An event that does
/// not fit the state changes nothing and gives the pending action again, so nothing is ever called
/// after `done`.
///
/// Escalation follows a rejected answer and moves up the tiers of one leg. Fallback follows a
/// failure and moves to a later leg. Attempts repeat a failed call. The three never mix.
package struct LadderMachine: Sendable {
  let climb: Climb
  package internal(set) var purse: Purse
  package internal(set) var attempts: [AttemptRecord] = []
  var climbs = 0
  var cost = CallCost.nothing
  var tokens = TokenCount.nothing
  var state = State.idle
  var leg = LegState(index: 0, entered: nil, since: Milliseconds(0))
  var now = Milliseconds(0)

  package init(_ climb: Climb) {
    self.climb = climb
    self.purse = Purse(climb)
    cost = climb.spentBefore.cost
    tokens = climb.spentBefore.tokens
  }

  /// How far the spending has come, the call under way included; to be put on record before it
  /// leaves.
  package var spending: Spending {
    Spending(used: purse.settled, pending: purse.reserved, cost: cost, tokens: tokens)
  }

  /// Begins; later calls give the pending action.
  ///
  /// `now` counts from any fixed instant.
  package mutating func start(at now: Milliseconds = Milliseconds(0)) -> LadderAction {
    guard case .idle = state else { return pending }
    self.now = now
    return enter(climb.startLeg, after: nil)
  }

  package mutating func step(
    _ event: LadderEvent, at now: Milliseconds = Milliseconds(0)
  ) -> LadderAction {
    self.now = max(self.now, now)
    switch state {
    case .idle: return start(at: now)
    case .done: return pending
    case .calling(let flight, _): return step(event, calling: flight)
    case .asking(let flight, let answer, let pass, _):
      return step(event, asking: flight, answer, pass: pass)
    }
  }

  var pending: LadderAction {
    switch state {
    case .idle: .done(outcome(.cancelled))
    case .calling(_, let order): .call(order)
    case .asking(_, _, _, let question): .ask(question)
    case .done(let outcome): .done(outcome)
    }
  }

  var legs: [Climb.Leg] { climb.legs }
  var rules: Climb.Rules { legs[leg.index].rules }
}

// MARK: A call is under way

extension LadderMachine {
  private mutating func step(_ event: LadderEvent, calling flight: Flight) -> LadderAction {
    switch event {
    case .answered(let answer):
      return take(answer, from: flight)
    case .failed(let fault):
      close(flight, .failed(fault.failure), billing: fault.billing, latency: fault.latency)
      attempts[attempts.count - 1].wasSent = fault.wasSent
      return follow(fault, of: flight)
    case .timeUp(let billing):
      close(flight, .timeUp, billing: billing)
      leg.failure = .unavailable
      return endLeg(timeUp: true)
    case .cancelled(let billing):
      close(flight, .cancelled, billing: billing)
      return finish(.cancelled)
    case .gate:
      return pending
    }
  }

  /// Settles an answer, then asks its first gate.
  private mutating func take(_ answer: AnswerFacts, from flight: Flight) -> LadderAction {
    let billing =
      answer.share.map(Billing.share) ?? answer.usage.map(Billing.usage)
      ?? answer.bound.map(Billing.atMost) ?? .unknown
    guard answer.finish != .contentFilter else {
      close(flight, .failed(.filtered), billing: billing, latency: answer.latency)
      return fail(.filtered, at: flight.step)
    }
    settle(flight, billing: billing, latency: answer.latency)
    return ask(flight, answer, pass: 0)
  }

  /// What follows a failed call: the same again, the next tier, or the next leg.
  private mutating func follow(_ fault: CallFault, of flight: Flight) -> LadderAction {
    guard !fault.afterFirstByte else { return finish(.brokenOff(fault.failure)) }
    if fault.isOfBatch, timeLeft.map({ $0 > Milliseconds(0) }) ?? true {
      switch order(flight.step, attempt: flight.attempt, delay: Milliseconds(0)) {
      case .ordered(let action): return action
      case .dropped(let reason): skip(flight.step, reason)
      }
    }
    if let delay = repeatDelay(after: fault, of: flight) {
      switch order(flight.step, attempt: flight.attempt + 1, delay: delay) {
      case .ordered(let action): return action
      case .dropped(let reason): skip(flight.step, reason)
      }
    }
    return fail(fault.failure, at: flight.step)
  }

  private mutating func fail(_ failure: CallFailure, at step: Int) -> LadderAction {
    leg.failure = failure
    leg.rejectedLast = false
    if failure == .filtered, !rules.climbsWhenFiltered { return fallBack(after: failure) }
    if failure != .filtered, rules.stopsWhenFailed { return fallBack(after: failure) }
    return proceed(from: step + 1)
  }

  /// Nil if the call is not to be tried again.
  private func repeatDelay(after fault: CallFault, of flight: Flight) -> Milliseconds? {
    guard fault.isRepeatable, flight.attempt < legs[leg.index].steps[flight.step].attempts else {
      return nil
    }
    switch fault.failure {
    case .tooLong, .filtered: return nil
    case .unavailable, .limited: break
    }
    let delay = fault.retryAfter ?? Backoff.delay(before: flight.attempt + 1)
    guard delay <= Backoff.longest else { return nil }
    if let left = timeLeft, delay >= left { return nil }
    return delay
  }
}
