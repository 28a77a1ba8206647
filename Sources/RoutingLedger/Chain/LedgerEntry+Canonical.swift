import PolicyUnits
import RoutingBudgets

extension LedgerEntry {
  /// The bytes its hash covers.
  ///
  /// INVARIANT: they never change for a row that was written once. A new field goes in under a new
  /// `version`, which rows with the field have and rows without it do not.
  func canonicalBytes(at sequence: Int64) -> CanonicalBytes {
    let version = canonicalVersion
    var bytes = CanonicalBytes()
    bytes.add(version)
    bytes.add(sequence)
    bytes.add(id.high)
    bytes.add(id.low)
    bytes.add(time.milliseconds)
    addWho(to: &bytes)
    addWhat(to: &bytes)
    bytes.add(list: attempts) { $0.add($1) }
    bytes.add(list: charges) { $0.add($1) }
    bytes.add(savings.cache)
    bytes.add(savings.compression)
    bytes.add(savings.batch)
    bytes.add(savings.saved?.nanos)
    bytes.add(firstByte?.count)
    bytes.add(elapsed.count)
    bytes.add(settled?.milliseconds)
    bytes.add(facts)
    bytes.add(origin)
    if version >= 2 { addSecond(to: &bytes) }
    return bytes
  }

  /// The first version that has everything this row says.
  private var canonicalVersion: Int64 {
    let isOfSecond =
      parent != nil || commitPoint != nil
      || attempts.contains { attempt in
        attempt.role != .answer || attempt.gates.contains { $0.model != nil || $0.calls != 0 }
      }
    return isOfSecond ? 2 : 1
  }

  /// What version 2 added: what each call was for, what gates called, whose row this is beside.
  private func addSecond(to bytes: inout CanonicalBytes) {
    bytes.add(optional: parent) {
      $0.add($1.high)
      $0.add($1.low)
    }
    bytes.add(commitPoint)
    bytes.add(list: attempts) { bytes, attempt in
      bytes.add(attempt.role.rawValue)
      bytes.add(list: attempt.gates) { bytes, gate in
        bytes.add(gate.model)
        bytes.add(gate.calls)
      }
    }
  }

  private func addWho(to bytes: inout CanonicalBytes) {
    bytes.add(caller.tenant)
    bytes.add(caller.user)
    bytes.add(caller.key)
    bytes.add(caller.conversation)
    bytes.add(fingerprints.policy)
    bytes.add(fingerprints.catalog)
    bytes.add(fingerprints.systemPrompt)
    bytes.add(fingerprints.body)
  }

  private func addWhat(to bytes: inout CanonicalBytes) {
    bytes.add(route)
    bytes.add(task)
    bytes.add(arm)
    bytes.add(modelAsked)
    bytes.add(modelServed)
    bytes.add(status.rawValue)
    bytes.add(reason)
    bytes.add(isStreamed)
    bytes.add(currency)
    bytes.add(cost)
  }
}

extension CanonicalBytes {
  fileprivate mutating func add(_ cost: EntryCost) {
    add(cost.money?.nanos)
    add(cost.certainty.rawValue)
  }

  fileprivate mutating func add(_ attempt: AttemptEntry) {
    add(attempt.model)
    add(attempt.provider)
    add(attempt.upstream)
    add(attempt.upstreamServed)
    add(attempt.region)
    add(attempt.ladder)
    add(attempt.tier)
    add(attempt.isFallback)
    add(attempt.attempt)
    add(attempt.verdict)
    add(attempt.reason)
    add(list: attempt.gates) { $0.add($1) }
    add(optional: attempt.tokens) { $0.add($1) }
    add(attempt.parts)
    add(attempt.cost)
    add(attempt.reserved?.nanos)
    add(attempt.maxOutput)
    add(attempt.httpStatus)
    add(attempt.firstByte?.count)
    add(attempt.latency.count)
    add(optional: attempt.priceDate) { $0.add($1) }
  }

  fileprivate mutating func add(_ gate: GateEntry) {
    add(gate.name)
    add(gate.score)
    add(gate.isAccepted)
    add(gate.hasFailed)
    add(gate.cost)
  }

  fileprivate mutating func add(_ tokens: TokenEntry) {
    add(tokens.input)
    add(tokens.cachedInput)
    add(tokens.cacheWrite)
    add(tokens.cacheWriteLong)
    add(tokens.output)
    add(tokens.reasoning)
    add(tokens.isEstimated)
  }

  fileprivate mutating func add(_ parts: CostParts) {
    add(parts.input)
    add(parts.cachedInput)
    add(parts.cacheWrite)
    add(parts.cacheWriteLong)
    add(parts.output)
    add(parts.reasoning)
    add(parts.fee)
  }

  fileprivate mutating func add(_ date: CalendarDate) {
    add(Int64(date.year))
    add(Int64(date.month))
    add(Int64(date.day))
  }

  fileprivate mutating func add(_ charge: ChargeEntry) {
    add(charge.key.budget)
    add(charge.key.unit.rawValue)
    add(charge.key.owner)
    switch charge.key.window {
    case .running: add("running")
    case .minute: add("minute")
    case .hour: add("hour")
    case .day(let date): add("day", from: date)
    case .week(let date): add("week", from: date)
    case .month(let date): add("month", from: date)
    }
    add(charge.amount)
  }

  private mutating func add(_ window: String, from date: CalendarDate) {
    add(window)
    add(date)
  }
}
