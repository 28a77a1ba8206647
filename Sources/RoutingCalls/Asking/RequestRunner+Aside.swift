import HTTPUpstream
package import OpenAIWire
import PolicySemantics
package import PolicyUnits
import RoutingCatalog
import RoutingHealth
package import RoutingRuntime

/// How long calls beside the answer may take where neither policy nor catalog says less.
package enum AsideDeadlines {
  /// A judge, a second answer, a vector.
  package static let model = Milliseconds(30_000)
  /// A service of the policy's own.
  package static let service = Milliseconds(5_000)
  /// The vector of a question that is looked up: an answer waits for it.
  package static let question = Milliseconds(2_000)
  /// A classifier whose policy names no `timeout`.
  package static let classifier = Milliseconds(10_000)
  package static let shadow = Milliseconds(300_000)
}

extension RequestRunner {
  /// Makes a call of the plan that serves an answer without being one, once.
  ///
  /// `body` is what is sent, for where it is sent; the record has its bill, whatever came of it.
  func aside(
    _ order: CallOrder, as role: AttemptRole, of plan: Plan, body: (UpstreamCall) -> [UInt8]
  ) async -> CallReading {
    let reading = await place(order, plan, body)
    if catalog.vocabulary.models.indices.contains(order.model.index) {
      reading.record.aside = AsideBill(
        role, order, model: catalog.vocabulary.models[order.model.index], reading.event)
    }
    return reading
  }

  /// Asks a shadow what it would have answered; nil if the plan has it dropped.
  package func shadow(
    _ planned: Int, of plan: Plan, _ request: ChatRequest
  ) async -> CallRecord? {
    guard let order = CallOrder(aside: planned, of: plan, timeout: AsideDeadlines.shadow) else {
      return nil
    }
    return await aside(order, as: .shadow, of: plan) { call in
      call.body(for: request, plan: plan, streaming: false)
    }.record
  }

  /// Makes a text into a vector, by a call of the plan; nil if that cannot be done.
  package func embed(
    _ text: String, as planned: Int, of plan: Plan, within limit: Milliseconds
  ) async -> (vector: [Float]?, record: CallRecord?) {
    guard plan.calls.indices.contains(planned), plan.calls[planned].isKept,
      case .embedder(let embedder) = plan.calls[planned].step.target
    else { return (nil, nil) }
    let call = plan.calls[planned]
    let (vectors, record) = await EmbedderCall(
      runner: self, embedder: embedder, deployments: call.deployments
    ).send(
      [text], within: limit, reserved: call.cost.atMost.money, reservedTokens: call.tokensAtMost)
    return (vectors?.first, record)
  }

  /// Takes a deployment that may be called, and tells how it did.
  func place(
    _ order: CallOrder, _ plan: Plan, _ body: (UpstreamCall) -> [UInt8]
  ) async -> CallReading {
    guard let places = CallPlaces(order, plan: plan, catalog: catalog, settings) else {
      return CallReader.nowhere(order).refused("the catalog has nowhere to call this model")
    }
    if places.usable.isEmpty { return places.withoutKey(settings) }
    if Task.isCancelled { return places.cancelled() }
    let wish = CallWish(places.model, among: places.usable, tokens: order.reservedTokens)
    switch health.choose(wish) {
    case .none(let refusal): return places.held(refusal)
    case .call(let index, let ticket):
      guard let call = places.call(index) else { return places.withoutKey(settings) }
      let reading = await send(call, body(call))
      health.ended(ticket, reading.told, tokens: reading.countedTokens, of: places.model)
      if reading.record.isUnreadable { distrusted.distrust(call.base(settings)) }
      return reading
    }
  }

  private func send(_ call: UpstreamCall, _ body: [UInt8]) async -> CallReading {
    let key = call.key(settings)
    let reader = CallReader(
      deployment: call.deployment, provider: call.provider, planned: call.order.call, key: key)
    var request = call.request(body: body, streaming: false, key, settings)
    request.wantsNewConnection = distrusted.distrusts(call.base(settings))
    let clock = ContinuousClock()
    let start = clock.now
    do throws(UpstreamFailure) {
      let raw = try await client.sendWhole(request)
      let latency = Milliseconds(since: start, clock)
      let reading: CallReading
      do throws(ProviderFailure) {
        let response = try ProviderAnswer(raw.head, body: raw.body).read()
        reading = reader.answered(
          ReadAnswer(response: response, status: raw.status), latency: latency)
      } catch {
        reading = reader.failed(error, latency: latency)
      }
      reading.record.firstByte = Milliseconds(raw.timing.firstByte)
      return reading
    } catch {
      return reader.failed(error, latency: Milliseconds(since: start, clock))
    }
  }
}
