import PolicyGraph
import PolicySemantics
import PolicySyntax

/// A comparison as the ranges of a number field on which it holds.
struct NumberTest {
  let field: AnalysisField
  /// Ascending, apart, within the field's domain.
  let ranges: [ClosedRange<Int64>]

  /// Nil for points, which are the sum of their lines.
  init?(
    _ field: NumberField, _ comparison: Comparison, _ number: Int64, _ policy: CheckedPolicy
  ) {
    let budget: BudgetID
    let value: (BudgetUse) -> Int64
    switch field {
    case .points:
      return nil
    case .budgetUsed(let id): (budget, value) = (id, { $0.used })
    case .budgetLeft(let id): (budget, value) = (id, { $0.left })
    case .budgetUsedShare(let id): (budget, value) = (id, { $0.usedShare })
    case .budgetLeftShare(let id): (budget, value) = (id, { $0.leftShare })
    case .maxTokens, .temperature, .tools, .images, .messages, .turn, .chars, .tokens, .lines,
      .hour, .date, .fact:
      guard let plain = AnalysisField(plain: field, policy) else { return nil }
      self.field = plain
      ranges = Self.ranges(of: { $0 }, comparison, number, in: plain.numbers)
      return
    }
    self.field = .budgetUsed(policy[budget].name)
    let cap = policy[budget].cap.amount
    ranges = Self.ranges(
      of: { value(BudgetUse(used: $0, cap: cap)) }, comparison, number,
      in: self.field.numbers)
  }

  /// The first number of each range and the one after each: where cells begin.
  var cuts: Set<Int64> {
    let domain = field.numbers
    var cuts: Set<Int64> = []
    for range in ranges {
      if range.lowerBound > domain.lowerBound { cuts.insert(range.lowerBound) }
      if range.upperBound < domain.upperBound { cuts.insert(range.upperBound + 1) }
    }
    return cuts
  }

  /// Where `value`, which rises or falls throughout, compares as wanted: found by bisection.
  private static func ranges(
    of value: (Int64) -> Int64, _ comparison: Comparison, _ number: Int64,
    in domain: ClosedRange<Int64>
  ) -> [ClosedRange<Int64>] {
    let falls = value(domain.lowerBound) > value(domain.upperBound)
    // The least number whose value is at the wanted one or past it, and the least past it.
    let atLeast = first(in: domain) { falls ? value($0) <= number : value($0) >= number }
    let above = first(in: domain) { falls ? value($0) < number : value($0) > number }
    let below = range(domain.lowerBound, before: atLeast, in: domain)
    let equal = atLeast.flatMap { range($0, before: above, in: domain) }
    let greater = above.map { $0...domain.upperBound }
    let (low, high) = falls ? (greater, below) : (below, greater)
    let parts: [ClosedRange<Int64>?] =
      switch comparison {
      case .less: [low]
      case .lessOrEqual: [low, equal]
      case .equal: [equal]
      case .notEqual: [low, high]
      case .greaterOrEqual: [equal, high]
      case .greater: [high]
      }
    return joined(parts.compactMap { $0 }.sorted { $0.lowerBound < $1.lowerBound })
  }

  private static func range(
    _ start: Int64, before end: Int64?, in domain: ClosedRange<Int64>
  ) -> ClosedRange<Int64>? {
    guard let end else { return start...domain.upperBound }
    return end > start ? start...(end - 1) : nil
  }

  private static func joined(_ ranges: [ClosedRange<Int64>]) -> [ClosedRange<Int64>] {
    var joined: [ClosedRange<Int64>] = []
    for range in ranges {
      if let last = joined.last, last.upperBound < .max, last.upperBound + 1 == range.lowerBound {
        joined[joined.count - 1] = last.lowerBound...range.upperBound
      } else {
        joined.append(range)
      }
    }
    return joined
  }

  /// The least number of a range for which a condition, false and then true, holds.
  private static func first(
    in domain: ClosedRange<Int64>, where holds: (Int64) -> Bool
  ) -> Int64? {
    guard holds(domain.upperBound) else { return nil }
    var (low, high) = (domain.lowerBound, domain.upperBound)
    while low < high {
      let middle = low + Int64((high.subtractingReportingOverflow(low).partialValue) / 2)
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension AnalysisField {
  /// A number field that is read as it is; nil for points and budgets.
  fileprivate init?(plain field: NumberField, _ policy: CheckedPolicy) {
    switch field {
    case .maxTokens: self = .maxTokens
    case .temperature: self = .temperature
    case .tools: self = .tools
    case .images: self = .images
    case .messages: self = .messages
    case .turn: self = .turn
    case .chars(let part): self = .chars(part)
    case .tokens(let part): self = .tokens(part)
    case .lines(let part): self = .lines(part)
    case .hour: self = .hour
    case .date: self = .date
    case .fact(let id): self = .fact(policy[id].name)
    case .points, .budgetUsed, .budgetLeft, .budgetUsedShare, .budgetLeftShare: return nil
    }
  }

  /// The numbers a number field may be.
  var numbers: ClosedRange<Int64> {
    switch self {
    case .temperature: 0...2_000_000
    case .hour: 0...23
    // The years 1…9999.
    case .date: -719_162...2_932_896
    case .maxTokens: 1...Int64.max
    case .messages: 1...Int64.max
    case .stream, .healthy, .format, .weekday, .tools, .images, .turn, .chars, .tokens, .lines,
      .budgetUsed, .model, .language, .identity, .fact, .classifier, .tool, .text:
      0...Int64.max
    }
  }
}
