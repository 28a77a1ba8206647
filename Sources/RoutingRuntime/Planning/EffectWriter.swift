import PolicySemantics

/// Settles the effects of an arm that depend on the request.
struct EffectWriter {
  private let arm: ArmSkeleton
  private let request: PlanRequest
  private let frozen: FrozenPolicy
  private(set) var effects: [PlannedEffect]
  private(set) var compression = CompressionSize()
  /// Roles of calls that are not made, as their line does not apply.
  private(set) var inactive: [CallRole] = []
  /// Where the calls start.
  private(set) var start = 0
  private var skipped: [Int] = []

  init(arm: ArmSkeleton, request: PlanRequest, frozen: FrozenPolicy) {
    self.arm = arm
    self.request = request
    self.frozen = frozen
    self.effects = arm.effects
  }

  /// A compression whose `when` does not hold.
  mutating func skip(_ index: Int) { skipped.append(index) }

  mutating func write(_ guards: ActiveGuards) {
    for index in arm.conditional { write(index) }
    if arm.compresses { addUnconditional() }
    if let (id, span) = guards.dropsTools {
      effects.insert(
        PlannedEffect(kind: .dropTools(id), span: span, state: .applies),
        at: arm.dropToolsAt)
    }
  }

  private mutating func write(_ index: Int) {
    let effect = effects[index]
    switch effect.kind {
    case .compress(let id):
      if skipped.contains(index) {
        set(index, .conditionFails)
        inactive.append(.compressor(id))
      }
    case .exactCache(let rule):
      if let identity = lacks(rule) { set(index, .lacks(identity)) }
    case .similarCache(let rule):
      if let identity = lacks(rule) {
        set(index, .lacks(identity))
        inactive.append(.embedder)
      }
    case .stick:
      if request.hasConversation {
        startWithLastModel(index)
      } else {
        set(index, .lacks(.conversation))
      }
    case .reserve, .shape, .dropTools, .calls, .stop, .batch, .shadow: break
    }
  }

  private mutating func addUnconditional() {
    for (index, effect) in arm.effects.enumerated() where !skipped.contains(index) {
      guard case .compress(let id) = effect.kind else { continue }
      compression.add(frozen.policy[id])
    }
  }

  private mutating func set(_ index: Int, _ state: PlannedEffect.State) {
    let effect = effects[index]
    effects[index] = PlannedEffect(
      kind: effect.kind, span: effect.span, state: state)
  }

  private func lacks(_ rule: CacheRule) -> Identity? {
    switch rule.scope {
    case .per(.user): request.hasUser ? nil : .user
    case .per(.conversation): request.hasConversation ? nil : .conversation
    case .per(.tenant), .per(.key), .shared: nil
    }
  }

  /// The conversation goes on with the model that answered last, if the plan has it.
  private mutating func startWithLastModel(_ index: Int) {
    guard let last = request.lastModel else { return }
    let found = arm.calls.firstIndex {
      $0.step.answers && $0.step.target == .model(last)
    }
    guard let found else { return }
    start = found
    set(index, .startsWith(last))
  }
}
