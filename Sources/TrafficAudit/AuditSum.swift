/// What some requests came to, in nanos of money where it is money.
///
/// Told apart by model, requests are with the model that answered, and everything else with the model it was
/// spent on: a tier before the answer, a judge and a shadow of its own each count as a call of theirs.
package struct AuditSum: Hashable, Sendable {
  package var requests: Int64 = 0
  /// Calls made for them: one for a request whose row lists none, unless a cache answered it or it was
  /// refused.
  package var calls: Int64 = 0
  /// Calls whose cost nobody knows.
  package var unpricedCalls: Int64 = 0
  /// Of those whose cost is known.
  package var cost: Int128 = 0
  /// Requests whose cost nobody knows.
  package var unpriced: Int64 = 0
  package var hits: Int64 = 0
  /// Of all calls.
  package var tokens = TokenSum()
  /// Requests of which nobody knows the tokens of the call that answered; of those that got no answer,
  /// the tokens of some call.
  package var uncounted: Int64 = 0

  package init() {}

  /// Whether nothing is in it.
  var isEmpty: Bool { requests == 0 && calls == 0 }

  /// Takes in a row with all its calls.
  mutating func add(_ row: Priced) {
    addRequest(row)
    guard let split = row.split else {
      addOnlyCall(row)
      return
    }
    cost += Int128(split.rest)
    for call in split.calls { add(call) }
  }

  /// A request without its calls.
  private mutating func addRequest(_ row: Priced) {
    requests += 1
    if row.cost == nil { unpriced += 1 }
    if row.isHit { hits += 1 }
    if row.usage == nil, !row.isHit, row.split?.countsAll != true { uncounted += 1 }
  }

  /// What a row without a list of calls says of its one call.
  private mutating func addOnlyCall(_ row: Priced) {
    if let cost = row.cost { self.cost += Int128(cost) }
    if let usage = row.usage { tokens.add(usage) }
    guard row.wasCalled else { return }
    calls += 1
    if row.cost == nil { unpricedCalls += 1 }
  }

  /// A request with what its bill says beside its calls.
  mutating func add(withoutCalls row: Priced, _ split: CallSplit) {
    addRequest(row)
    cost += Int128(split.rest)
  }

  mutating func add(_ call: CallSplit.Call) {
    calls += 1
    if let cost = call.cost { self.cost += Int128(cost) } else { unpricedCalls += 1 }
    if let usage = call.usage { tokens.add(usage) }
  }

  mutating func add(_ other: AuditSum) {
    requests += other.requests
    calls += other.calls
    unpricedCalls += other.unpricedCalls
    cost += other.cost
    unpriced += other.unpriced
    hits += other.hits
    tokens += other.tokens
    uncounted += other.uncounted
  }
}
