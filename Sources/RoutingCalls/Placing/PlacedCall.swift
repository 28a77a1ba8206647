import HTTPUpstream
package import OpenAIWire
import PolicySemantics
import PolicyUnits
import RoutingCatalog
package import RoutingRuntime

/// A call as a provider's batch is given it: where it goes, and the request byte for byte.
package struct PlacedCall: Sendable {
  /// Where it goes.
  package let place: BatchPlace
  /// Index into the plan's calls.
  package let planned: Int
  /// The request, as it would have been sent alone.
  package let body: [UInt8]
}

/// Whom a batch is given to, and for which model: calls of one place share a batch.
package struct BatchPlace: Hashable, Sendable {
  /// The provider's name in the catalog.
  package let provider: String
  /// The provider's own name of the model.
  package let upstream: String
  package let region: String?
  /// The name of the model in the catalog.
  package let model: String

  package init(provider: String, upstream: String, region: String?, model: String) {
    self.provider = provider
    self.upstream = upstream
    self.region = region
    self.model = model
  }
}

/// What has come of a call that was made by somebody else, as a provider's batch.
package struct BroughtAnswer: Sendable {
  package enum Kind: Sendable {
    /// What the provider would have answered.
    case answered(status: Int, body: [UInt8])
    /// It was not worked on, and is not billed.
    case notMade(problem: String)
    /// Nobody knows: it may have been billed.
    case unknown(problem: String)
  }

  package let kind: Kind
  package let place: BatchPlace
  /// The provider's name of the batch.
  package let batch: String

  package init(_ kind: Kind, from place: BatchPlace, batch: String) {
    self.kind = kind
    self.place = place
    self.batch = batch
  }
}

extension RequestRunner {
  /// The call as a batch is given it; nil where no deployment's key is there.
  package func placed(_ order: CallOrder, plan: Plan, request: ChatRequest) -> PlacedCall? {
    guard let places = CallPlaces(order, plan: plan, catalog: catalog, settings),
      let index = places.usable.first, let call = places.call(index)
    else { return nil }
    return PlacedCall(
      place: BatchPlace(
        provider: call.deployment.provider, upstream: call.deployment.upstream,
        region: call.deployment.region, model: places.model.name),
      planned: order.call, body: call.body(for: request, plan: plan, streaming: false))
  }

  /// How a provider's files and batches are asked for; nil for one the catalog lacks, or without its key.
  package func batchClient(of provider: String) -> BatchClient? {
    guard let found = catalog.provider(named: provider) else { return nil }
    guard settings.baseURL == nil, let variable = found.keyVariable else {
      return BatchClient(client: client, base: settings.baseURL ?? found.baseURL, key: nil)
    }
    guard let key = settings.key(variable) else { return nil }
    return BatchClient(client: client, base: found.baseURL, key: key)
  }

  /// What a brought answer is to the climb.
  ///
  /// Its deployment's health hears nothing of it: it says nothing of calls made now.
  @inline(never)
  func read(_ brought: BroughtAnswer, _ order: CallOrder, _ work: ClimbWork) -> CallReading {
    let (plan, place) = (work.plan, brought.place)
    let deployment = UpstreamDeployment(
      provider: place.provider, region: place.region, upstream: place.upstream)
    let reader = CallReader(
      deployment: deployment,
      provider: catalog.provider(named: place.provider)
        ?? Provider(name: place.provider, baseURL: ""),
      planned: order.call, key: nil,
      estimate: CallEstimate(order, plan, work.step(of: order), in: catalog))
    let reading: CallReading
    switch brought.kind {
    case .answered(let status, let body):
      let answer = ProviderAnswer(status: status, body: body)
      do throws(ProviderFailure) {
        reading = reader.answered(
          ReadAnswer(response: try answer.read(), status: status), latency: Milliseconds(0))
      } catch {
        reading = reader.failed(error, latency: Milliseconds(0))
        reading.allowNoRepeat()
      }
    case .notMade(let problem):
      reading = reader.notMade(problem)
    case .unknown(let problem):
      reading = reader.unknown(problem)
    }
    reading.record.batch = .placed(batch: brought.batch)
    reading.record.strip(plan.calls[order.call].step, of: work.request)
    work.history.sent()
    return reading
  }
}

extension CallReader {
  /// A call of a batch its provider did not come to.
  fileprivate func notMade(_ problem: String) -> CallReading {
    let reading = refused(problem)
    reading.record.wasSent = true
    reading.record.cause = .provider(.unavailable, retryAfter: nil)
    return reading
  }

  /// A call of a batch that has no line for it.
  fileprivate func unknown(_ problem: String) -> CallReading {
    let reading = notMade(problem)
    reading.record.cause = .broken
    reading.event = .failed(CallFault(.unavailable, billing: .unknown, isRepeatable: false))
    return reading
  }
}

extension CallReading {
  fileprivate func allowNoRepeat() {
    guard case .failed(var fault) = event else { return }
    fault.isRepeatable = false
    event = .failed(fault)
  }
}
