import PolicyUnits

/// A limit in whole units: nano-units of money, or tokens.
protocol SpendBound: Sendable {
  var units: Int64 { get }
}

extension MoneyBound: SpendBound {
  var units: Int64 { amount.nanos }
}

extension TokenBound: SpendBound {
  var units: Int64 { left }
}

/// What is settled and set aside of one unit, under all bounds on it.
struct Allowance<Bound: SpendBound>: Sendable {
  /// Of everything so far, whatever the bounds.
  private(set) var settled: Int64 = 0
  /// Set aside and not yet settled.
  private(set) var reserved: Int64 = 0
  /// Whether more was settled than was set aside, under a bound.
  private(set) var isOverrun = false
  private var accounts: [Account]

  private struct Account: Sendable {
    let bound: Bound
    var settled: Int64 = 0
    var reserved: Int64 = 0

    var left: Int64 {
      Saturated.difference(Saturated.difference(bound.units, settled), reserved)
    }
  }

  init(_ bounds: [Bound]) { accounts = bounds.map { Account(bound: $0) } }

  var isBounded: Bool { !accounts.isEmpty }

  /// The bound with the least left, and how much that is; nil without bounds.
  var tightest: (bound: Bound, left: Int64)? {
    guard var tightest = accounts.first else { return nil }
    for account in accounts.dropFirst() where account.left < tightest.left { tightest = account }
    return (tightest.bound, max(0, tightest.left))
  }

  func fits(_ amount: Int64) -> Bool { accounts.allSatisfy { amount <= $0.left } }

  /// Adds a bound that counts from now on.
  mutating func open(_ bound: Bound) { accounts.append(Account(bound: bound)) }

  /// Ends the bound that was opened last.
  mutating func closeLast() {
    guard let last = accounts.popLast() else { return }
    precondition(last.reserved == 0, "a bound ends only after its calls are settled")
  }

  /// Sets an amount aside that fits.
  mutating func reserve(_ amount: Int64) {
    precondition(amount >= 0, "a reservation is never negative")
    precondition(fits(amount), "a reservation fits under every bound")
    reserved = Saturated.sum(reserved, amount)
    for index in accounts.indices {
      accounts[index].reserved = Saturated.sum(accounts[index].reserved, amount)
    }
    check()
  }

  mutating func settle(_ used: Int64, reserved amount: Int64) {
    precondition(used >= 0 && amount >= 0, "nothing flows back")
    settled = Saturated.sum(settled, used)
    reserved = Saturated.difference(reserved, amount)
    precondition(reserved >= 0, "nothing is released twice")
    if used > amount { isOverrun = isOverrun || isBounded }
    for index in accounts.indices {
      accounts[index].reserved = Saturated.difference(accounts[index].reserved, amount)
      accounts[index].settled = Saturated.sum(accounts[index].settled, used)
      precondition(accounts[index].reserved >= 0, "nothing is released twice")
    }
    check()
  }

  // INVARIANT: settled + reserved <= bound at every instant, unless a provider used more than it was
  // allowed, which is recorded.
  private func check() {
    guard !isOverrun else { return }
    for account in accounts {
      precondition(
        Saturated.sum(account.settled, account.reserved) <= account.bound.units,
        "a bound was passed")
    }
  }
}
