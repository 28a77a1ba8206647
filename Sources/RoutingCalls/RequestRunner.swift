package import HTTPUpstream
package import OpenAIWire
package import PolicySemantics
import PolicySyntax
package import PolicyUnits
package import RoutingCatalog
package import RoutingHealth
package import RoutingRuntime

/// Runs one request: asks the ladder what to do, does it, tells the ladder, until it is done.
package struct RequestRunner: Sendable {
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
  ///   - soFar: what a gate can already say of a text that may still grow.
  ///   - gate: asks a gate about an answer.
  /// - Returns: what was called and what came of it; never throws, whatever a provider does.
  package func run(
    _ climb: Climb, plan: Plan, request: ChatRequest, to sink: (any AnswerSink)? = nil,
    permit: (CallOrder, LadderMachine) async -> Bool = { _, _ in true },
    stop: (any AnswerWatching)? = nil,
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
        let ladder = machine
        let leg = climb.legs[order.leg]
        delivery?.expect(
          order, ladder.attempts, keepingRejected: leg.rules.onExhausted != .fail,
          strippingLogprobs: plan.calls[order.call].step.wantsLogprobs && !request.logprobs)
        let listener = AnswerListener(
          delivery: delivery, step: leg.steps[order.step], rules: leg.rules, soFar: soFar,
          stop: stop)
        var reading = await perform(order, plan, request, listener, &history) {
          await permit(order, ladder)
        }
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
  private func perform(
    _ order: CallOrder, _ plan: Plan, _ chat: ChatRequest, _ listener: AnswerListener,
    _ history: inout CallHistory, permit: () async -> Bool
  ) async -> CallReading {
    history.begin(order)
    guard let places = CallPlaces(order, plan: plan, catalog: catalog, settings) else {
      return CallReader.nowhere(order).refused("the catalog has nowhere to call this model")
    }
    if places.usable.isEmpty { return places.withoutKey(settings) }
    if order.delay > Milliseconds(0) {
      try? await ContinuousClock().sleep(for: order.delay.duration)
    }
    if Task.isCancelled { return places.cancelled() }
    switch health.choose(history.wish(places, order)) {
    case .none(let refusal): return places.held(refusal)
    case .call(let index, let ticket):
      guard let call = places.call(index) else { return places.withoutKey(settings) }
      var reading = await make(call, plan, chat, listener, permit: permit)
      health.ended(ticket, reading.told, tokens: reading.countedTokens, of: places.model)
      reading.record.strip(plan.calls[order.call].step, of: chat)
      if reading.record.isUnreadable { distrusted.distrust(call.base(settings)) }
      guard reading.record.wasSent else { return reading }
      history.sent()
      guard case .failed = reading.event else { return reading }
      history.failed(at: ticket.deployment, again: reading.again)
      let outlook = health.outlook(history.wishForRepeat(places, order))
      reading.allowRepeat(outlook, of: order, jitter: settings.jitter())
      return reading
    }
  }

  private func make(
    _ call: UpstreamCall, _ plan: Plan, _ chat: ChatRequest, _ listener: AnswerListener,
    permit: () async -> Bool
  ) async -> CallReading {
    let order = call.order
    let key = call.key(settings)
    let reader = CallReader(
      deployment: call.deployment, provider: call.provider, planned: order.call, key: key,
      estimate: CallEstimate(order, plan, listener.step, in: catalog))
    var request = call.request(
      for: chat, plan: plan, streaming: listener.streams(order), key, settings)
    request.wantsNewConnection = distrusted.distrusts(call.base(settings))
    // Asked before and after: nobody may wait any more for a call that was permitted.
    guard !Task.isCancelled, await permit(), !Task.isCancelled else {
      return reader.cancelledBeforeSending()
    }
    guard listener.streams(order) else {
      return await CallAttempt(client: client, request: request).reading(by: reader)
    }
    let streamed = StreamedCall(
      client: client, request: request, firstToken: order.firstToken,
      silence: call.silence,
      choices: Int(clamping: max(1, chat.choices)))
    var attempt = StreamedAttempt(streamed, reader: reader, listener)
    return await attempt.reading()
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
    var reading: CallReading
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
