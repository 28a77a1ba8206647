import PolicySource
package import PolicyUnits

/// Which counter: of what, for whom, in which window.
///
/// Counters go by the budget's name, so they outlive an edit of the policy that keeps it.
package struct CounterKey: Hashable, Sendable {
  /// The name of the budget or limit.
  package let budget: String
  package let unit: BudgetUnit
  /// Whom it counts for, as `tenant:acme`; nil for all callers together.
  package let owner: String?
  package let window: CounterWindow

  package init(budget: String, unit: BudgetUnit, owner: String?, window: CounterWindow) {
    self.budget = budget
    self.unit = unit
    self.owner = owner
    self.window = window
  }

  // Names are compared byte for byte, as a policy compares them and as a disk keeps them. The hash
  // stays the compiler's: what is equal byte for byte has one.
  package static func == (a: CounterKey, b: CounterKey) -> Bool {
    guard a.unit == b.unit, a.window == b.window, ExactText.areSame(a.budget, b.budget) else {
      return false
    }
    switch (a.owner, b.owner) {
    case (nil, nil): return true
    case (let a?, let b?): return ExactText.areSame(a, b)
    case (nil, _?), (_?, nil): return false
    }
  }
}

package enum BudgetUnit: String, Hashable, Sendable, CaseIterable {
  /// Nano-units of the catalog's currency.
  case money
  case requests
  case tokens
  /// Requests that are running.
  case atOnce
}

/// The stretch of time a counter counts.
///
/// A request belongs to the calendar window it was admitted in, in the policy's zone, also if it ends
/// in the next one.
package enum CounterWindow: Hashable, Sendable {
  /// No window: only what is running counts.
  case running
  /// The last minute or hour before now.
  case minute, hour
  case day(CalendarDate)
  /// By its Monday.
  case week(CalendarDate)
  /// By its first day.
  case month(CalendarDate)
}
