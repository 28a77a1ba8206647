import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// The models that are sent a request's context, on one way through a route.
struct PromptReaders {
  struct Reader {
    let model: ModelEntry
    /// How often it may be sent it.
    let attempts: Int64
    /// The share of requests that come this far if no call fails, in millionths; nil if nobody has
    /// measured it.
    let reach: Int64?
  }

  private(set) var all: [Reader] = []
  /// Whether a caller may name the model.
  private(set) var isOpen = false

  /// Of each arm of a route, or of its only way.
  static func arms(of route: CheckedRoute, in policy: CheckedPolicy) -> [PromptReaders] {
    let uses: [CheckedUse] =
      switch route.action {
      case .use(let use): [use]
      case .split(let split): split.arms.map(\.use)
      case .refuse: []
      }
    return uses.map { PromptReaders($0, route.effects, policy) }
  }

  private init(_ use: CheckedUse, _ effects: [CheckedRoute.Effect], _ policy: CheckedPolicy) {
    add(use.target, reach: 1_000_000, policy)
    for fallback in use.fallbacks { add(fallback.target, reach: 0, policy) }
    for case .shadow(let share, let target) in effects {
      add(target, reach: share.millionths, policy)
    }
  }

  private mutating func add(_ target: CheckedTarget, reach: Int64, _ policy: CheckedPolicy) {
    switch target.kind {
    case .requested: isOpen = true
    case .model(let model): add(policy[model], target.options.attempts, reach: reach)
    case .ladder(let id):
      var reach: Int64? = reach
      for tier in policy[id].tiers {
        let model = policy[tier.model]
        add(model, tier.options.attempts ?? target.options.attempts, reach: reach)
        for gate in tier.accepts.map(\.gate) {
          // Who is asked for a second opinion is asked the whole request.
          for asked in GateNeeds(gate, of: policy).asks {
            guard case .agrees(let model) = asked.score else { continue }
            add(policy[model], nil, reach: reach)
          }
        }
        reach = next(reach, after: tier, model)
      }
    }
  }

  /// What comes behind a tier: nothing behind one without a gate, unless it fails.
  private func next(
    _ reach: Int64?, after tier: CheckedLadder.Tier, _ model: ModelEntry
  ) -> Int64? {
    guard !tier.accepts.isEmpty, reach != 0 else { return 0 }
    guard let reach, let accepted = model.acceptance?.share else { return nil }
    return reach * max(0, 1_000_000 - accepted.millionths) / 1_000_000
  }

  private mutating func add(_ model: ModelEntry, _ attempts: Int?, reach: Int64?) {
    all.append(Reader(model: model, attempts: Int64(max(1, attempts ?? 1)), reach: reach))
  }
}
