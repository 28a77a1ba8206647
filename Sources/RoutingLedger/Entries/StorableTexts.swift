import RoutingBudgets

// A text column ends at its first zero character. A row is therefore chained without them: what is
// in memory, in the file and under the hash is the same text.

extension String {
  /// Itself with U+FFFD for every zero character.
  var storable: String {
    utf8.contains(0)
      ? String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 })) : self
  }
}

extension CounterKey {
  var storable: CounterKey {
    guard budget.utf8.contains(0) || owner?.utf8.contains(0) == true else { return self }
    return CounterKey(
      budget: budget.storable, unit: unit, owner: owner?.storable, window: window)
  }
}

extension Reservation {
  var storable: Reservation {
    Reservation(
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
  var storable: LedgerEntry {
    var entry = self
    entry.caller = Caller(
      tenant: caller.tenant?.storable, user: caller.user?.storable, key: caller.key?.storable,
      conversation: caller.conversation?.storable)
    entry.fingerprints = Fingerprints(
      policy: fingerprints.policy?.storable, catalog: fingerprints.catalog?.storable,
      systemPrompt: fingerprints.systemPrompt?.storable, body: fingerprints.body?.storable)
    entry.route = route?.storable
    entry.task = task?.storable
    entry.arm = arm?.storable
    entry.modelAsked = modelAsked.storable
    entry.modelServed = modelServed?.storable
    entry.reason = reason?.storable
    entry.currency = currency.storable
    entry.savings.cache = savings.cache?.storable
    entry.savings.compression = savings.compression?.storable
    entry.origin = origin?.storable
    entry.commitPoint = commitPoint?.storable
    entry.attempts = attempts.map(\.storable)
    entry.charges = charges.map { ChargeEntry(key: $0.key.storable, amount: $0.amount) }
    return entry
  }
}

extension AttemptEntry {
  fileprivate var storable: AttemptEntry {
    var attempt = self
    attempt.model = model?.storable
    attempt.provider = provider?.storable
    attempt.upstream = upstream?.storable
    attempt.upstreamServed = upstreamServed?.storable
    attempt.region = region?.storable
    attempt.ladder = ladder?.storable
    attempt.verdict = verdict.storable
    attempt.reason = reason?.storable
    attempt.gates = gates.map { gate in
      GateEntry(
        name: gate.name.storable, score: gate.score, isAccepted: gate.isAccepted,
        hasFailed: gate.hasFailed, cost: gate.cost, model: gate.model?.storable, calls: gate.calls)
    }
    return attempt
  }
}
