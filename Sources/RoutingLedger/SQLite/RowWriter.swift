import PolicyUnits
import RoutingBudgets

extension StatementSteps {
  /// Adds a row with all its tables.
  mutating func insert(_ row: ChainedEntry) {
    insertRequest(row)
    for (place, attempt) in row.entry.attempts.enumerated() {
      insert(attempt, place: place, of: row.sequence)
      for (gatePlace, gate) in attempt.gates.enumerated() {
        insert(gate, place: gatePlace, attemptPlace: place, of: row.sequence)
      }
    }
    for (place, charge) in row.entry.charges.enumerated() {
      insert(charge, place: place, of: row.sequence)
      count(charge)
    }
  }

  private mutating func insertRequest(_ row: ChainedEntry) {
    let entry = row.entry
    run(.request) { values in
      values.add(row.sequence)
      values.add(entry.id)
      values.add(entry.time.milliseconds)
      values.add(entry.caller.tenant)
      values.add(entry.caller.user)
      values.add(entry.caller.key)
      values.add(entry.caller.conversation)
      values.add(entry.fingerprints.policy)
      values.add(entry.fingerprints.catalog)
      values.add(entry.fingerprints.systemPrompt)
      values.add(entry.fingerprints.body)
      values.add(entry.route)
      values.add(entry.task)
      values.add(entry.arm)
      values.add(entry.modelAsked)
      values.add(entry.modelServed)
      values.add(entry.status.rawValue)
      values.add(entry.reason)
      values.add(entry.isStreamed)
      values.add(entry.currency)
      values.add(entry.cost.money?.nanos)
      values.add(entry.cost.certainty.rawValue)
      values.add(entry.savings.cache)
      values.add(entry.savings.compression)
      values.add(entry.savings.batch)
      values.add(entry.savings.saved?.nanos)
      values.add(entry.firstByte?.count)
      values.add(entry.elapsed.count)
      values.add(entry.settled?.milliseconds)
      values.add(blob: entry.facts)
      values.add(entry.origin)
      values.add(blob: row.hash)
      values.add(entry.parent?.description)
      values.add(entry.commitPoint)
    }
  }

  private mutating func insert(_ attempt: AttemptEntry, place: Int, of sequence: Int64) {
    let tokens = attempt.tokens
    let parts = attempt.parts
    run(.attempt) { values in
      values.add(sequence)
      values.add(place)
      values.add(attempt.model)
      values.add(attempt.provider)
      values.add(attempt.upstream)
      values.add(attempt.upstreamServed)
      values.add(attempt.region)
      values.add(attempt.ladder)
      values.add(attempt.tier)
      values.add(attempt.isFallback)
      values.add(attempt.attempt)
      values.add(attempt.verdict)
      values.add(attempt.reason)
      values.add(tokens?.input)
      values.add(tokens?.cachedInput)
      values.add(tokens?.cacheWrite)
      values.add(tokens?.cacheWriteLong)
      values.add(tokens?.output)
      values.add(tokens?.reasoning)
      values.add(tokens?.isEstimated)
      values.add(parts.input)
      values.add(parts.cachedInput)
      values.add(parts.cacheWrite)
      values.add(parts.cacheWriteLong)
      values.add(parts.output)
      values.add(parts.reasoning)
      values.add(parts.fee)
      values.add(attempt.cost.money?.nanos)
      values.add(attempt.cost.certainty.rawValue)
      values.add(attempt.reserved?.nanos)
      values.add(attempt.maxOutput)
      values.add(attempt.httpStatus)
      values.add(attempt.firstByte?.count)
      values.add(attempt.latency.count)
      values.add(attempt.priceDate.map(WindowColumns.text))
      values.add(attempt.role.rawValue)
    }
  }

  private mutating func insert(
    _ gate: GateEntry, place: Int, attemptPlace: Int, of sequence: Int64
  ) {
    run(.gate) { values in
      values.add(sequence)
      values.add(attemptPlace)
      values.add(place)
      values.add(gate.name)
      values.add(gate.score)
      values.add(gate.isAccepted)
      values.add(gate.hasFailed)
      values.add(gate.cost.money?.nanos)
      values.add(gate.cost.certainty.rawValue)
      values.add(gate.model)
      values.add(gate.calls)
    }
  }

  private mutating func insert(_ charge: ChargeEntry, place: Int, of sequence: Int64) {
    let window = WindowColumns(charge.key.window)
    run(.charge) { values in
      values.add(sequence)
      values.add(place)
      values.add(charge.key.budget)
      values.add(charge.key.unit.rawValue)
      values.add(charge.key.owner)
      values.add(window.kind)
      values.add(window.start)
      values.add(charge.amount)
    }
  }

  /// Adds a charge to the sum of its calendar window; rolling windows are summed from rows.
  private mutating func count(_ charge: ChargeEntry) {
    let window = WindowColumns(charge.key.window)
    guard !window.start.isEmpty else { return }
    run(.counter) { values in
      values.add(charge.key.budget)
      values.add(charge.key.unit.rawValue)
      values.add(charge.key.owner ?? "")
      values.add(window.kind)
      values.add(window.start)
      values.add(charge.amount)
    }
  }
}
