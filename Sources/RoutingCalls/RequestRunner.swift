package import HTTPUpstream
import OpenAIWire
import PolicySemantics
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
  ///   - work: a climb that has not begun.
  ///   - permit: asked right before each call leaves, after any wait, with what has been spent by then
  ///     and what the call may cost. Where it says no the call is not made, and the climb ends as if it
  ///     had been cancelled. Every figure of a call that was permitted has to be kept by then.
  ///   - gate: asks a gate about an answer.
  /// - Returns: what was called and what came of it; never throws, whatever a provider does.
  package func run(
    _ work: ClimbWork, permit: (Spending) async -> Bool = { _ in true },
    gate: (GateQuestion, AnswerFacts) async -> GateAnswer
  ) async -> RunRecord {
    while true {
      switch work.action {
      case .done(let outcome): return work.end(outcome)
      case .ask(let question): await ask(question, work, gate)
      case .call(let order): work.hear(await perform(order, work, permit))
      }
    }
  }

  @inline(never)
  private func ask(
    _ question: GateQuestion, _ work: ClimbWork,
    _ gate: (GateQuestion, AnswerFacts) async -> GateAnswer
  ) async {
    // What went out early went out because every gate had said yes to it, whatever followed.
    if work.delivery?.committed == .early {
      work.hear(GateAnswer(.verdict(true)))
    } else {
      work.hear(await gate(question, work.answer))
    }
  }

  /// Makes one call, where it may be made, and looks at how it ended.
  ///
  /// What stands before and after the call is done by functions of their own, and kept in objects:
  /// whatever this one held itself, every open stream would hold in its frame.
  @inline(never)
  private func perform(
    _ order: CallOrder, _ work: ClimbWork,
    _ permit: (Spending) async -> Bool
  ) async -> CallReading {
    work.begin(order)
    if work.history.isFirst, let brought = work.brought { return read(brought, order, work) }
    // A task keeps the room of its deepest call: who does not share does not take it.
    if work.seat != nil, let shared = await share(order, work, permit) { return shared }
    if let problem = findPlaces(order, work) { return problem }
    if order.delay > Milliseconds(0) {
      try? await ContinuousClock().sleep(for: order.delay.duration)
    }
    let call: ChosenCall
    switch choose(order, work) {
    case .ended(let reading): return reading
    case .goesOn(let chosen): call = chosen
    }
    // Asked before and after: nobody may wait any more for a call that was permitted.
    guard await isPermitted(order, work, permit) else {
      return end(call, cancelled(call), work)
    }
    guard let streamed = call.streamed else { return end(call, await whole(call), work) }
    return end(call, await streamed.reading(), work)
  }

  /// A function of its own, so that nothing is held for what it is shown.
  @inline(never)
  private func isPermitted(
    _ order: CallOrder, _ work: ClimbWork,
    _ permit: (Spending) async -> Bool
  ) async -> Bool {
    if !Task.isCancelled, !work.isPermitted {
      work.isPermitted = await permit(work.machine.spending)
    }
    return work.isPermitted && !Task.isCancelled
  }

  /// Waits for others to ask with, once what the call may cost alone is on record; nil where it is made
  /// alone.
  @inline(never)
  private func share(
    _ order: CallOrder, _ work: ClimbWork,
    _ permit: (Spending) async -> Bool
  ) async -> CallReading? {
    guard let seat = work.seat, work.history.isFirst else { return nil }
    switch seat.offer(order, work.plan, work.step(of: order)) {
    case .failure(let reason):
      work.history.alone = reason
      return nil
    case .success(let offer):
      guard !Task.isCancelled, await permit(work.machine.spending) else {
        return CallReader.nowhere(order).cancelledBeforeSending()
      }
      switch await seat.desk.answer(offer) {
      case .alone(let reason):
        work.history.alone = reason
        work.isPermitted = true
        return nil
      case .left: return CallReader.nowhere(order).cancelledBeforeSending()
      case .read(let shared): return shared.reading(isLeft: Task.isCancelled)
      }
    }
  }

  @inline(never)
  private func whole(_ call: ChosenCall) async -> CallReading {
    await CallAttempt(client: client, request: call.request).reading(by: call.reader)
  }

  @inline(never)
  private func cancelled(_ call: ChosenCall) -> CallReading {
    call.reader.cancelledBeforeSending()
  }

  /// Nil where there are some.
  @inline(never)
  private func findPlaces(_ order: CallOrder, _ work: ClimbWork) -> CallReading? {
    guard let places = CallPlaces(order, plan: work.plan, catalog: catalog, settings) else {
      return CallReader.nowhere(order).refused("the catalog has nowhere to call this model")
    }
    work.places = places
    return places.usable.isEmpty ? places.withoutKey(settings) : nil
  }

  @inline(never)
  private func choose(_ order: CallOrder, _ work: ClimbWork) -> CallStage {
    guard let places = work.places else {
      return .ended(
        CallReader.nowhere(order).refused("the catalog has nowhere to call this model"))
    }
    let (plan, chat) = (work.plan, work.request)
    if Task.isCancelled { return .ended(places.cancelled()) }
    switch health.choose(work.history.wish(places, order)) {
    case .none(let refusal): return .ended(places.held(refusal))
    case .call(let index, let ticket):
      guard let call = places.call(index) else { return .ended(places.withoutKey(settings)) }
      let key = call.key(settings)
      let listener = work.listener(of: order)
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
        client: client, request: request, choices: Int(clamping: max(1, chat.choices)),
        keepsTexts: listener.keepsTexts)
      return .goesOn(
        ChosenCall(
          places, call, ticket, reader, request,
          streamed: StreamedAttempt(streamed, reader: reader, listener)))
    }
  }

  /// Tells the deployment's health and the history what came of a call.
  @inline(never)
  private func end(_ made: ChosenCall, _ reading: CallReading, _ work: ClimbWork) -> CallReading {
    let order = made.call.order
    if work.history.isFirst { reading.record.batch = work.history.alone.map(BatchMark.alone) }
    health.ended(made.ticket, reading.told, tokens: reading.countedTokens, of: made.places.model)
    reading.record.strip(work.plan.calls[order.call].step, of: work.request)
    if reading.record.isUnreadable { distrusted.distrust(made.call.base(settings)) }
    guard reading.record.wasSent else { return reading }
    work.history.sent()
    guard case .failed = reading.event else { return reading }
    work.history.failed(at: made.ticket.deployment, again: reading.again)
    let outlook = health.outlook(work.history.wishForRepeat(made.places, order))
    reading.allowRepeat(outlook, of: order, jitter: settings.jitter())
    return reading
  }
}

/// How far a call has come.
private enum CallStage {
  case goesOn(ChosenCall)
  case ended(CallReading)
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
      reading = reader.answered(answer, latency: Milliseconds(since: start, clock))
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
