import PolicySemantics
package import PolicyUnits

/// A plan's calls, in the order of the skeleton, and what they use together.
struct PlannedCalls {
  let calls: [PlannedCall]
  let cost: CostInterval
  let tokens: TokenSpend
}

/// What a call sends, and how much of it is likely.
package struct PlannedInput: Hashable, Sendable {
  package let interval: TokenInterval
  package let expected: Int64

  package init(interval: TokenInterval, expected: Int64) {
    self.interval = interval
    self.expected = expected
  }
}

/// A call that cannot be made, as an error to pass along.
struct Lost: Error {
  let reason: DropReason

  init(_ reason: DropReason) { self.reason = reason }
}
