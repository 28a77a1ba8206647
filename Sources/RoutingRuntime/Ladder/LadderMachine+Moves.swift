import PolicySemantics
import PolicySyntax
import PolicyUnits

// From step to step, and from leg to leg.
extension LadderMachine {
  mutating func enter(_ index: Int, after failure: CallFailure?) -> LadderAction {
    leg = LegState(index: index, entered: failure, since: now)
    guard index < legs.count else { return finish(.failed(failure ?? .unavailable)) }
    if let bound = legs[index].bound { purse.open(bound) }
    return proceed(from: max(0, legs[index].start))
  }

  /// Calls the next step of the leg that can be called.
  mutating func proceed(from first: Int) -> LadderAction {
    var step = first
    while step < legs[leg.index].steps.count {
      if let left = timeLeft, left <= Milliseconds(0) { return endLeg(timeUp: true) }
      switch order(step, attempt: 1, delay: Milliseconds(0)) {
      case .ordered(let action):
        return action
      case .dropped(let reason):
        skip(step, reason)
        // Too little left after a rejected answer exhausts a ladder; a lost model is a failure.
        if leg.wasCalled, !reason.isShortOfBudget { leg.failure = leg.failure ?? reason.failure }
      }
      step += 1
    }
    return endLeg(timeUp: false)
  }

  /// No step of the leg is left, or no time for it.
  mutating func endLeg(timeUp: Bool) -> LadderAction {
    switch rules.onExhausted {
    case .best:
      if let best = leg.best { return giveBack(best) }
    case .last:
      if let last = leg.last { return giveBack(last) }
    case .fail:
      break
    }
    if timeUp {
      return leg.last == nil ? fallBack(after: .unavailable, timeUp: true) : finish(.timeUp)
    }
    if leg.wasCalled {
      guard let failure = leg.failure else { return finish(.exhausted) }
      return fallBack(after: failure)
    }
    return fallBack(after: leg.entered ?? lastDrop?.failure ?? .unavailable)
  }

  private mutating func giveBack(_ candidate: Candidate) -> LadderAction {
    finish(.answered(candidate.answer, attempt: candidate.attempt, isAccepted: false))
  }

  /// Takes the next leg that follows this failure.
  mutating func fallBack(after failure: CallFailure, timeUp: Bool = false) -> LadderAction {
    if legs.indices.contains(leg.index), legs[leg.index].bound != nil { purse.closeLast() }
    let later = legs.indices.dropFirst(leg.index + 1)
    if let next = later.first(where: { legs[$0].follows.contains(failure) }) {
      return enter(next, after: failure)
    }
    if attempts.contains(where: \.wasCalled) { return finish(timeUp ? .timeUp : .failed(failure)) }
    guard let reason = firstDrop else { return finish(timeUp ? .timeUp : .failed(failure)) }
    return finish(.nothingToCall(reason))
  }

  mutating func finish(_ ending: LadderOutcome.Ending) -> LadderAction {
    let outcome = outcome(ending)
    state = .done(outcome)
    return .done(outcome)
  }

  func outcome(_ ending: LadderOutcome.Ending) -> LadderOutcome {
    LadderOutcome(
      ending: ending, attempts: attempts, climbs: climbs, cost: cost, tokens: tokens,
      isOverrun: purse.isOverrun)
  }

  private var firstDrop: DropReason? { attempts.lazy.compactMap(\.dropReason).first }
  private var lastDrop: DropReason? { attempts.last?.dropReason }

  var timeLeft: Milliseconds? {
    rules.maxTime.map { Milliseconds($0.count - (now.count - leg.since.count)) }
  }

  /// What a call has that waits first; a wait is never longer than the time left.
  func timeLeft(after delay: Milliseconds) -> Milliseconds? {
    timeLeft.map { Milliseconds($0.count - delay.count) }
  }
}
