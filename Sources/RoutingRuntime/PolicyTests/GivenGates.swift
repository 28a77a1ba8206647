import PolicySemantics
import PolicyUnits

/// What gates say of a model's answer in the world a test gives: what is given of them, and what
/// follows for those that read them, and for those that ask a model which fails.
struct GivenGates {
  private let policy: CheckedPolicy
  private let lines: [CheckedTest.Given]
  private let model: ModelID

  init(_ lines: [CheckedTest.Given], answeredBy model: ModelID, _ policy: CheckedPolicy) {
    self.lines = lines
    self.model = model
    self.policy = policy
  }

  /// Nil if it hangs on what is not given.
  func result(of gate: GateID) -> GateResult? {
    if let given = given(gate) { return given }
    switch policy[gate].body {
    case .scores(let score):
      switch value(of: score) {
      case .known(let score): return .score(score)
      case .failed: return .failed
      case .open: return nil
      }
    case .decides(let condition):
      switch value(of: condition) {
      case .yes: return .verdict(true)
      case .no: return .verdict(false)
      case .failed: return .failed
      case .open: return nil
      }
    }
  }

  /// What is given for this model goes before what is given for all.
  private func given(_ gate: GateID) -> GateResult? {
    var forAll: GateResult?
    for line in lines {
      let (place, result): (ModelID?, GateResult)
      switch line {
      case .score(gate, let score, let at, _): (place, result) = (at, .score(score))
      case .verdict(gate, let verdict, let at, _): (place, result) = (at, .verdict(verdict))
      case .gateFails(gate, let at, _): (place, result) = (at, .failed)
      case .score, .verdict, .gateFails, .classifier, .classifierFails, .budgetUsedShare,
        .budgetUsed, .fails, .embedderFails, .healthy:
        continue
      }
      if place == model { return result }
      if place == nil { forAll = forAll ?? result }
    }
    return forAll
  }

  private enum Value { case yes, no, failed, open }
  private enum ScoreValue { case known(Score), failed, open }

  /// As a gate is asked: what is certain decides, whatever fails beside it.
  private func value(of condition: AnswerCondition) -> Value {
    switch condition {
    case .all(let parts, _): return join(parts, decidedBy: .no, else: .yes)
    case .any(let parts, _): return join(parts, decidedBy: .yes, else: .no)
    case .not(let part, _):
      switch value(of: part) {
      case .yes: return .no
      case .no: return .yes
      case .failed: return .failed
      case .open: return .open
      }
    case .gate(let id, _):
      switch result(of: id) {
      case .verdict(let verdict): return verdict ? .yes : .no
      case .failed: return .failed
      case .score, nil: return .open
      }
    case .test: return .open
    case .scored(let score, let comparison, let threshold, _):
      switch value(of: score) {
      case .known(let score):
        return comparison.holds(score.millionths, threshold.millionths) ? .yes : .no
      case .failed: return .failed
      case .open: return .open
      }
    }
  }

  private func join(
    _ parts: [AnswerCondition], decidedBy decisive: Value, else other: Value
  ) -> Value {
    let values = parts.map { value(of: $0) }
    return [decisive, .open, .failed].first(where: values.contains) ?? other
  }

  private func value(of score: AnswerScore) -> ScoreValue {
    switch score {
    case .judge(let model, _), .agrees(let model):
      return lines.failure(of: model) == nil ? .open : .failed
    case .similar: return lines.failsExamples(in: policy) ? .failed : .open
    case .logprob, .http: return .open
    case .gate(let id):
      switch result(of: id) {
      case .score(let score): return .known(score)
      case .failed: return .failed
      case .verdict, nil: return .open
      }
    case .mix(let parts): return value(of: parts)
    }
  }

  /// The parts by their shares, rounded down; it fails with any of them.
  private func value(of parts: [AnswerScore.MixPart]) -> ScoreValue {
    var sum = Int128.zero
    var isOpen = false
    for part in parts {
      switch value(of: part.score) {
      case .known(let score): sum += Int128(score.millionths) * Int128(part.share.millionths)
      case .failed: return .failed
      case .open: isOpen = true
      }
    }
    return isOpen ? .open : .known(Score(millionths: Int64(clamping: sum / 1_000_000)))
  }
}

extension [CheckedTest.Given] {
  /// How every call of a model fails; nil if nothing is said of that.
  func failure(of model: ModelID) -> CallFailure? {
    for case .fails(model, let failure, _) in self { return failure }
    return nil
  }

  /// Whether the encoder fails that examples are held against.
  func failsExamples(in policy: CheckedPolicy) -> Bool {
    guard let encoder = policy.examplesEmbedder else { return false }
    return contains { if case .embedderFails(encoder, _) = $0 { true } else { false } }
  }

  /// The classifiers that fail, or whose model or encoder does.
  func failed(_ policy: CheckedPolicy) -> [ClassifierID] {
    policy.classifiers.indices.map(ClassifierID.init).filter { id in
      if contains(where: { $0.isFailure(of: id) }) { return true }
      switch policy[id].method {
      case .ask(let model, _): return failure(of: model) != nil
      case .nearest: return failsExamples(in: policy)
      case .http: return false
      }
    }
  }
}

extension CheckedTest.Given {
  fileprivate func isFailure(of classifier: ClassifierID) -> Bool {
    if case .classifierFails(classifier, _) = self { true } else { false }
  }
}
