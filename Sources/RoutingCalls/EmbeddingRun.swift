import HTTPUpstream
package import OpenAIWire
import PolicySemantics
package import PolicyUnits
package import RoutingCatalog
import RoutingHealth
package import RoutingRuntime

/// What became of a request for vectors that was run.
package struct EmbeddingRun: Sendable {
  package let record: RunRecord
  /// Nil if there is none to return.
  package let answer: EmbeddingsResponse?
}

extension RequestRunner {
  /// Calls an embedder, at one of these deployments, again if that fails.
  ///
  /// `permit` is asked as in a climb. Never throws, whatever a provider does.
  package func embed(
    _ request: EmbeddingsRequest, by embedder: CatalogEmbedder, at deployments: [Int],
    _ climb: Climb, permit: (Spending) async -> Bool
  ) async -> EmbeddingRun {
    let clock = ContinuousClock()
    let start = clock.now
    var machine = LadderMachine(climb)
    var action = machine.start()
    var calls: [CallRecord] = []
    var answer: EmbeddingsResponse?
    let places = places(of: embedder, at: deployments)
    while true {
      switch action {
      case .done(let outcome):
        let record = RunRecord(
          outcome: outcome.withoutModels, calls: calls, elapsed: Milliseconds(since: start, clock),
          committed: nil)
        if case .answered = outcome.ending { return EmbeddingRun(record: record, answer: answer) }
        return EmbeddingRun(record: record, answer: nil)
      case .ask:
        // No gate stands behind an embedder.
        action = machine.step(.gate(.failed, billed: .zero, tokens: 0))
      case .call(let order):
        if order.delay > Milliseconds(0) {
          try? await ContinuousClock().sleep(for: order.delay.duration)
        }
        let began = Milliseconds(since: start, clock)
        let spending = machine.spending
        let reading: CallReading
        if places.isEmpty {
          reading = CallReader.nowhere(order).refused(
            "no deployment of `\(embedder.name)` has its key")
        } else {
          let place = places[(order.attempt - 1) % places.count]
          (reading, answer) = await call(place, request) { await permit(spending) }
        }
        reading.record.began = began
        calls.append(reading.record)
        action = machine.step(reading.event, at: Milliseconds(since: start, clock))
      }
    }
  }

  /// The longest that can take, if every call waits for its deadline and every repeated one for its
  /// turn.
  package func longest(_ embedder: CatalogEmbedder) -> Milliseconds {
    let standard = UpstreamDeadlines().whole.map(Milliseconds.init) ?? Milliseconds(.max)
    let whole = embedder.deployments.map {
      (catalog.provider(named: $0.provider)?.timeouts.whole ?? standard).count
    }
    let one = min(whole.max() ?? 0, 1 << 40)
    let tries = Int64(EmbeddingPlan.attempts)
    return Milliseconds(one * tries + Backoff.longest.count * (tries - 1))
  }

  private struct Place {
    let deployment: UpstreamDeployment
    let provider: Provider
    let key: Secret?
  }

  /// Those whose key is there.
  private func places(of embedder: CatalogEmbedder, at kept: [Int]) -> [Place] {
    kept.compactMap { index in
      guard embedder.deployments.indices.contains(index),
        let provider = catalog.provider(named: embedder.deployments[index].provider)
      else { return nil }
      let variable = settings.baseURL == nil ? provider.keyVariable : nil
      let key = variable.flatMap(settings.key)
      guard variable == nil || key != nil else { return nil }
      return Place(deployment: embedder.deployments[index], provider: provider, key: key)
    }
  }

  private func call(
    _ place: Place, _ request: EmbeddingsRequest, permit: () async -> Bool
  ) async -> (CallReading, EmbeddingsResponse?) {
    let reader = CallReader(
      deployment: place.deployment, provider: place.provider, planned: 0, key: place.key)
    guard !Task.isCancelled, await permit(), !Task.isCancelled else {
      return (reader.cancelledBeforeSending(), nil)
    }
    let clock = ContinuousClock()
    let start = clock.now
    do {
      let raw = try await client.sendWhole(self.request(for: request, at: place))
      let answer = try ProviderAnswer(raw.head, body: raw.body)
        .readEmbeddings(count: request.count)
      let reading = reader.embedded(
        answer, status: raw.status, firstByte: Milliseconds(raw.timing.firstByte),
        latency: Milliseconds(since: start, clock))
      return (reading, answer)
    } catch let failure as ProviderFailure {
      return (reader.failed(failure, latency: Milliseconds(since: start, clock)), nil)
    } catch let failure as UpstreamFailure {
      return (reader.failed(failure, latency: Milliseconds(since: start, clock)), nil)
    } catch {
      return (reader.failed(.cancelled, latency: Milliseconds(since: start, clock)), nil)
    }
  }

  private func request(for request: EmbeddingsRequest, at place: Place) -> UpstreamRequest {
    var headers = [
      UpstreamHeader("content-type", "application/json"),
      UpstreamHeader("accept", "application/json"),
    ]
    if let key = place.key { headers.append(.bearer(key)) }
    let timeouts = place.provider.timeouts
    let standard = UpstreamDeadlines()
    return UpstreamRequest(
      .post, (settings.baseURL ?? place.provider.baseURL) + "/embeddings", headers: headers,
      body: request.body(model: place.deployment.upstream),
      deadlines: UpstreamDeadlines(
        connect: timeouts.connect.map(\.duration) ?? standard.connect,
        firstByte: timeouts.firstByte.map(\.duration) ?? standard.firstByte,
        whole: timeouts.whole.map(\.duration) ?? standard.whole))
  }
}

extension CallReader {
  /// Vectors that came, with what their provider counted.
  fileprivate func embedded(
    _ answer: EmbeddingsResponse, status: Int, firstByte: Milliseconds, latency: Milliseconds
  ) -> CallReading {
    let usage = answer.promptTokens.map { RoutingRuntime.Usage(input: $0, output: 0) }
    var record = CallRecord(
      provider: deployment.provider, upstream: deployment.upstream, region: deployment.region,
      planned: planned, response: nil, problem: nil, status: status, latency: latency)
    record.firstByte = firstByte
    record.counted = usage
    if usage == nil { record.usageProblem = UsageProblem.absent.message }
    return CallReading(
      event: .answered(AnswerFacts(text: "", usage: usage, latency: latency)), record: record,
      end: .answered(firstByte: nil))
  }
}
