package import PolicySemantics

/// What a gate asks besides the answer itself.
package struct GateNeeds: Sendable {
  /// Models it asks, each with the bytes of its question; nil if it is asked the request itself.
  package private(set) var models: [(ModelID, promptBytes: Int64?)] = []
  /// Needs a model, a service, examples or token probabilities: not evaluated by this version.
  package private(set) var isBeyondText = false

  package init(_ gate: GateID, of policy: CheckedPolicy) {
    add(policy[gate].body, policy)
  }

  private mutating func add(_ body: CheckedGate.Body, _ policy: CheckedPolicy) {
    switch body {
    case .decides(let condition): add(condition, policy)
    case .scores(let score): add(score, policy)
    }
  }

  private mutating func add(_ condition: AnswerCondition, _ policy: CheckedPolicy) {
    switch condition {
    case .all(let parts, _), .any(let parts, _):
      for part in parts { add(part, policy) }
    case .not(let part, _): add(part, policy)
    case .gate(let id, _): add(policy[id].body, policy)
    case .test: break
    case .scored(let score, _, _, _): add(score, policy)
    }
  }

  private mutating func add(_ score: AnswerScore, _ policy: CheckedPolicy) {
    isBeyondText = true
    switch score {
    case .judge(let model, let prompt):
      models.append((model, promptBytes: Int64(prompt.utf8.count) + PromptBytes.judge))
    case .agrees(let model): models.append((model, promptBytes: nil))
    case .similar, .logprob, .http: break
    case .gate(let id): add(policy[id].body, policy)
    case .mix(let parts): for part in parts { add(part.score, policy) }
    }
  }
}
