package import PolicySemantics
import PolicySource
import PolicyUnits

// Calls that serve the answer without being one: embedders, compressors, judges, classifiers.
extension Planner {
  /// The longest a token of a known vocabulary is, in bytes.
  private static let bytesPerToken: Int64 = 128

  mutating func planSide(_ skeleton: CallSkeleton, tierCap: Int64?) -> PlannedCall {
    let id: ModelID
    switch skeleton.step.target {
    case .embedder(let embedder): return embed(skeleton, embedder, tierCap: tierCap)
    case .requested: return .dropped(skeleton.step, nil, .notInCatalog(request.name))
    case .model(let model): id = model
    }
    let model = frozen[id]
    let input = sideInput(skeleton, model, tierCap: tierCap)
    let deployments: [Int]
    switch guards.deployments(of: model) {
    case .success(let kept): deployments = kept
    case .failure(let lost): return .dropped(skeleton.step, id, lost.reason, input: input)
    }
    if let bound, !model.tariff.isKnown {
      return .dropped(skeleton.step, id, .unknownPrice(under: bound), input: input)
    }
    let cap = sideCap(skeleton, input)
    if let tokenBound, cap == nil {
      return .dropped(skeleton.step, id, .unboundedTokens(under: tokenBound), input: input)
    }
    return PlannedCall(
      step: skeleton.step, model: id, deployments: deployments, input: input,
      output: OutputCap(tokens: cap, limitedBy: skeleton.limit, tokensAtWorst: cap),
      cost: sideCost(model, input, cap),
      tokensAtMost: cap.map { Saturated.sum(input.bound, $0) }, status: .kept)
  }

  private mutating func sideInput(
    _ skeleton: CallSkeleton, _ model: FrozenModel, tierCap: Int64?
  ) -> TokenInterval {
    guard let prompt = skeleton.promptBytes else { return input(for: model).interval }
    let measure = request.measure
    switch skeleton.step.role {
    case .compressor(let id):
      var bytes = prompt
      for target in frozen.policy[id].targets { bytes += measure.bytes(of: target) }
      return .ofBytes(bytes)
    case .judge:
      let asked = prompt + measure.bytes(of: .question)
      return .ofBytes(asked + Self.answerBytes(tierCap), least: asked)
    case .classifier(let id):
      return .ofBytes(prompt + measure.joinedBytes(of: frozen.policy[id].reads))
    case .direct, .tier, .embedder, .shadow:
      return .ofBytes(prompt + measure.bytes(of: .prompt))
    }
  }

  /// Says what the calls of a tier's gates are expected to cost, now that its answer is planned.
  mutating func expect(
    _ call: PlannedCall, _ model: FrozenModel, asking skeletons: ArraySlice<CallSkeleton>,
    of judges: inout [PlannedCall]
  ) {
    guard !judges.isEmpty else { return }
    let answer = usage(of: call.step, model, input(for: model), call.output).output
    let question = request.measure.bytes(of: .question)
    for (place, skeleton) in skeletons.enumerated() where judges[place].isKept {
      let judge = judges[place]
      let reader = judge.model.map { frozen[$0] } ?? model
      let asked = AskedTokens(
        prompt: expectations.input ?? input(for: reader).expected, questionBytes: question,
        answer: answer)
      let usage = GateText(skeleton).usage(of: asked, cap: judge.output.tokens)
      guard let cost = frozen.tariff(of: judge)?.cost(of: usage) else { continue }
      judges[place].cost = CostInterval(
        atLeast: judge.cost.atLeast, expected: .known(cost), atMost: judge.cost.atMost)
    }
  }

  /// The most of an answer that is shown to a judge.
  private static func answerBytes(_ tierCap: Int64?) -> Int64 {
    max(0, min(Saturated.product(tierCap ?? .max, bytesPerToken), PromptBytes.judgedAnswer))
  }

  private func sideCap(_ skeleton: CallSkeleton, _ input: TokenInterval) -> Int64? {
    guard case .compressor(let id) = skeleton.step.role else { return skeleton.cap }
    let target: Int64 =
      switch frozen.policy[id].size {
      case .tokens(let tokens): tokens
      case .share(let share): CompressionSize.share(share, of: input.bound, roundingUp: true)
      case nil: input.bound
      }
    return min(target, skeleton.cap ?? .max)
  }

  private func sideCost(
    _ model: FrozenModel, _ input: TokenInterval, _ cap: Int64?
  ) -> CostInterval {
    let tariff = model.tariff
    let unknown = CostFigure.unknown(.price(model.id))
    let usage = Usage(
      input: input.low / 2 + input.high / 2, output: min(cap ?? .max, expectations.output))
    let atMost =
      tariff.isKnown
      ? tariff.reservation(input: input.bound, cap: cap).map(CostFigure.known)
        ?? .unknown(.outputCap(model.id)) : unknown
    return CostInterval(
      atLeast: tariff.atLeast(input: input.low).map(CostFigure.known) ?? unknown,
      expected: tariff.cost(of: usage).map(CostFigure.known) ?? unknown, atMost: atMost)
  }

  /// One text as one vector.
  private func embed(
    _ skeleton: CallSkeleton, _ id: EmbedderID, tierCap: Int64?
  ) -> PlannedCall {
    let entry = frozen.policy[id]
    let tariff = Tariff(entry)
    let input = embedded(skeleton.step.role, tierCap: tierCap)
    let deployments: [Int]
    switch guards.deployments(of: id, all: Array(entry.deployments.indices)) {
    case .success(let kept): deployments = kept
    case .failure(let lost): return .dropped(skeleton.step, nil, lost.reason, input: input)
    }
    if let bound, entry.price == nil {
      return .dropped(skeleton.step, nil, .unknownPrice(under: bound), input: input)
    }
    let unknown = CostFigure.unknown(.embedderPrice(id))
    func figure(_ money: Money?) -> CostFigure { money.map(CostFigure.known) ?? unknown }
    let middle = Usage(input: input.low / 2 + input.high / 2, output: 0)
    return PlannedCall(
      step: skeleton.step, model: nil, deployments: deployments, input: input,
      output: OutputCap(tokens: 0, limitedBy: .role, tokensAtWorst: 0),
      cost: CostInterval(
        atLeast: figure(tariff.atLeast(input: input.low)),
        expected: figure(tariff.cost(of: middle)),
        atMost: figure(tariff.atMost(input: input.bound, output: 0))),
      tokensAtMost: input.bound, status: .kept)
  }
}

extension Planner {
  /// What is made a vector: an answer, what a classifier reads, or the question.
  private func embedded(_ role: CallRole, tierCap: Int64?) -> TokenInterval {
    switch role {
    case .judge: .ofBytes(Self.answerBytes(tierCap), least: 0)
    case .classifier(let id): .ofBytes(request.measure.joinedBytes(of: frozen.policy[id].reads))
    case .embedder, .direct, .tier, .compressor, .shadow:
      .ofBytes(request.measure.bytes(of: .question))
    }
  }
}

extension FrozenPolicy {
  /// What a call is priced at; nil where the catalog does not have what is called.
  package func tariff(of call: PlannedCall) -> Tariff? {
    if case .embedder(let id) = call.step.target { return Tariff(policy[id]) }
    return call.model.map { self[$0].tariff }
  }
}

extension Tariff {
  /// A vector has no price of its own.
  package convenience init(_ embedder: EmbedderEntry) {
    self.init(ModelPrices(input: embedder.price, output: Price(picosPerToken: 0)))
  }
}

extension TokenInterval {
  /// Tokens a chat template may put around one message, at most.
  private static let messageOverhead: Int64 = 80

  /// Of a text that is only known by its length in bytes.
  static func ofBytes(_ bytes: Int64, least: Int64? = nil) -> TokenInterval {
    TokenInterval(
      low: (least ?? bytes) / 8, high: bytes / 2,
      bound: Saturated.sum(bytes, 2 * messageOverhead))
  }
}

extension PlannedCall {
  static func dropped(
    _ step: PlanStep, _ model: ModelID?, _ reason: DropReason,
    input: TokenInterval = TokenInterval(low: 0, high: 0, bound: 0)
  ) -> PlannedCall {
    PlannedCall(
      step: step, model: model, deployments: [], input: input,
      output: OutputCap(tokens: nil, limitedBy: .nothing, tokensAtWorst: nil), cost: .zero,
      tokensAtMost: 0, status: .dropped(reason))
  }

  func dropped(_ reason: DropReason) -> PlannedCall {
    isKept ? .dropped(step, model, reason, input: input) : self
  }
}
