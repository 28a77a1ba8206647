import PolicyUnits

// Targets in a row: a split of chains.
extension PortkeyReader {
  mutating func plan(of tree: PortkeyTree) -> PlanDraft? {
    switch tree {
    case .model(let step):
      var first = step
      first.follows = []
      return PlanDraft(arms: [PlanDraft.Arm(weight: 1, steps: [first])])
    case .fallback(let trees, let follows):
      guard let head = trees.first, var plan = plan(of: head) else { return nil }
      let rest = trees.dropFirst().flatMap { chain(of: $0, follows) }
      for index in plan.arms.indices {
        plan.arms[index].steps = once(plan.arms[index].steps + rest)
      }
      return plan
    case .balance(let parts, _):
      var arms: [PlanDraft.Arm] = []
      for part in parts {
        guard let inner = plan(of: part.tree) else { continue }
        let sum = inner.arms.reduce(Int128(0)) { $0 + Int128($1.weight) }
        for arm in inner.arms {
          let weight = Int128(part.weight) * 1_000_000 * Int128(arm.weight) / max(sum, 1)
          arms.append(
            PlanDraft.Arm(
              weight: Int64(clamping: min(max(weight, 1), 1_000_000_000_000_000)), steps: arm.steps)
          )
        }
      }
      return PlanDraft(arms: arms)
    }
  }

  /// The steps a failure leads through.
  private mutating func chain(
    of tree: PortkeyTree, _ follows: Set<PlanDraft.Failure>
  ) -> [PlanDraft.Step] {
    switch tree {
    case .model(let step):
      var next = step
      next.follows = follows
      return [next]
    case .fallback(let trees, let inner):
      return trees.enumerated().flatMap { index, tree in
        chain(of: tree, index == 0 ? follows : inner)
      }
    case .balance(let parts, let place):
      guard let heaviest = parts.max(by: { $0.weight < $1.weight }) else { return [] }
      if parts.count > 1 {
        findings.leftOut(
          place.what, place.line, "a fallback is one model: the heaviest target stands for all",
          cure: "write several `fallback` lines, or the targets as deployments of one model")
      }
      return chain(of: heaviest.tree, follows)
    }
  }

  /// Each call once: the second time it would fail as the first.
  private func once(_ steps: [PlanDraft.Step]) -> [PlanDraft.Step] {
    var kept: [PlanDraft.Step] = []
    for step in steps
    where !kept.contains(where: { $0.model == step.model && $0.options == step.options }) {
      kept.append(step)
    }
    return kept
  }
}
