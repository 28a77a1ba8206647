import PolicyGraph
import PolicySemantics
import PolicyUnits

/// Budgets and limits bind requests whatever route takes them, so they are compared by themselves:
/// each by its name, which is what its use is counted under.
///
/// A request that is refused before budgets are looked at is bound by none.
struct BudgetDifference {
  let regions: RegionSpace

  /// The regions where a budget or limit binds differently, with the change.
  func find() throws(DiagramsTooLarge) -> [(change: AspectChange, region: Diagram)] {
    let (old, new) = (regions.graphs[0].policy, regions.graphs[1].policy)
    var found: [(change: AspectChange, region: Diagram)] = []
    for (index, budget) in old.budgets.enumerated() {
      let before = try regions.holds(.budget(BudgetID(index)), in: 0)
      guard let other = new.budgets.firstIndex(where: { $0.name == budget.name }) else {
        found.append((change(Self.words(budget, old), nil), before))
        continue
      }
      let after = try regions.holds(.budget(BudgetID(other)), in: 1)
      let (said, says) = (Self.words(budget, old), Self.words(new.budgets[other], new))
      if said != says {
        found.append((change(said, says), try regions.store.and(before, after)))
      }
      found.append((change(said, nil), try regions.store.minus(before, after)))
      found.append((change(nil, says), try regions.store.minus(after, before)))
    }
    for (index, budget) in new.budgets.enumerated()
    where !old.budgets.contains(where: { $0.name == budget.name }) {
      let after = try regions.holds(.budget(BudgetID(index)), in: 1)
      found.append((change(nil, Self.words(budget, new)), after))
    }
    found.removeAll { $0.region == .never }
    guard !found.isEmpty else { return [] }
    let refused = try regions.store.and(
      try regions.refusedOutright(by: 0), try regions.refusedOutright(by: 1))
    var served: [(change: AspectChange, region: Diagram)] = []
    for (change, region) in found {
      let left = try regions.store.minus(region, refused)
      if left != .never { served.append((change, left)) }
    }
    return served
  }

  private func change(_ old: String?, _ new: String?) -> AspectChange {
    AspectChange(aspect: .budgets, old: old, new: new)
  }

  /// `house $2000.00 per month`.
  static func words(_ budget: CheckedBudget, _ policy: CheckedPolicy) -> String {
    var words = budget.name + " "
    switch budget.cap {
    case .money(let money): words += Amounts.text(money, currency: policy.vocabulary.currency)
    case .requests(let count): words += "\(Amounts.count(count, "request"))"
    case .tokens(let count): words += "\(Amounts.count(count, "token"))"
    case .atOnce(let count): words += "\(Amounts.grouped(count)) at once"
    }
    switch budget.per {
    case .identity(let identity): words += " per \(identity.rawValue)"
    case .fact(let id): words += " per \(policy[id].name)"
    case nil: break
    }
    if let window = budget.window { words += " per \(window.rawValue)" }
    return words
  }
}
