import PolicySemantics
import PolicySource
import PolicyUnits

// Calls that serve the answer without being one: embedders, compressors, judges, classifiers.
extension Planner {
  /// The longest a token of a known vocabulary is, in bytes.
  private static let bytesPerToken: Int64 = 128

  func planSide(_ skeleton: CallSkeleton, tierCap: Int64?) -> PlannedCall {
    let id: ModelID
    switch skeleton.step.target {
    case .embedder(let embedder): return embed(skeleton, embedder)
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
    return PlannedCall(
      step: skeleton.step, model: id, deployments: deployments, input: input,
      output: OutputCap(tokens: cap, limitedBy: skeleton.limit, tokensAtWorst: cap),
      cost: sideCost(model, input, cap), status: .kept)
  }

  private func sideInput(
    _ skeleton: CallSkeleton, _ model: FrozenModel, tierCap: Int64?
  ) -> TokenInterval {
    let measure = request.measure
    guard let prompt = skeleton.promptBytes else {
      return measure.tokens(model.tokenizer, arm.systemLength)
    }
    switch skeleton.step.role {
    case .compressor(let id):
      let bytes = CompressionSize.targetBytes(frozen.policy[id], measure)
      return .ofBytes(Saturated.sum(prompt, bytes))
    case .judge:
      let answer = min(
        Saturated.product(tierCap ?? .max, Self.bytesPerToken), PromptBytes.judgedAnswer)
      return .ofBytes(
        Saturated.sum(Saturated.sum(prompt, measure.question), max(0, answer)),
        least: Saturated.sum(prompt, measure.question))
    case .direct, .tier, .embedder, .shadow, .classifier:
      return .ofBytes(Saturated.sum(prompt, measure.prompt))
    }
  }

  private func sideCap(_ skeleton: CallSkeleton, _ input: TokenInterval) -> Int64? {
    guard case .compressor(let id) = skeleton.step.role else { return skeleton.cap }
    let target: Int64 =
      switch frozen.policy[id].size {
      case .tokens(let tokens): tokens
      case .share(let share): CompressionSize.share(share, of: input.bound, roundingUp: true)
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

  /// The question as one vector.
  private func embed(_ skeleton: CallSkeleton, _ id: EmbedderID) -> PlannedCall {
    let entry = frozen.policy[id]
    let input = TokenInterval.ofBytes(request.measure.question)
    let deployments: [Int]
    switch guards.deployments(of: id, all: Array(entry.deployments.indices)) {
    case .success(let kept): deployments = kept
    case .failure(let lost): return .dropped(skeleton.step, nil, lost.reason, input: input)
    }
    let tariff = Tariff(ModelPrices(input: entry.price, output: Price(picosPerToken: 0)))
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
      status: .kept)
  }
}

extension TokenInterval {
  /// Of a text that is only known by its length in bytes.
  static func ofBytes(_ bytes: Int64, least: Int64? = nil) -> TokenInterval {
    TokenInterval(
      low: (least ?? bytes) / 8, high: bytes / 2,
      bound: Saturated.sum(bytes, InputMeasure.messageOverhead))
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
      status: .dropped(reason))
  }

  func dropped(_ reason: DropReason) -> PlannedCall {
    isKept ? .dropped(step, model, reason, input: input) : self
  }
}

/// How much of the prompt a plan's compressions leave.
struct CompressionSize {
  /// Of each target that is compressed, in bytes and what stays of it.
  private var cuts: [(bytes: Int64, CheckedCompression.Size)] = []

  var applies: Bool { !cuts.isEmpty }

  mutating func add(_ compression: CheckedCompression, _ measure: InputMeasure) {
    cuts.append((Self.targetBytes(compression, measure), compression.size))
  }

  /// The least estimate after the cuts: what is cut is at its least, what is left at its share.
  func least(of low: Int64, _ measure: InputMeasure) -> Int64 {
    var left = low
    for (bytes, size) in cuts {
      let part = min(left, bytes / 8)
      switch size {
      case .share(let share): left -= part - Self.share(share, of: part, roundingUp: false)
      case .tokens(let tokens): left -= part - min(part, tokens)
      }
    }
    return max(0, left)
  }

  static func targetBytes(_ compression: CheckedCompression, _ measure: InputMeasure) -> Int64 {
    if compression.targets.contains(.prompt) { return measure.prompt }
    var bytes: Int64 = 0
    for target in compression.targets {
      switch target {
      case .prompt: bytes = measure.prompt
      case .system: bytes += measure.system
      case .question: bytes += measure.question
      case .context: bytes += measure.context
      }
    }
    return bytes
  }

  static func share(_ share: Share, of tokens: Int64, roundingUp: Bool) -> Int64 {
    let product = Int128(max(0, tokens)) * Int128(max(0, share.millionths))
    let (quotient, remainder) = product.quotientAndRemainder(dividingBy: 1_000_000)
    return Int64(clamping: quotient + (roundingUp && remainder > 0 ? 1 : 0))
  }
}
