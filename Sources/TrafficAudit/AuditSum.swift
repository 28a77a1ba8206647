/// What some requests came to, in nanos of money where it is money.
package struct AuditSum: Hashable, Sendable {
  package var requests: Int64 = 0
  /// Of those whose cost is known.
  package var cost: Int128 = 0
  /// Whose cost nobody knows.
  package var unpriced: Int64 = 0
  package var hits: Int64 = 0
  package var tokens = TokenSum()
  /// Whose tokens nobody knows.
  package var uncounted: Int64 = 0

  package init() {}

  mutating func add(_ row: Priced) {
    requests += 1
    if let cost = row.cost { self.cost += Int128(cost) } else { unpriced += 1 }
    if row.isHit { hits += 1 }
    if let usage = row.usage { tokens.add(usage) } else if !row.isHit { uncounted += 1 }
  }

  mutating func add(_ other: AuditSum) {
    requests += other.requests
    cost += other.cost
    unpriced += other.unpriced
    hits += other.hits
    tokens += other.tokens
    uncounted += other.uncounted
  }
}
