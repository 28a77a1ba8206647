package import HTTPUpstream
package import OpenAIWire
package import PolicySemantics
import PolicySyntax
package import PolicyUnits
import RoutingBatches
package import RoutingCatalog
package import RoutingHealth
package import RoutingRuntime

/// Runs requests, one with each `run`: asks the ladder what to do, does it, tells the ladder, until it
/// is done.
package final class RequestRunner: Sendable {
  let catalog: Catalog
  package let health: UpstreamHealth
  let settings: CallSettings
  let client: HTTPUpstream
  let distrusted = DistrustedConnections()

  /// `health` is shared by all that call the same providers; nil for a runner that calls alone.
  package init(
    catalog: Catalog, client: HTTPUpstream, settings: CallSettings, health: UpstreamHealth? = nil
  ) {
    self.catalog = catalog
    self.client = client
    self.settings = settings
    self.health = health ?? UpstreamHealth()
  }

  /// Climbs until an answer is accepted, the ladder is exhausted, or the task is cancelled.
  ///
  /// - Parameters:
  ///   - climb: what the plan lets be called.
  ///   - plan: the decision's plan; nothing in it may need what this version cannot do.
  ///   - request: as it came.
  ///   - sink: where the answer goes as it comes; nil for a caller who waits for all of it.
  ///   - permit: asked right before each call leaves, after any wait, with the ladder as it stands:
  ///     what has been spent and what the call may cost. Where it says no the call is not made, and
  ///     the climb ends as if it had been cancelled. Every figure of a call that was permitted has to
  ///     be kept by then.
  ///   - stop: ends each answer where the route's `stop` says; nil for a route without one.
  ///   - seat: where its first call may be shared with other requests; nil for a route without `batch`.
  ///   - soFar: what a gate can already say of a text that may still grow.
  ///   - gate: asks a gate about an answer.
  /// - Returns: what was called and what came of it; never throws, whatever a provider does.
  package func run(
    _ climb: Climb, plan: Plan, request: ChatRequest, to sink: (any AnswerSink)? = nil,
    permit: (CallOrder, LadderMachine) async -> Bool = { _, _ in true },
    stop: (any AnswerWatching)? = nil,
    batching seat: BatchSeat? = nil,
    soFar: @escaping (GateID, String) -> VerdictSoFar = { _, _ in .open },
    gate: (GateQuestion, AnswerFacts) async -> GateAnswer
  ) async -> RunRecord {
    let clock = ContinuousClock()
    let start = clock.now
    let delivery = sink.map { AnswerDelivery($0) }
    var climb = climb
    climb.streams = delivery != nil
    var machine = LadderMachine(climb)
    var action = machine.start()
    var calls: [CallRecord] = []
    var history = CallHistory()
    var asides: [RunRecord.GateCall] = []
    var answer = AnswerFacts(text: "")
    while true {
      switch action {
      case .done(let outcome):
        await delivery?.end(outcome)
        return RunRecord(
          outcome: outcome, calls: calls, elapsed: Milliseconds(since: start, clock),
          committed: delivery?.committed, asides: asides)
      case .ask(let question):
        // What went out early went out because every gate had said yes to it, whatever followed.
        let said =
          delivery?.committed == .early
          ? GateAnswer(.verdict(true)) : await gate(question, answer)
        asides += RunRecord.GateCall.all(said.calls, asking: machine.attempts)
        action = machine.step(
          .gate(said.result, billed: said.billed, tokens: said.tokens, isBound: said.isBound),
          at: Milliseconds(since: start, clock))
      case .call(let order):
        let leg = climb.legs[order.leg]
        delivery?.expect(
          order, machine.attempts, keepingRejected: leg.rules.onExhausted != .fail,
          strippingLogprobs: plan.calls[order.call].step.wantsLogprobs && !request.logprobs)
        let listener = AnswerListener(
          delivery: delivery, step: leg.steps[order.step], rules: leg.rules, soFar: soFar,
          stop: stop)
        let reading = await perform(
          order, machine, plan, request, listener, &history, seat, permit: permit)
        reading.record.began = max(
          Milliseconds(0),
          Milliseconds(Milliseconds(since: start, clock).count - reading.record.latency.count))
        calls.append(reading.record)
        if case .answered(let facts) = reading.event { answer = facts }
        action = machine.step(reading.event, at: Milliseconds(since: start, clock))
      }
    }
  }

  /// Makes one call, where it may be made, and looks at how it ended.
  ///
  /// What stands before and after the call is done by functions of their own, and kept in an object:
  /// whatever this one held itself, every open stream would hold in its frame.
  private func perform(
    _ order: CallOrder, _ ladder: LadderMachine, _ plan: Plan, _ chat: ChatRequest,
    _ listener: AnswerListener, _ history: inout CallHistory, _ seat: BatchSeat?,
    permit: (CallOrder, LadderMachine) async -> Bool
  ) async -> CallReading {
    history.begin(order)
    var isPermitted = false
    if let seat, history.isFirst {
      switch await share(order, ladder, plan, listener, seat, permit: permit) {
      case .ended(let reading): return reading
      case .goesOn(let alone):
        history.alone = alone.reason
        isPermitted = alone.isPermitted
      }
    }
    let places: CallPlaces
    switch findPlaces(order, plan) {
    case .ended(let reading): return reading
    case .goesOn(let found): places = found
    }
    if order.delay > Milliseconds(0) {
      try? await ContinuousClock().sleep(for: order.delay.duration)
    }
    let call: ChosenCall
    switch choose(places, plan, chat, listener, history) {
    case .ended(let reading): return reading
    case .goesOn(let chosen): call = chosen
    }
    // Asked before and after: nobody may wait any more for a call that was permitted.
    var mayCall = isPermitted
    if !Task.isCancelled, !mayCall { mayCall = await permit(order, ladder) }
    guard mayCall, !Task.isCancelled else {
      return end(call, call.reader.cancelledBeforeSending(), plan, chat, &history)
    }
    let reading =
      if let streamed = call.streamed {
        await streamed.reading()
      } else {
        await CallAttempt(client: client, request: call.request).reading(by: call.reader)
      }
    return end(call, reading, plan, chat, &history)
  }

  /// Waits for others to ask with, once what the call may cost alone is on record.
  @inline(never)
  private func share(
    _ order: CallOrder, _ ladder: LadderMachine, _ plan: Plan, _ listener: AnswerListener,
    _ seat: BatchSeat, permit: (CallOrder, LadderMachine) async -> Bool
  ) async -> CallStage<CallAlone> {
    switch seat.offer(order, plan, listener.step) {
    case .failure(let reason): return .goesOn(CallAlone(reason: reason, isPermitted: false))
    case .success(let offer):
      guard !Task.isCancelled, await permit(order, ladder) else {
        return .ended(CallReader.nowhere(order).cancelledBeforeSending())
      }
      switch await seat.desk.answer(offer) {
      case .alone(let reason): return .goesOn(CallAlone(reason: reason, isPermitted: true))
      case .left: return .ended(CallReader.nowhere(order).cancelledBeforeSending())
      case .read(let shared): return .ended(shared.reading(isLeft: Task.isCancelled))
      }
    }
  }

  @inline(never)
  private func findPlaces(_ order: CallOrder, _ plan: Plan) -> CallStage<CallPlaces> {
    guard let places = CallPlaces(order, plan: plan, catalog: catalog, settings) else {
      return .ended(
        CallReader.nowhere(order).refused("the catalog has nowhere to call this model"))
    }
    return places.usable.isEmpty ? .ended(places.withoutKey(settings)) : .goesOn(places)
  }

  @inline(never)
  private func choose(
    _ places: CallPlaces, _ plan: Plan, _ chat: ChatRequest, _ listener: AnswerListener,
    _ history: CallHistory
  ) -> CallStage<ChosenCall> {
    if Task.isCancelled { return .ended(places.cancelled()) }
    switch health.choose(history.wish(places, places.order)) {
    case .none(let refusal): return .ended(places.held(refusal))
    case .call(let index, let ticket):
      guard let call = places.call(index) else { return .ended(places.withoutKey(settings)) }
      let key = call.key(settings)
      let reader = CallReader(
        deployment: call.deployment, provider: call.provider, planned: call.order.call, key: key,
        estimate: CallEstimate(call.order, plan, listener.step, in: catalog))
      let streams = listener.streams(call.order)
      var request = call.request(for: chat, plan: plan, streaming: streams, key, settings)
      request.wantsNewConnection = distrusted.distrusts(call.base(settings))
      guard streams else {
        return .goesOn(ChosenCall(places, call, ticket, reader, request, streamed: nil))
      }
      let streamed = StreamedCall(
        client: client, request: request, firstToken: call.order.firstToken,
        silence: call.silence, choices: Int(clamping: max(1, chat.choices)))
      return .goesOn(
        ChosenCall(
          places, call, ticket, reader, request,
          streamed: StreamedAttempt(streamed, reader: reader, listener)))
    }
  }

  /// Tells the deployment's health and the history what came of a call.
  @inline(never)
  private func end(
    _ made: ChosenCall, _ reading: CallReading, _ plan: Plan, _ chat: ChatRequest,
    _ history: inout CallHistory
  ) -> CallReading {
    let order = made.call.order
    if history.isFirst { reading.record.batch = history.alone.map(BatchMark.alone) }
    health.ended(made.ticket, reading.told, tokens: reading.countedTokens, of: made.places.model)
    reading.record.strip(plan.calls[order.call].step, of: chat)
    if reading.record.isUnreadable { distrusted.distrust(made.call.base(settings)) }
    guard reading.record.wasSent else { return reading }
    history.sent()
    guard case .failed = reading.event else { return reading }
    history.failed(at: made.ticket.deployment, again: reading.again)
    let outlook = health.outlook(history.wishForRepeat(made.places, order))
    reading.allowRepeat(outlook, of: order, jitter: settings.jitter())
    return reading
  }
}

/// How far a call has come.
private enum CallStage<Next> {
  case goesOn(Next)
  case ended(CallReading)
}

/// A first call that nobody shares.
private struct CallAlone {
  let reason: AloneReason
  /// Whether what it may cost is on record already.
  let isPermitted: Bool
}

/// A call that has its deployment, with all that is needed until it is over.
private final class ChosenCall {
  let places: CallPlaces
  let call: UpstreamCall
  let ticket: CallTicket
  let reader: CallReader
  let request: UpstreamRequest
  /// Nil for a call whose answer is waited for as a whole.
  let streamed: StreamedAttempt?

  init(
    _ places: CallPlaces, _ call: UpstreamCall, _ ticket: CallTicket, _ reader: CallReader,
    _ request: UpstreamRequest, streamed: StreamedAttempt?
  ) {
    self.places = places
    self.call = call
    self.ticket = ticket
    self.reader = reader
    self.request = request
    self.streamed = streamed
  }
}

/// One call on the wire whose answer comes as a whole.
private struct CallAttempt {
  let client: HTTPUpstream
  let request: UpstreamRequest

  func reading(by reader: CallReader) async -> CallReading {
    let clock = ContinuousClock()
    let start = clock.now
    var firstByte: Milliseconds?
    let reading: CallReading
    do {
      let answer = try await whole(&firstByte)
      reading = reader.answered(
        answer.response, status: answer.status, latency: Milliseconds(since: start, clock))
    } catch let failure as ProviderFailure {
      reading = reader.failed(failure, latency: Milliseconds(since: start, clock))
    } catch let failure as UpstreamFailure {
      reading = reader.failed(failure, latency: Milliseconds(since: start, clock))
    } catch {
      reading = reader.failed(.cancelled, latency: Milliseconds(since: start, clock))
    }
    reading.record.firstByte = firstByte
    return reading
  }

  private func whole(_ firstByte: inout Milliseconds?) async throws -> ReadAnswer {
    let raw = try await client.sendWhole(request)
    firstByte = Milliseconds(raw.timing.firstByte)
    let response = try ProviderAnswer(raw.head, body: raw.body).read()
    return ReadAnswer(response: response, status: raw.status)
  }
}

/// An answer that could be read.
struct ReadAnswer: Sendable {
  let response: ChatResponse
  let status: Int
}

extension ProviderAnswer {
  init(_ head: UpstreamHead, body: [UInt8]) {
    self.init(
      status: head.status, body: body, retryAfter: head["retry-after"],
      retryAfterMs: head["retry-after-ms"], date: head["date"])
  }
}

extension CallReader {
  static func nowhere(_ order: CallOrder) -> CallReader {
    CallReader(
      deployment: UpstreamDeployment(provider: "", upstream: ""),
      provider: Provider(name: "", baseURL: ""), planned: order.call, key: nil)
  }
}

extension Milliseconds {
  init(since start: ContinuousClock.Instant, _ clock: ContinuousClock) {
    self.init(clock.now - start)
  }

  /// Whole milliseconds, rounded down.
  package init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self.init(seconds * 1000 + attoseconds / 1_000_000_000_000_000)
  }
}
