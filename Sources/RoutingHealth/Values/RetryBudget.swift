package import PolicyUnits

/// How many calls may be repeated: a share of the calls of the last ten seconds, and a few in any
/// case.
///
/// Where everything fails, as many repeats as calls would double the load on what is down already.
package struct RetryBudget: Hashable, Sendable {
  package struct Rules: Hashable, Sendable {
    /// Of the calls that are not repeats.
    package var share: Share
    /// In ten seconds, however few calls there are.
    package var floor: Int64

    package static let standard = Rules(share: Share(millionths: 200_000), floor: 3)

    package init(share: Share, floor: Int64) {
      self.share = share
      self.floor = floor
    }
  }

  private let rules: Rules
  private var calls = RollingSum(seconds: 10)
  private var repeats = RollingSum(seconds: 10)

  package init(_ rules: Rules = .standard) { self.rules = rules }

  package mutating func allowsRepeat(at now: Milliseconds) -> Bool {
    let (product, isTooLarge) = calls.sum(at: now)
      .multipliedReportingOverflow(by: rules.share.millionths)
    let share = isTooLarge ? .max : product / 1_000_000
    return repeats.sum(at: now) < max(rules.floor, share)
  }

  package mutating func count(isRepeat: Bool, at now: Milliseconds) {
    if isRepeat {
      _ = repeats.add(1, at: now)
    } else {
      _ = calls.add(1, at: now)
    }
  }
}
