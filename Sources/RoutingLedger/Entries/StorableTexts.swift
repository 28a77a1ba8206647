import RoutingBudgets

// A text column ends at its first zero character. A row is therefore chained without them: what is
// in memory, in the file and under the hash is the same text.

extension String {
  /// Itself with U+FFFD for every zero character.
  var storable: String {
    hasZero
      ? String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 })) : self
  }

  /// Makes itself what ``storable`` gives; nearly every text is so already, and is left alone.
  fileprivate mutating func makeStorable() { if hasZero { self = storable } }

  private var hasZero: Bool {
    // The bytes where they lie: an iterator is asked for each, at five times the cost.
    let bytes = utf8.span
    for place in bytes.indices where bytes[place] == 0 { return true }
    return false
  }
}

extension CounterKey {
  var storable: CounterKey {
    CounterKey(
      budget: budget.storable, unit: unit, owner: owner?.storable, window: window)
  }
}

extension Reservation {
  var storable: Reservation {
    guard !claims.isEmpty else { return self }
    return Reservation(
      id: id,
      claims: claims.map { Claim(key: $0.key.storable, cap: $0.cap, amount: $0.amount) },
      time: time, expiry: expiry)
  }
}

extension IdempotencyRecord.Key {
  var storable: IdempotencyRecord.Key {
    IdempotencyRecord.Key(owner: owner.storable, text: text.storable)
  }
}

extension LedgerEntry {
  /// Makes each of its texts as a text column gives it back.
  mutating func makeStorable() {
    caller.tenant?.makeStorable()
    caller.user?.makeStorable()
    caller.key?.makeStorable()
    caller.conversation?.makeStorable()
    fingerprints.policy?.makeStorable()
    fingerprints.catalog?.makeStorable()
    fingerprints.systemPrompt?.makeStorable()
    fingerprints.body?.makeStorable()
    route?.makeStorable()
    task?.makeStorable()
    arm?.makeStorable()
    modelAsked.makeStorable()
    modelServed?.makeStorable()
    reason?.makeStorable()
    currency.makeStorable()
    savings.cache?.makeStorable()
    savings.compression?.makeStorable()
    origin?.makeStorable()
    commitPoint?.makeStorable()
    for place in attempts.indices { attempts[place].makeStorable() }
    if !charges.isEmpty {
      charges = charges.map { ChargeEntry(key: $0.key.storable, amount: $0.amount) }
    }
  }
}

extension AttemptEntry {
  fileprivate mutating func makeStorable() {
    model?.makeStorable()
    provider?.makeStorable()
    upstream?.makeStorable()
    upstreamServed?.makeStorable()
    region?.makeStorable()
    ladder?.makeStorable()
    verdict.makeStorable()
    reason?.makeStorable()
    guard !gates.isEmpty else { return }
    gates = gates.map { gate in
      GateEntry(
        name: gate.name.storable, score: gate.score, isAccepted: gate.isAccepted,
        hasFailed: gate.hasFailed, cost: gate.cost, model: gate.model?.storable, calls: gate.calls)
    }
  }
}
