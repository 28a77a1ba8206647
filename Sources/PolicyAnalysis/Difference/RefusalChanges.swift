import PolicyGraph
import PolicySemantics
import RoutingRuntime

/// Requests that both policies refuse, each in another name, though nothing else changes.
///
/// Several declarations may refuse one request; the first in written order is named. So another order
/// of facts, budgets or limits shows to a caller, and so does the name of a guard or of a ladder's
/// bound that leaves a request no call. Each change is shown by a request; one that no request shows
/// is none.
struct RefusalChanges {
  let regions: RegionSpace
  let describer: RegionDescriber
  let deciders: (old: Decider, new: Decider)

  private var policies: (old: CheckedPolicy, new: CheckedPolicy) {
    (regions.graphs[0].policy, regions.graphs[1].policy)
  }

  /// `mayRefuse` is where the routes of two policies name others when no call fits.
  func find(
    facts: [OrderBlock], budgets: [OrderBlock],
    _ mayRefuse: [(piece: DifferencePiece, names: RefuserNames)]
  ) throws(DiagramsTooLarge) -> [PolicyChange] {
    var found: [PolicyChange] = []
    for block in facts {
      if let change = try self.facts(block) { found.append(change) }
    }
    for block in budgets {
      if let change = try self.budgets(block) { found.append(change) }
    }
    var groups: [RefuserNames: [DifferencePiece]] = [:]
    var order: [RefuserNames] = []
    for (piece, names) in mayRefuse {
      if groups[names] == nil { order.append(names) }
      groups[names, default: []].append(piece)
    }
    for names in order {
      if let change = try emptied(groups[names] ?? []) { found.append(change) }
    }
    return found
  }

  // MARK: Facts

  /// Two facts that a request gets wrong: the first declared is named.
  private func facts(_ block: OrderBlock) throws(DiagramsTooLarge) -> PolicyChange? {
    guard case .found(let plain) = try regions.witness(in: .always) else { return nil }
    for (first, second) in block.turned {
      for wrong in Self.wrongValues {
        for other in Self.wrongValues {
          var draft = plain.draft
          draft.facts[first] = wrong
          draft.facts[second] = other
          let shown = show(draft)
          guard Set([shown.old.problem, shown.new.problem]) == [first, second] else { continue }
          return change(
            AspectChange(
              aspect: .refusal, old: block.words(block.old, of: "fact"),
              new: block.words(block.new, of: "fact")),
            RegionDescription(lines: [], isWhole: false), [], shown)
        }
      }
    }
    return nil
  }

  /// Left out, or what one type or another does not take.
  private static let wrongValues: [RequestDraft.Value?] = [
    nil, .text("no such value"), .count(1), .bool(true),
  ]

  // MARK: Budgets and limits

  /// Two budgets that are full: the first declared is named.
  private func budgets(_ block: OrderBlock) throws(DiagramsTooLarge) -> PolicyChange? {
    let refused = try regions.store.or(
      try regions.refusedOutright(by: 0), try regions.refusedOutright(by: 1))
    let served = try regions.store.not(refused)
    for (first, second) in block.turned {
      let bound = try regions.store.and(served, try binds(first, second))
      guard bound != .never else { continue }
      var full = bound
      for name in [first, second] {
        full = try regions.store.and(full, try isFull(name))
      }
      guard full != .never, case .found(let witness) = try regions.witness(in: full),
        let shown = fill(first, second, witness.draft, full)
      else { continue }
      let piece = DifferencePiece(old: nil, new: nil, changes: [], region: bound)
      return change(
        AspectChange(
          aspect: .refusal, old: block.words(block.old), new: block.words(block.new)),
        try describer.describe([piece]), [], shown)
    }
    return nil
  }

  /// Where two budgets bind in both policies.
  private func binds(_ first: String, _ second: String) throws(DiagramsTooLarge) -> Diagram {
    var region = Diagram.always
    for (side, policy) in regions.graphs.map(\.policy).enumerated() {
      for (index, budget) in policy.budgets.enumerated()
      where budget.name == first || budget.name == second {
        region = try regions.store.and(
          region, try regions.holds(.budget(BudgetID(index)), in: side))
      }
    }
    return region
  }

  /// Where what is used of a budget may be all of it; everywhere if no condition reads it.
  private func isFull(_ name: String) throws(DiagramsTooLarge) -> Diagram {
    guard let level = regions.space.level(of: .budgetUsed(name)),
      declared(name).contains(where: { $0.window != .request })
    else { return .always }
    let cap = self.cap(name)
    let cells = regions.space.variables[level].cells
    let full = cells.indices.filter { index in
      guard case .range(let range) = cells[index] else { return false }
      return range.upperBound >= cap
    }
    return try regions.store.literal(level: level, cells: FieldVariable.runs(full))
  }

  private func declared(_ name: String) -> [CheckedBudget] {
    [policies.old, policies.new].flatMap(\.budgets).filter { $0.name == name }
  }

  /// What fills a budget in both policies.
  private func cap(_ name: String) -> Int64 { declared(name).map(\.cap.amount).max() ?? 0 }

  /// The request with both budgets full; where one is counted for each request anew, with no more
  /// left of the other.
  private func fill(
    _ first: String, _ second: String, _ draft: RequestDraft, _ region: Diagram
  ) -> DifferenceWitness? {
    let counted = [first, second].filter { declared($0).allSatisfy { $0.window != .request } }
    let anew = [first, second].filter { !counted.contains($0) }
    var full = draft
    for name in counted {
      let left = anew.isEmpty ? 0 : cap(anew[0])
      guard left <= cap(name) else { return nil }
      full.budgets[name] = max(draft.budgets[name] ?? 0, cap(name) - left)
    }
    for words in anew.isEmpty ? [0] : [0, 400, 3_500, 20_000] {
      let shown = show(full.longer(by: words))
      let names = [shown.old.refuser(policies.old), shown.new.refuser(policies.new)]
      if Set(names) == [first, second], contains(region, shown) { return shown }
    }
    return nil
  }

  // MARK: No call left

  /// Requests that no call of a plan fits: who is answerable for it is named.
  private func emptied(_ pieces: [DifferencePiece]) throws(DiagramsTooLarge) -> PolicyChange? {
    for piece in pieces.prefix(Self.mostPieces) {
      guard case .found(let witness) = try regions.witness(in: piece.region) else { continue }
      for draft in unfitting(witness.draft) {
        let shown = show(draft)
        let (before, after) = (shown.old.refuser(policies.old), shown.new.refuser(policies.new))
        guard before != after, shown.old.isRefused, shown.new.isRefused,
          contains(piece.region, shown)
        else { continue }
        let routes = pieces.map { PolicyChange.RoutePair(old: $0.old, new: $0.new) }
        return change(
          AspectChange(aspect: .refusal, old: Self.words(before), new: Self.words(after)),
          try describer.describe(pieces), routes, shown)
      }
    }
    return nil
  }

  private static let mostPieces = 8

  private static func words(_ refuser: String?) -> String {
    refuser.map { "no call fits: refused by \($0)" } ?? "no call fits: refused"
  }

  /// Requests that calls do not fit: for what they need, what is left to spend, or their length.
  private func unfitting(_ plain: RequestDraft) -> [RequestDraft] {
    var drafts: [RequestDraft] = [plain]
    for (images, tools, format) in [
      (1, [], .text), (0, ["look_up"], .text), (0, [], .jsonSchema), (1, ["look_up"], .jsonSchema),
    ] as [(Int, [String], RequestFormat)] {
      var needy = plain
      needy.imageCount = max(plain.imageCount, images)
      if plain.toolNames.isEmpty { needy.toolNames = tools }
      if plain.format == .text { needy.format = format }
      drafts.append(needy)
    }
    var unknown = plain
    unknown.model = "no-such-model"
    drafts.append(unknown)
    var poor = plain
    for budget in policies.old.budgets + policies.new.budgets where budget.window != .request {
      switch budget.cap {
      case .money, .tokens: poor.budgets[budget.name] = max(0, cap(budget.name) - 1)
      case .requests, .atOnce: continue
      }
    }
    drafts.append(poor)
    drafts.append(plain.longer(by: 20_000))
    let windows = [policies.old, policies.new].flatMap(\.vocabulary.models).compactMap(\.window)
    // A word of the filler is two tokens at least.
    if let widest = windows.max(), widest <= Self.widestFilled {
      drafts.append(plain.longer(by: Int(widest)))
    }
    return drafts
  }

  /// Tokens of the largest window that a request is made too long for.
  private static let widestFilled: Int64 = 1 << 20

  // MARK: Showing it

  private func show(_ draft: RequestDraft) -> DifferenceWitness {
    let old = DifferenceWitness.Outcome(draft, deciders.old)
    let new = DifferenceWitness.Outcome(draft, deciders.new)
    let witness = Witness(
      draft: draft, input: draft.input(for: regions.graphs[0]), leansOn: [])
    return DifferenceWitness(
      witness: witness, old: old, new: new,
      cost: DifferenceWitness.CostShift(old: old.worst, new: new.worst, extraCharacters: 0))
  }

  private func contains(_ region: Diagram, _ shown: DifferenceWitness) -> Bool {
    guard let cells = regions.cells(of: shown.witness.draft) else { return false }
    return regions.store.contains(region, cells)
  }

  private func change(
    _ aspect: AspectChange, _ region: RegionDescription, _ routes: [PolicyChange.RoutePair],
    _ shown: DifferenceWitness
  ) -> PolicyChange {
    PolicyChange(
      routes: routes, aspects: [aspect], kinds: [.refused], region: region,
      evidence: .witness(shown))
  }
}

extension DifferenceWitness.Outcome {
  init(_ draft: RequestDraft, _ decider: Decider) {
    do throws(FactProblem) {
      self = .decided(try decider.decide(draft.input(for: decider.graph)))
    } catch {
      self = .refused(error)
    }
  }

  /// The fact that does not fit.
  fileprivate var problem: String? {
    guard case .refused(let problem) = self else { return nil }
    return problem.fact
  }

  fileprivate var isRefused: Bool {
    switch self {
    case .refused: true
    case .decided(let decision):
      if case .refused = decision.outcome { true } else { false }
    }
  }

  /// The declaration that refuses.
  fileprivate func refuser(_ policy: CheckedPolicy) -> String? {
    guard case .decided(let decision) = self, case .refused(let refusal) = decision.outcome else {
      return nil
    }
    return refusal.refuser(in: policy)
  }
}

extension RequestDraft {
  /// With more words in its question.
  fileprivate func longer(by words: Int) -> RequestDraft {
    guard words > 0, let last = messages.lastIndex(where: { $0.role == .user }) else { return self }
    var long = self
    long.messages[last].text += String(repeating: DifferenceWitness.filler, count: words)
    return long
  }
}
