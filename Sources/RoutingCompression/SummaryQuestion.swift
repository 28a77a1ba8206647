import ContextCompression
import PolicyGraph
package import PolicySemantics
import RoutingRuntime
import TokenEstimates

/// What a model is asked, to write a context shorter.
package struct SummaryQuestion: Sendable {
  package let compression: CompressionID
  package let name: String
  /// Index into the plan's calls.
  package let planned: Int
  /// The fixed order, and the text it is about.
  package let order: String
  package let material: String
  let draft: SummaryDraft
  let source: [ContextMessage]
  /// What a summary of the size that is asked for spares, without what it costs.
  let gain: LadderGain

  /// Why nobody is asked, and what was looked at.
  struct Left: Error {
    let reason: RequestCompression.LeftAlone
    let made: CompressedContext
    var gain: LadderGain?
  }

  func step(
    _ reason: RequestCompression.LeftAlone, gain: LadderGain?
  ) -> RequestCompression.Step {
    RequestCompression.Step(
      id: compression, name: name, leftAlone: reason,
      made: ContextCompressor.untouched(source), source: source, gain: gain)
  }

  /// It is worth asking where what is spared, as the ladder is expected to go, is more than the upper
  /// end of what the summary is expected to cost.
  static func make(
    _ id: CompressionID, _ source: [ContextMessage], _ family: TokenFamily, _ plan: Plan,
    _ policy: CheckedPolicy
  ) -> Result<SummaryQuestion, Left> {
    let untouched = ContextCompressor.untouched(source)
    func left(_ reason: RequestCompression.LeftAlone, _ gain: LadderGain? = nil)
      -> Result<SummaryQuestion, Left>
    { .failure(Left(reason: reason, made: untouched, gain: gain)) }

    guard case .model(let model) = policy[id].method,
      let size = TargetSize(policy[id].size, family)
    else { return left(.unreadable) }
    guard untouched.outcome != .nothingToCompress else { return left(.nothingToCompress) }
    guard let draft = SummaryDraft(source, to: size) else { return left(.nothingSaved) }
    let found = plan.calls.firstIndex { call in
      if case .compressor(id) = call.step.role { call.isKept } else { false }
    }
    guard let planned = found else { return left(.notPermitted) }
    let short = draft.expected
    guard let gain = LadderGain(short, of: source, plan: plan, in: policy),
      let spared = gain.expected
    else { return left(.unknownPrice) }
    let question = SummaryQuestion(
      compression: id, name: policy[id].name, planned: planned, order: draft.order,
      material: draft.material, draft: draft, source: source, gain: gain)
    let entry = policy[model]
    let tokens = TokenFamily(entry.tokenizer)
    let read = [question.order, question.material].reduce(Int64(0)) {
      $0 + TokenEstimate(text: Array($1.utf8).span, family: tokens).high
    }
    let written = TokenEstimate(
      text: Array(question.material.utf8.prefix(draft.room)).span, family: tokens
    ).high
    let usage = Usage(input: read, output: written)
    guard let cost = Tariff(entry.prices).cost(of: usage) else { return left(.unknownPrice, gain) }
    return spared > cost ? .success(question) : left(.doesNotPay, gain)
  }
}

/// What came of asking.
package enum SummaryAnswer: Sendable {
  case text(String)
  /// The call failed, or its answer is none.
  case failed
  /// What is set aside for the request does not cover it.
  case notPermitted
}
