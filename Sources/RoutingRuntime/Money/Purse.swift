package import PolicyUnits

/// The money of one request: what is settled, what is set aside, and what must not be passed.
///
/// Two-phase: `reserve` before a call, `settle` after it. A bound opened later (a fallback's own
/// `max_budget`) counts from then on.
package struct Purse: Sendable {
  /// Of everything so far, whatever the bounds.
  package private(set) var settled = Money.zero
  /// Whether a provider billed more than was set aside for its call.
  package private(set) var isOverrun = false
  /// Set aside and not yet settled.
  package private(set) var reserved = Money.zero
  private var accounts: [Account] = []

  private struct Account: Sendable {
    let bound: MoneyBound
    var settled = Money.zero
    var reserved = Money.zero

    var left: Money { bound.amount - settled - reserved }
  }

  package init(bounds: [MoneyBound]) {
    accounts = bounds.map { Account(bound: $0) }
  }

  package var isBounded: Bool { !accounts.isEmpty }

  /// Adds a bound that counts from now on.
  package mutating func open(_ bound: MoneyBound) { accounts.append(Account(bound: bound)) }

  /// Ends the bound that was opened last.
  package mutating func closeLast() {
    guard let last = accounts.popLast() else { return }
    precondition(last.reserved == .zero, "a bound ends only after its calls are settled")
  }

  /// The bound with the least left, and how much that is; nil without bounds.
  package var tightest: (bound: MoneyBound, left: Money)? {
    guard var tightest = accounts.first else { return nil }
    for account in accounts.dropFirst() where account.left < tightest.left { tightest = account }
    return (tightest.bound, max(.zero, tightest.left))
  }

  /// Sets `amount` aside under every bound, or under none of them and returns false.
  package mutating func reserve(_ amount: Money) -> Bool {
    precondition(amount >= .zero, "a reservation is never negative")
    guard accounts.allSatisfy({ amount <= $0.left }) else { return false }
    reserved += amount
    for index in accounts.indices { accounts[index].reserved += amount }
    check()
    return true
  }

  /// Replaces `reserved` by what was billed.
  package mutating func settle(_ billed: Money, reserved: Money) {
    precondition(billed >= .zero && reserved >= .zero, "money never flows back")
    settled += billed
    self.reserved = self.reserved - reserved
    precondition(self.reserved >= .zero, "nothing is released twice")
    if billed > reserved { isOverrun = isOverrun || isBounded }
    for index in accounts.indices {
      accounts[index].reserved = accounts[index].reserved - reserved
      accounts[index].settled += billed
      precondition(accounts[index].reserved >= .zero, "nothing is released twice")
    }
    check()
  }

  // INVARIANT: settled + reserved <= bound at every instant, unless a provider billed more than it
  // was allowed, which is recorded.
  private func check() {
    guard !isOverrun else { return }
    for account in accounts {
      precondition(
        account.settled + account.reserved <= account.bound.amount, "a bound was passed")
    }
  }
}
