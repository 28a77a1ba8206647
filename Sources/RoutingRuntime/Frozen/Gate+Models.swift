package import PolicySemantics
package import PolicySource

/// What a gate asks besides the answer itself.
package struct GateNeeds: Sendable {
  /// In written order, each once: a score that is read twice is asked for once.
  package private(set) var asks: [Ask] = []
  /// Whether it reads how sure the model was of its tokens.
  package private(set) var readsLogprobs = false

  /// One score that takes a call.
  package struct Ask: Sendable {
    package let key: ScoreKey
    /// A judge, a second answer, examples or a service; never a gate or a mix.
    package let score: AnswerScore
    /// What is called; nil for a service of the policy's own.
    package let target: CallTarget?
    /// The bytes of its own question; nil if it is sent the request itself.
    package let promptBytes: Int64?
  }

  /// The models it asks, in written order.
  package var models: [ModelID] {
    asks.compactMap { ask in
      if case .model(let model)? = ask.target { model } else { nil }
    }
  }

  /// Whether it hangs on what somebody says, and may not.
  package var mayFail: Bool { readsLogprobs || !asks.isEmpty }

  package init(_ gate: GateID, of policy: CheckedPolicy) {
    add(policy[gate].body, gate, policy)
  }

  private mutating func add(_ body: CheckedGate.Body, _ gate: GateID, _ policy: CheckedPolicy) {
    switch body {
    case .decides(let condition): add(condition, policy)
    case .scores(let score): add(score, .gate(gate), policy)
    }
  }

  private mutating func add(_ condition: AnswerCondition, _ policy: CheckedPolicy) {
    switch condition {
    case .all(let parts, _), .any(let parts, _):
      for part in parts { add(part, policy) }
    case .not(let part, _): add(part, policy)
    case .gate(let id, _): add(policy[id].body, id, policy)
    case .test: break
    case .scored(let score, _, _, let span): add(score, .inline(span), policy)
    }
  }

  private mutating func add(_ score: AnswerScore, _ key: ScoreKey, _ policy: CheckedPolicy) {
    if asks.contains(where: { $0.key == key }) { return }
    switch score {
    case .judge(let model, let prompt):
      let bytes = Int64(prompt.utf8.count) + PromptBytes.judge
      asks.append(Ask(key: key, score: score, target: .model(model), promptBytes: bytes))
    case .agrees(let model):
      asks.append(Ask(key: key, score: score, target: .model(model), promptBytes: nil))
    case .similar:
      let embedder = policy.examplesEmbedder.map { CallTarget.embedder($0) }
      asks.append(Ask(key: key, score: score, target: embedder, promptBytes: 0))
    case .http: asks.append(Ask(key: key, score: score, target: nil, promptBytes: nil))
    case .logprob: readsLogprobs = true
    case .gate(let id): add(policy[id].body, id, policy)
    case .mix(let parts): for part in parts { add(part.score, key, policy) }
    }
  }
}

/// Which score of a policy is meant, wherever it is read.
package enum ScoreKey: Hashable, Sendable {
  /// That of a declared gate.
  case gate(GateID)
  /// One that is written where it is held against its threshold.
  case inline(Span)
}

extension CheckedPolicy {
  /// What turns examples into vectors: the catalog's first embedder; nil if it has none.
  package var examplesEmbedder: EmbedderID? {
    vocabulary.embedders.isEmpty ? nil : EmbedderID(0)
  }
}
