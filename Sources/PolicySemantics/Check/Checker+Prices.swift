import PolicyDiagnostics
import PolicySource
import PolicySyntax

/// A bound on money holds only over known prices.
extension Checker {
  mutating func reportMissingPrices() {
    guard vocabulary != nil else { return }
    var reported: Set<PaidCall.Callee> = []
    for bound in ladderBounds { reportMissingPrices(of: bound, &reported) }
    let money = declared.budgets.first { found in
      if case .money = found.node.amount { true } else { false }
    }
    guard let budget = money?.node.name else { return }
    for call in calls.sorted(by: { $0.span < $1.span }) {
      reportMissingPrice(
        of: call.callee, at: call.span, bound: budget.text, boundAt: budget.span, &reported)
    }
  }

  private mutating func reportMissingPrices(
    of bound: LadderBound, _ reported: inout Set<PaidCall.Callee>
  ) {
    for (tier, written) in zip(bound.tiers, bound.node.tiers) {
      reportMissingPrice(
        of: .model(tier.model), at: written.model.span, bound: "max_budget",
        boundAt: bound.span, &reported)
      for pass in tier.accepts {
        for judge in judges(of: pass.gate) {
          reportMissingPrice(
            of: .model(judge), at: pass.span, bound: "max_budget", boundAt: bound.span,
            &reported)
        }
      }
    }
  }

  /// The models a gate asks, through the gates it reads.
  private func judges(of gate: GateID) -> [ModelID] {
    var seen: Set<GateID> = []
    var queue = [gate]
    var models: [ModelID] = []
    while let next = queue.popLast() {
      guard seen.insert(next).inserted else { continue }
      models += gateLinks[next.index].models
      queue += gateLinks[next.index].gates
    }
    return models
  }

  private mutating func reportMissingPrice(
    of callee: PaidCall.Callee, at span: Span, bound: String, boundAt: Span,
    _ reported: inout Set<PaidCall.Callee>
  ) {
    guard let (name, missing) = missingPrices(of: callee), reported.insert(callee).inserted
    else { return }
    add(
      GateProblem.missingPrice(
        model: name, which: missing, bound: bound, boundAt: boundAt,
        isRequested: callee == .requested),
      at: span)
  }

  /// The prices the catalog does not know; nil if it knows all a bound needs.
  private func missingPrices(of callee: PaidCall.Callee) -> (name: String, missing: [String])? {
    guard let vocabulary else { return nil }
    switch callee {
    case .model(let id):
      return missingPrices(of: vocabulary.models[id.index])
    case .embedder(let id):
      let embedder = vocabulary.embedders[id.index]
      return embedder.price == nil ? (embedder.name, ["input"]) : nil
    case .requested:
      for model in vocabulary.models {
        if let missing = missingPrices(of: model) { return missing }
      }
      return nil
    }
  }

  private func missingPrices(of model: ModelEntry) -> (name: String, missing: [String])? {
    var missing: [String] = []
    if model.prices.input == nil { missing.append("input") }
    if model.prices.output == nil { missing.append("output") }
    return missing.isEmpty ? nil : (model.name, missing)
  }

  /// Gates and conditions that read themselves, each circle once.
  mutating func reportCycles() {
    for circle in dependencies.circles() {
      add(NameProblem.cycle(circle.names), at: circle.span)
    }
    var gates = Dependencies()
    for (index, links) in gateLinks.enumerated() {
      gates.add(
        .condition(ConditionID(index)), named: declared.gates[index].node.name,
        reads: links.gates.map { .condition(ConditionID($0.index)) })
    }
    let circles = gates.circles()
    for circle in circles { add(NameProblem.cycle(circle.names), at: circle.span) }
    if circles.isEmpty { reportLargeGates() }
  }

  /// What reads gates spells them out, so the first ones that read too many are refused.
  private mutating func reportLargeGates() {
    let limit = 1_000
    let reads = gateLinks.map { $0.gates.map(\.index) }
    var sizes = [Int?](repeating: nil, count: reads.count)
    var open = Array(reads.indices)
    while let gate = open.last {
      let unknown = reads[gate].filter { sizes[$0] == nil }
      guard sizes[gate] == nil, !unknown.isEmpty else {
        sizes[gate] = reads[gate].reduce(1) { min($0 + (sizes[$1] ?? 0), limit + 1) }
        open.removeLast()
        continue
      }
      open += unknown
    }
    let isLarge = sizes.map { ($0 ?? 0) > limit }
    for gate in reads.indices where isLarge[gate] && !reads[gate].contains(where: { isLarge[$0] }) {
      let name = declared.gates[gate].node.name
      add(GateProblem.tooLarge(name.text), at: name.span)
    }
  }
}
