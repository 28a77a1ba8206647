package import OpenAIWire
package import PolicySemantics
import PolicySyntax
import PolicyUnits
package import RoutingRuntime

/// A climb under way: the ladder and what is known of it so far; used by one task.
///
/// An object whose functions do not wait: what an open stream needs is kept here once, and the functions
/// that wait hold next to nothing in their frames.
package final class ClimbWork {
  package let climb: Climb
  let plan: Plan
  let request: ChatRequest
  /// Nil for a caller who waits for all of the answer.
  let delivery: AnswerDelivery?
  /// Where its first call may be shared with other requests; nil where it is made alone.
  let seat: BatchSeat?
  /// What has come of its first call already; nil where it is still to be made.
  let brought: BroughtAnswer?
  var history = CallHistory()
  /// Where the call under way may go.
  var places: CallPlaces?
  /// Whether what it may cost is on record already.
  var isPermitted = false
  private(set) var machine: LadderMachine
  private(set) var action: LadderAction
  /// What the gates are asked about.
  private(set) var answer = AnswerFacts(text: "")

  private let stop: (any AnswerWatching)?
  private let keepsTexts: Bool
  private let soFar: (GateID, String) -> VerdictSoFar
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var calls: [CallRecord] = []
  private var asides: [RunRecord.GateCall] = []

  /// - Parameters:
  ///   - climb: what the plan lets be called.
  ///   - plan: the decision's plan.
  ///   - request: as it came.
  ///   - sink: where the answer goes as it comes; nil for a caller who waits for all of it.
  ///   - keepsTexts: whether the record has to hold what went to the sink; an answer that no gate and no
  ///     `stop` looks at need not be kept for anybody else.
  ///   - stop: ends each answer where the route's `stop` says; nil for a route without one.
  ///   - seat: where its first call may be shared with other requests; nil for a route without `batch`.
  ///   - brought: what has come of its first call already, which is not made then.
  ///   - soFar: what a gate can already say of a text that may still grow.
  package init(
    _ climb: Climb, plan: Plan, request: ChatRequest, to sink: (any AnswerSink)? = nil,
    keepsTexts: Bool = true, stop: (any AnswerWatching)? = nil, batching seat: BatchSeat? = nil,
    bringing brought: BroughtAnswer? = nil,
    soFar: @escaping (GateID, String) -> VerdictSoFar = { _, _ in .open }
  ) {
    self.plan = plan
    self.request = request
    self.stop = stop
    self.seat = seat
    self.brought = brought
    self.keepsTexts = keepsTexts
    self.soFar = soFar
    start = clock.now
    delivery = sink.map { AnswerDelivery($0) }
    var climb = climb
    climb.streams = delivery != nil
    self.climb = climb
    machine = LadderMachine(climb)
    action = machine.start()
  }

  private var elapsed: Milliseconds { Milliseconds(since: start, clock) }

  /// A call is about to be made.
  @inline(never)
  func begin(_ order: CallOrder) {
    history.begin(order)
    isPermitted = false
    delivery?.expect(
      order, machine.attempts,
      keepingRejected: climb.legs[order.leg].rules.onExhausted != .fail,
      strippingLogprobs: plan.calls[order.call].step.wantsLogprobs && !request.logprobs)
  }

  func step(of order: CallOrder) -> Climb.Step { climb.legs[order.leg].steps[order.step] }

  /// Who listens to its answer.
  func listener(of order: CallOrder) -> AnswerListener {
    let leg = climb.legs[order.leg]
    return AnswerListener(
      delivery: delivery, step: leg.steps[order.step], rules: leg.rules, soFar: soFar, stop: stop,
      keepsTexts: keepsTexts || delivery == nil || stop != nil || !order.passesThrough)
  }

  /// A call has ended.
  @inline(never)
  func hear(_ reading: CallReading) {
    reading.record.began = max(
      Milliseconds(0), Milliseconds(elapsed.count - reading.record.latency.count))
    calls.append(reading.record)
    if case .answered(let facts) = reading.event { answer = facts }
    action = machine.step(reading.event, at: elapsed)
  }

  /// A gate has spoken.
  @inline(never)
  func hear(_ said: GateAnswer) {
    asides += RunRecord.GateCall.all(said.calls, asking: machine.attempts)
    action = machine.step(
      .gate(said.result, billed: said.billed, tokens: said.tokens, isBound: said.isBound),
      at: elapsed)
  }

  /// The climb is over.
  @inline(never)
  func end(_ outcome: LadderOutcome) -> RunRecord {
    delivery?.end(outcome)
    return RunRecord(
      outcome: outcome, calls: calls, elapsed: elapsed, committed: delivery?.committed,
      asides: asides)
  }
}
