import PolicySemantics

/// What the tests of a gate look at, through the gates it reads.
struct GateContents {
  /// Length, the reason to finish, whether it is JSON.
  private(set) var readsForm = false
  private(set) var readsJSON = false
  /// Anything else: words, a refusal, a schema, a score.
  private(set) var readsMore = false
  private(set) var readsLogprobs = false
  /// Each model asked for a score or a second opinion, once.
  private(set) var judges: [ModelID] = []
  private var seen: Set<GateID> = []

  init(_ gate: GateID, of policy: CheckedPolicy) { add(gate, policy) }

  private mutating func add(_ gate: GateID, _ policy: CheckedPolicy) {
    guard seen.insert(gate).inserted else { return }
    switch policy[gate].body {
    case .decides(let condition): add(condition, policy)
    case .scores(let score): add(score, policy)
    }
  }

  private mutating func add(_ condition: AnswerCondition, _ policy: CheckedPolicy) {
    switch condition {
    case .all(let parts, _), .any(let parts, _): for part in parts { add(part, policy) }
    case .not(let part, _): add(part, policy)
    case .gate(let id, _): add(id, policy)
    case .test(let test, _): add(test)
    case .scored(let score, _, _, _): add(score, policy)
    }
  }

  private mutating func add(_ test: AnswerTest) {
    switch test {
    case .json: (readsForm, readsJSON) = (true, true)
    case .length, .finish: readsForm = true
    case .refusal, .sameLanguage, .citesContext, .repeatsQuestion, .schema, .text:
      readsMore = true
    }
  }

  private mutating func add(_ score: AnswerScore, _ policy: CheckedPolicy) {
    readsMore = true
    switch score {
    case .judge(let model, _), .agrees(let model):
      if !judges.contains(model) { judges.append(model) }
    case .logprob: readsLogprobs = true
    case .similar, .http: break
    case .gate(let id): add(id, policy)
    case .mix(let parts): for part in parts { add(part.score, policy) }
    }
  }
}

extension CheckedRoute {
  /// What the route calls: one, one for each arm of a split, or none.
  var uses: [CheckedUse] {
    switch action {
    case .use(let use): [use]
    case .split(let split): split.arms.map(\.use)
    case .refuse: []
    }
  }
}
