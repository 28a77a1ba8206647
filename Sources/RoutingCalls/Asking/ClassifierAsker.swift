import OpenAIWire
package import PolicySemantics
package import PolicyUnits
import RoutingCatalog
package import RoutingGates
package import RoutingRuntime

/// Asks what a text is: a model, the nearest of some examples, or a service.
package struct ClassifierAsker: Sendable {
  let runner: RequestRunner
  let gates: GateBook
  let vectors: VectorBook

  package init(_ gates: GateBook, _ vectors: VectorBook, runner: RequestRunner) {
    self.runner = runner
    self.gates = gates
    self.vectors = vectors
  }

  /// The label, and the call it took; no label if asking failed.
  ///
  /// `plan` is that of the decision that needs the answer, and holds the one call that gives it; `text`
  /// is what the classifier reads.
  package func ask(
    _ id: ClassifierID, _ text: String, plan: Plan
  ) async -> (label: Int?, call: CallRecord?) {
    let classifier = gates.policy[id]
    let limit = Self.limit(classifier)
    switch classifier.method {
    case .ask(_, let question):
      return await ask(question, classifier, text, plan, within: limit)
    case .nearest(_, let threshold, let otherwise):
      return await nearest(id, threshold, otherwise, text, plan, within: limit)
    case .http(let url):
      let service = ServiceCall(client: runner.client, url: url, role: .classifier)
      var (body, record) = await service.send(
        [("classifier", classifier.name), ("text", text)], within: limit)
      let label = body.flatMap { ServiceReply.label($0, of: classifier.labels) }
      if body != nil, label == nil { record.aside?.ending = .unreadable }
      return (label, record)
    }
  }

  /// How long asking may take.
  package static func limit(_ classifier: CheckedClassifier) -> Milliseconds {
    classifier.timeout ?? AsideDeadlines.classifier
  }

  private func ask(
    _ question: String, _ classifier: CheckedClassifier, _ text: String, _ plan: Plan,
    within limit: Milliseconds
  ) async -> (Int?, CallRecord?) {
    guard let order = CallOrder(aside: 0, of: plan, timeout: limit) else { return (nil, nil) }
    let prompt = LabelPrompt(question, labels: classifier.labels, text: text)
    let reading = await runner.aside(order, as: .classifier, of: plan) { call in
      AsideBody.chat(
        model: call.deployment.upstream, system: prompt.system, user: prompt.user,
        maxTokens: order.maxOutput)
    }
    guard let reply = reading.record.response else { return (nil, reading.record) }
    let label = LabelPrompt.label(reply.text, of: classifier.labels)
    if label == nil { reading.record.aside?.ending = .unreadable }
    return (label, reading.record)
  }

  private func nearest(
    _ id: ClassifierID, _ threshold: Score, _ otherwise: Int, _ text: String, _ plan: Plan,
    within limit: Milliseconds
  ) async -> (Int?, CallRecord?) {
    let clock = ContinuousClock()
    let start = clock.now
    guard !text.isEmpty, let examples = gates.examples.sorted[id],
      let known = await vectors.vectors(of: examples, within: limit)
    else { return (nil, nil) }
    let rest = Milliseconds(max(1, limit.count - Milliseconds(since: start, clock).count))
    let (vector, record) = await runner.embed(text, as: 0, of: plan, within: rest)
    guard let vector, let near = Nearness.nearest(to: vector, among: known) else {
      return (nil, record)
    }
    return (near.score >= threshold ? examples.labels[near.index] : otherwise, record)
  }
}
