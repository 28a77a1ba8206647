import PolicySemantics
import PolicyUnits

extension DecisionGraph {
  /// The value of a field that costs nothing to read; late fields are ``SlotValue/unread``.
  func value(
    of source: SlotSource, in input: RequestInput, _ texts: RequestTexts,
    _ identities: RequestIdentities
  ) -> Int64 {
    switch source {
    case .stream: input.stream ? 1 : 0
    case .healthy(let model): input.state.unhealthy.contains(model) ? 0 : 1
    case .format: Int64(place(of: input.format))
    case .weekday: Self.place(of: input.moment.weekday)
    case .hour: Int64(input.moment.hour)
    case .date: input.moment.date.daysSince1970
    case .maxTokens: input.maxTokens ?? .max
    case .temperature: input.temperature ?? 1_000_000
    case .tools: Int64(input.toolNames.count)
    case .images: Int64(input.imageCount)
    case .messages: Int64(input.messages.count)
    case .turn: Int64(texts.turn)
    case .budgetUsed(let id): input.state.budgetUse[id] ?? 0
    case .budgetLeft(let id): standing(of: id, in: input).left
    case .budgetUsedShare(let id): standing(of: id, in: input).usedShare
    case .budgetLeftShare(let id): standing(of: id, in: input).leftShare
    case .model: number(ofName: input.model)
    case .identity(let identity):
      identities[identity].map(number(ofName:)) ?? SlotValue.absent
    case .chars, .tokens, .lines, .language: SlotValue.unread
    }
  }

  private func standing(of id: BudgetID, in input: RequestInput) -> BudgetUse {
    BudgetUse(used: input.state.budgetUse[id] ?? 0, cap: policy[id].cap.amount)
  }

  private func place(of format: RequestFormat) -> Int {
    switch format {
    case .text: 0
    case .json: 1
    case .jsonSchema: 2
    }
  }

  /// The number a weekday has among a request's values.
  static func place(of weekday: Weekday) -> Int64 {
    switch weekday {
    case .monday: 0
    case .tuesday: 1
    case .wednesday: 2
    case .thursday: 3
    case .friday: 4
    case .saturday: 5
    case .sunday: 6
    }
  }
}

/// How much of a budget is used and left, as conditions read it.
package struct BudgetUse: Hashable, Sendable {
  package let used: Int64
  package let cap: Int64

  package init(used: Int64, cap: Int64) {
    self.used = used
    self.cap = cap
  }

  /// Never below zero: an overrun budget has nothing left.
  package var left: Int64 { max(0, cap.subtractingClamped(used)) }

  /// Of the cap in millionths, rounded down; a cap of zero is used up.
  package var usedShare: Int64 { share(of: max(0, used), whenEmpty: 1_000_000) }
  package var leftShare: Int64 { share(of: left, whenEmpty: 0) }

  private func share(of part: Int64, whenEmpty: Int64) -> Int64 {
    guard cap > 0 else { return whenEmpty }
    let (product, overflow) = part.multipliedReportingOverflow(by: 1_000_000)
    if !overflow { return product / cap }
    return Int64(clamping: Int128(part) * 1_000_000 / Int128(cap))
  }
}

extension CheckedBudget.Cap {
  /// Nano-units for money; requests, tokens or calls for a limit.
  package var amount: Int64 {
    switch self {
    case .money(let money): money.nanos
    case .requests(let count), .tokens(let count), .atOnce(let count): count
    }
  }
}

extension Int64 {
  fileprivate func subtractingClamped(_ other: Int64) -> Int64 {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? (self < 0 ? .min : .max) : difference
  }
}
