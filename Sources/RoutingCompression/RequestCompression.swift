package import ContextCompression
package import OpenAIWire
import PolicyGraph
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
    /// The question shares no word with the context.
    case noGround
    /// What was made is not its source, cut.
    case checkFailed(SpanProblem)
    /// It would cost more, or as much.
    case doesNotPay
    /// Nobody knows what it would spare.
    case unknownPrice
    /// The request has a form that cannot be written anew.
    case unreadable
    /// A model is asked for a summary when the request is run; here nobody is.
    case notAsked
    /// A guard, a budget or a price lets the model not be asked.
    case notPermitted
    /// The model gave no summary.
    case callFailed

    package var word: String {
      switch self {
      case .nothingToCompress: "nothing_to_compress"
      case .nothingSaved: "nothing_saved"
      case .noGround: "no_ground"
      case .checkFailed(let problem): "check_failed_\(problem.rawValue)"
      case .doesNotPay: "does_not_pay"
      case .unknownPrice: "unknown_price"
      case .unreadable: "unreadable"
      case .notAsked: "not_asked"
      case .notPermitted: "not_permitted"
      case .callFailed: "call_failed"
      }
    }
  }

  /// Compresses by every line of the plan that applies, one after the other; no model is asked.
  ///
  /// Deterministic; linear in the request but for the sorting of its sentences.
  package init(_ request: ChatRequest, plan: Plan, in policy: CheckedPolicy) {
    self.request = request
    for id in Self.lines(of: plan) {
      switch prepare(id, plan, policy) {
      case .done(let step): steps.append(step)
      case .asks(let question): steps.append(question.step(.notAsked, gain: question.gain))
      }
    }
  }

  /// The same, with summaries of the models that are named: each is asked for only if it is expected
  /// to pay.
  package init(
    _ request: ChatRequest, plan: Plan, in policy: CheckedPolicy,
    asking ask: (SummaryQuestion) async -> SummaryAnswer
  ) async {
    self.request = request
    for id in Self.lines(of: plan) {
      switch prepare(id, plan, policy) {
      case .done(let step): steps.append(step)
      case .asks(let question): take(await ask(question), to: question, plan, policy)
      }
    }
  }

  private static func lines(of plan: Plan) -> [CompressionID] {
    plan.effects.compactMap { effect in
      guard effect.state == .applies, case .compress(let id) = effect.kind else { return nil }
      return id
    }
  }

  /// Whether the plan compresses at all.
  package static func applies(_ plan: Plan) -> Bool {
    plan.effects.contains { effect in
      if case .compress = effect.kind { effect.state == .applies } else { false }
    }
  }

  /// Whether a model may be asked for a summary.
  package static func asksModels(_ plan: Plan) -> Bool {
    plan.calls.contains { call in
      if case .compressor = call.step.role { call.isKept } else { false }
    }
  }

  private enum Prepared {
    case done(Step)
    case asks(SummaryQuestion)
  }

  private mutating func prepare(
    _ id: CompressionID, _ plan: Plan, _ policy: CheckedPolicy
  ) -> Prepared {
    let source = request.contextMessages
    let family =
      plan.first?.model.map { TokenFamily(policy[$0].tokenizer) } ?? .generic
    guard let method = ContextCompressor.Method(policy[id], family) else {
      switch SummaryQuestion.make(id, source, family, plan, policy) {
      case .success(let question): return .asks(question)
      case .failure(let left):
        return .done(
          Step(
            id: id, name: policy[id].name, leftAlone: left.reason, made: left.made, source: source,
            gain: left.gain))
      }
    }
    let made = ContextCompressor(method).compress(source)
    return .done(step(of: made, by: id, source, plan, policy))
  }

  private mutating func take(
    _ answer: SummaryAnswer, to question: SummaryQuestion, _ plan: Plan, _ policy: CheckedPolicy
  ) {
    switch answer {
    case .notPermitted: steps.append(question.step(.notPermitted, gain: nil))
    case .failed: steps.append(question.step(.callFailed, gain: nil))
    case .text(let text):
      let made = question.draft.made(from: text)
      steps.append(step(of: made, by: question.compression, question.source, plan, policy))
    }
  }

  /// Takes over what was made, if it holds and pays.
  private mutating func step(
    of made: CompressedContext, by id: CompressionID, _ source: [ContextMessage], _ plan: Plan,
    _ policy: CheckedPolicy
  ) -> Step {
    func step(_ leftAlone: LeftAlone?, _ gain: LadderGain? = nil) -> Step {
      Step(
        id: id, name: policy[id].name, leftAlone: leftAlone, made: made, source: source, gain: gain)
    }
    switch made.outcome {
    case .nothingToCompress: return step(.nothingToCompress)
    case .nothingSaved: return step(.nothingSaved)
    case .noGround: return step(.noGround)
    case .checkFailed(let problem): return step(.checkFailed(problem))
    case .compressed: break
    }
    let gain = LadderGain(made, of: source, plan: plan, in: policy)
    guard let gain, gain.expected != nil else { return step(.unknownPrice, gain) }
    guard gain.pays else { return step(.doesNotPay, gain) }
    guard let shorter = request.replacing(made) else { return step(.unreadable, gain) }
    request = shorter
    return step(nil, gain)
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
}

extension ContextCompressor.Method {
  /// Nil for a method of a model.
  package init?(_ compression: CheckedCompression, _ family: TokenFamily) {
    switch compression.method {
    case .model: return nil
    case .lossless: self = .lossless
    case .extractive:
      guard let size = TargetSize(compression.size, family) else { return nil }
      self = .extractive(size)
    }
  }
}

extension TargetSize {
  /// Nil where none is named.
  init?(_ size: CheckedCompression.Size?, _ family: TokenFamily) {
    switch size {
    case .share(let share): self = .share(share.millionths)
    case .tokens(let tokens): self = .tokens(tokens, family)
    case nil: return nil
    }
  }
}
