package import ContextCompression
package import OpenAIWire
package import PolicySemantics
package import PolicyUnits
package import RoutingRuntime
package import TokenEstimates

/// What the compressions of a plan make of a request.
package struct RequestCompression: Sendable {
  /// What is sent.
  package private(set) var request: ChatRequest
  /// The compressions that apply, in the order of the plan.
  package private(set) var steps: [Step] = []

  /// One compression of the plan.
  package struct Step: Sendable {
    package let id: CompressionID
    package let name: String
    /// Nil if the request is sent compressed.
    package let leftAlone: LeftAlone?
    /// What was made, sent or not.
    package let made: CompressedContext
    /// The messages it was made of.
    package let source: [ContextMessage]
    /// Nil if nothing was made or the plan asks nobody.
    package let gain: LadderGain?
  }

  /// Why a request is sent as it came.
  package enum LeftAlone: Hashable, Sendable {
    case nothingToCompress
    case nothingSaved
    /// What was made is not its source, cut.
    case checkFailed(SpanProblem)
    /// It would cost more, or as much.
    case doesNotPay
    /// Nobody knows what it would spare.
    case unknownPrice
    /// The request has a form that cannot be written anew.
    case unreadable
    /// This version makes no summaries.
    case notYet

    package var word: String {
      switch self {
      case .nothingToCompress: "nothing_to_compress"
      case .nothingSaved: "nothing_saved"
      case .checkFailed(let problem): "check_failed_\(problem.rawValue)"
      case .doesNotPay: "does_not_pay"
      case .unknownPrice: "unknown_price"
      case .unreadable: "unreadable"
      case .notYet: "not_yet"
      }
    }
  }

  /// Compresses by every line of the plan that applies, one after the other.
  ///
  /// Deterministic; linear in the request but for the sorting of its sentences.
  package init(_ request: ChatRequest, plan: Plan, in policy: CheckedPolicy) {
    self.request = request
    for effect in plan.effects where effect.state == .applies {
      guard case .compress(let id) = effect.kind else { continue }
      add(id, plan, policy)
    }
  }

  /// Whether the plan compresses at all.
  package static func applies(_ plan: Plan) -> Bool {
    plan.effects.contains { effect in
      if case .compress = effect.kind { effect.state == .applies } else { false }
    }
  }

  private mutating func add(_ id: CompressionID, _ plan: Plan, _ policy: CheckedPolicy) {
    let compression = policy[id]
    let source = request.contextMessages
    let family =
      plan.first?.model.map { TokenFamily(policy[$0].tokenizer) } ?? .generic
    guard let method = ContextCompressor.Method(compression, family) else {
      let made = ContextCompressor(.lossless).compress([])
      return add(compression, id, .notYet, made, source, nil)
    }
    let made = ContextCompressor(method).compress(source)
    switch made.outcome {
    case .nothingToCompress: return add(compression, id, .nothingToCompress, made, source, nil)
    case .nothingSaved: return add(compression, id, .nothingSaved, made, source, nil)
    case .checkFailed(let problem):
      return add(compression, id, .checkFailed(problem), made, source, nil)
    case .compressed: break
    }
    let gain = LadderGain(made, of: source, plan: plan, in: policy)
    guard let gain, gain.expected != nil else {
      return add(compression, id, .unknownPrice, made, source, gain)
    }
    guard gain.pays else { return add(compression, id, .doesNotPay, made, source, gain) }
    guard let shorter = request.replacing(made) else {
      return add(compression, id, .unreadable, made, source, gain)
    }
    request = shorter
    add(compression, id, nil, made, source, gain)
  }

  private mutating func add(
    _ compression: CheckedCompression, _ id: CompressionID, _ leftAlone: LeftAlone?,
    _ made: CompressedContext, _ source: [ContextMessage], _ gain: LadderGain?
  ) {
    steps.append(
      Step(
        id: id, name: compression.name, leftAlone: leftAlone, made: made, source: source,
        gain: gain))
  }

  // MARK: - What a row says

  /// `trim 1842 to 921 tokens`, `trim left_alone does_not_pay`; nil if no line applied.
  package var words: String? {
    guard !steps.isEmpty else { return nil }
    return steps.map { step in
      if let reason = step.leftAlone { return "\(step.name) left_alone \(reason.word)" }
      guard let first = step.gain?.first else { return step.name }
      return "\(step.name) \(first.before) to \(first.after) tokens"
    }.joined(separator: ", ")
  }

  package var isCompressed: Bool { steps.contains { $0.leftAlone == nil } }

  /// What calls of these models were spared, by the expected tokens; nil if that is not known.
  package func spared(_ models: [ModelEntry]) -> Money? {
    var sum: Int64 = 0
    for step in steps where step.leftAlone == nil {
      for model in models {
        guard let spared = CompressionGain(step.made, of: step.source, at: model).spared else {
          return nil
        }
        sum = sum.addingReportingOverflow(spared.nanos).partialValue
      }
    }
    return Money(nanos: sum)
  }

  /// Tokens that were taken out, by the count of the model that is asked first.
  package var tokensSpared: Int64 {
    steps.reduce(0) { sum, step in
      guard step.leftAlone == nil, let first = step.gain?.first else { return sum }
      return sum + max(0, first.before - first.after)
    }
  }
}

extension ContextCompressor.Method {
  /// Nil for a method of a model.
  package init?(_ compression: CheckedCompression, _ family: TokenFamily) {
    switch compression.method {
    case .model: return nil
    case .lossless: self = .lossless
    case .extractive:
      switch compression.size {
      case .share(let share): self = .extractive(.share(share.millionths))
      case .tokens(let tokens): self = .extractive(.tokens(tokens, family))
      }
    }
  }
}
