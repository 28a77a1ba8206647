import HTTPUpstream
import JSONReading
import OpenAIWire
import PolicySemantics
import PolicyUnits
import RoutingCatalog
import RoutingRuntime

/// A call that makes texts into vectors.
struct EmbedderCall {
  let runner: RequestRunner
  let embedder: EmbedderID
  /// Indices into the embedder's deployments that may be called.
  let deployments: [Int]

  /// One vector for each text, in order; nil if there are none.
  ///
  /// `reserved` and `reservedTokens` are what it counts at where its provider gives no figures.
  func send(
    _ texts: [String], within limit: Milliseconds, reserved: Money?, reservedTokens: Int64?
  ) async -> (vectors: [[Float]]?, record: CallRecord) {
    let catalog = runner.catalog
    guard catalog.embedders.indices.contains(embedder.index),
      catalog.vocabulary.embedders.indices.contains(embedder.index)
    else { return (nil, unsent("the catalog has no such embedder")) }
    let entry = catalog.embedders[embedder.index]
    let places = deployments.filter(entry.deployments.indices.contains)
    guard
      let place = places.max(by: { entry.deployments[$0].weight < entry.deployments[$1].weight })
    else { return (nil, unsent("no place of the embedder is left")) }
    let deployment = entry.deployments[place]
    guard let provider = catalog.provider(named: deployment.provider) else {
      return (nil, unsent("the catalog has nowhere to call this embedder"))
    }
    let variable = runner.settings.baseURL == nil ? provider.keyVariable : nil
    let key = variable.flatMap(runner.settings.key)
    let reader = CallReader(deployment: deployment, provider: provider, planned: -1, key: key)
    if let variable, key == nil {
      return (nil, reader.refused("\(variable) is not set, or is no key").record)
    }
    guard !Task.isCancelled else { return (nil, reader.cancelledBeforeSending().record) }
    let whole = [limit, provider.timeouts.whole].compactMap(\.self).min() ?? limit
    var headers = [
      UpstreamHeader("content-type", "application/json"),
      UpstreamHeader("accept", "application/json"),
    ]
    if let key { headers.append(.bearer(key)) }
    let request = UpstreamRequest(
      .post, (runner.settings.baseURL ?? provider.baseURL) + "/embeddings", headers: headers,
      body: AsideBody.embeddings(model: deployment.upstream, inputs: texts),
      deadlines: UpstreamDeadlines(
        connect: provider.timeouts.connect.map(\.duration) ?? .seconds(5),
        firstByte: whole.duration, whole: whole.duration))
    var bill = AsideBill(
      role: .embedder, model: entry.name, modelID: nil, ending: .cancelled, reserved: reserved,
      cost: .nothing, tokens: .nothing)
    let tariff = Tariff(
      ModelPrices(
        input: catalog.vocabulary.embedders[embedder.index].price, output: Price(picosPerToken: 0)))
    return await send(request, texts.count, reader, &bill) { bill, billing in
      bill.charge(billing, tariff, reservedTokens)
    }
  }

  private func send(
    _ request: UpstreamRequest, _ count: Int, _ reader: CallReader, _ bill: inout AsideBill,
    charge: (inout AsideBill, Billing) -> Void
  ) async -> (vectors: [[Float]]?, record: CallRecord) {
    let clock = ContinuousClock()
    let start = clock.now
    let reading: CallReading
    var vectors: [[Float]]?
    var usage: RoutingRuntime.Usage?
    do throws(UpstreamFailure) {
      let raw = try await runner.client.sendWhole(request)
      let latency = Milliseconds(since: start, clock)
      let reply = EmbeddingReply(raw.body)
      let isGood = (200..<300).contains(raw.status)
      if isGood, let reply {
        vectors = reply.vectors.count == count ? reply.vectors : nil
        usage = reply.tokens.map { RoutingRuntime.Usage(input: $0, output: 0) }
        reading = reader.answered(
          ReadAnswer(
            response: ChatResponse(model: reply.model, choices: []), status: raw.status),
          latency: latency)
        reading.record.response = nil
      } else {
        let words = isGood ? "the answer holds no vectors" : "\(raw.status)"
        let failure = ProviderFailure(.unavailable, status: raw.status, message: words)
        reading = reader.failed(failure, latency: latency)
      }
      reading.record.firstByte = Milliseconds(raw.timing.firstByte)
    } catch {
      reading = reader.failed(error, latency: Milliseconds(since: start, clock))
    }
    switch reading.event {
    case .answered:
      bill.ending = vectors == nil ? .unreadable : .read
      charge(&bill, usage.map(Billing.usage) ?? .unknown)
    case .failed(let fault):
      bill.ending = .failed(fault.failure)
      charge(&bill, fault.billing)
    case .cancelled(let billing), .timeUp(let billing): charge(&bill, billing)
    case .gate: charge(&bill, .unknown)
    }
    reading.record.counted = usage
    reading.record.usageProblem = nil
    reading.record.aside = bill
    return (vectors, reading.record)
  }

  private func unsent(_ problem: String) -> CallRecord {
    var record = CallReader.nobody.refused(problem).record
    record.aside = AsideBill(
      role: .embedder, model: nil, modelID: nil, ending: .failed(.unavailable), cost: .nothing,
      tokens: .nothing)
    return record
  }
}

extension CallReader {
  fileprivate static var nobody: CallReader {
    CallReader(
      deployment: UpstreamDeployment(provider: "", upstream: ""),
      provider: Provider(name: "", baseURL: ""), planned: -1, key: nil)
  }
}

/// What an embedder answers.
struct EmbeddingReply {
  /// By the index each has; those that are missing make the whole unreadable.
  let vectors: [[Float]]
  let tokens: Int64?
  let model: String?

  init?(_ body: [UInt8]) {
    guard let root = try? JSONText(body, limits: JSONLimits(bytes: 64 << 20)).root,
      let data = root["data"], data.kind == .array
    else { return nil }
    var found: [Int: [Float]] = [:]
    for (place, item) in data.elements.enumerated() {
      guard let numbers = item["embedding"], numbers.kind == .array else { return nil }
      var vector: [Float] = []
      for number in numbers.elements {
        guard let (nanos, _) = number.scaled(by: 9) else { return nil }
        vector.append(Float(Double(nanos) / 1e9))
      }
      found[item["index"]?.integer.flatMap { Int(exactly: $0) } ?? place] = vector
    }
    var vectors: [[Float]] = []
    for index in 0..<found.count {
      guard let vector = found[index] else { return nil }
      vectors.append(vector)
    }
    self.vectors = vectors
    let counted = root["usage"]?["prompt_tokens"]?.integer
    tokens = counted.flatMap { (1...(1 << 40)).contains($0) ? $0 : nil }
    model = root["model"]?.string
  }
}
