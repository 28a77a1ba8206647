import Foundation
import GRDB
import PolicyUnits
import RoutingBudgets

/// Reads rows back from their tables, exactly as they were written.
struct RowReader {
  let db: Database

  /// Why columns make no row: no writer of ours wrote them.
  struct Malformed: Error { let column: String }

  /// All of one row's tables, from its columns in `request`.
  func row(_ columns: Row) throws -> ChainedEntry {
    let sequence: Int64 = try value(columns, "sequence")
    var entry = try request(columns)
    entry.attempts = try attempts(of: sequence)
    entry.charges = try charges(of: sequence)
    guard sequence > 0 else { throw Malformed(column: "sequence") }
    return ChainedEntry(sequence: sequence, entry: entry, hash: try hash(columns))
  }

  private func request(_ row: Row) throws -> LedgerEntry {
    guard let id = RequestID(try value(row, "id") as String) else { throw Malformed(column: "id") }
    guard let status = LedgerEntry.Status(rawValue: try value(row, "status")) else {
      throw Malformed(column: "status")
    }
    var entry = LedgerEntry(
      id: id, time: Timestamp(milliseconds: try value(row, "time_ms")), status: status,
      currency: try value(row, "currency"), cost: try cost(row))
    entry.caller = LedgerEntry.Caller(
      tenant: try optional(row, "tenant"), user: try optional(row, "user"),
      key: try optional(row, "key_name"), conversation: try optional(row, "conversation"))
    entry.fingerprints = LedgerEntry.Fingerprints(
      policy: try optional(row, "policy_fingerprint"),
      catalog: try optional(row, "catalog_fingerprint"),
      systemPrompt: try optional(row, "system_prompt_fingerprint"),
      body: try optional(row, "body_fingerprint"))
    entry.route = try optional(row, "route")
    entry.task = try optional(row, "task")
    entry.arm = try optional(row, "arm")
    entry.modelAsked = try value(row, "model_asked")
    entry.modelServed = try optional(row, "model_served")
    entry.reason = try optional(row, "reason")
    entry.isStreamed = try flag(row, "is_streamed")
    entry.savings.cache = try optional(row, "cache")
    entry.savings.compression = try optional(row, "compression")
    entry.savings.batch = try optional(row, "batch_items")
    entry.savings.saved = try optional(row, "saved_nanos").map { Money(nanos: $0) }
    entry.firstByte = try optional(row, "first_byte_ms").map { Milliseconds($0) }
    entry.elapsed = Milliseconds(try value(row, "elapsed_ms"))
    entry.settled = try optional(row, "settled_ms").map { Timestamp(milliseconds: $0) }
    entry.facts = try bytes(row, "facts")
    entry.origin = try optional(row, "origin")
    try readSecond(row, into: &entry)
    return entry
  }

  private func attempts(of sequence: Int64) throws -> [AttemptEntry] {
    let statement = try db.cachedStatement(
      sql: "SELECT * FROM attempt WHERE sequence = ? ORDER BY place")
    let rows = try Row.fetchAll(statement, arguments: [sequence])
    if rows.isEmpty { return [] }
    var attempts: [AttemptEntry] = []
    for row in rows {
      guard try value(row, "place") == attempts.count else { throw Malformed(column: "place") }
      attempts.append(try attempt(row))
    }
    let gateStatement = try db.cachedStatement(
      sql: "SELECT * FROM gate WHERE sequence = ? ORDER BY attempt_place, place")
    for row in try Row.fetchAll(gateStatement, arguments: [sequence]) {
      let place: Int = try value(row, "attempt_place")
      guard attempts.indices.contains(place),
        try value(row, "place") == attempts[place].gates.count
      else { throw Malformed(column: "attempt_place") }
      attempts[place].gates.append(try gate(row))
    }
    return attempts
  }

  private func attempt(_ row: Row) throws -> AttemptEntry {
    var attempt = AttemptEntry(verdict: try value(row, "verdict"), cost: try cost(row))
    attempt.role = try role(row)
    attempt.model = try optional(row, "model")
    attempt.provider = try optional(row, "provider")
    attempt.upstream = try optional(row, "upstream")
    attempt.upstreamServed = try optional(row, "upstream_served")
    attempt.region = try optional(row, "region")
    attempt.ladder = try optional(row, "ladder")
    attempt.tier = try optional(row, "tier")
    attempt.isFallback = try flag(row, "is_fallback")
    attempt.attempt = try value(row, "attempt")
    attempt.reason = try optional(row, "reason")
    attempt.tokens = try tokens(row)
    attempt.parts = try parts(row)
    attempt.reserved = try optional(row, "reserved_nanos").map { Money(nanos: $0) }
    attempt.maxOutput = try optional(row, "max_output_tokens")
    attempt.httpStatus = try optional(row, "http_status")
    attempt.firstByte = try optional(row, "first_byte_ms").map { Milliseconds($0) }
    attempt.latency = Milliseconds(try value(row, "latency_ms"))
    if let text: String = try optional(row, "price_date") {
      guard let date = WindowColumns.date(text) else { throw Malformed(column: "price_date") }
      attempt.priceDate = date
    }
    return attempt
  }

  private func tokens(_ row: Row) throws -> TokenEntry? {
    guard let input: Int64 = try optional(row, "input_tokens") else {
      let others = [
        "cached_input_tokens", "cache_write_tokens", "cache_write_long_tokens",
        "output_tokens", "reasoning_tokens", "is_estimated",
      ]
      for name in others where try optional(row, name) as Int64? != nil {
        throw Malformed(column: name)
      }
      return nil
    }
    return TokenEntry(
      input: input, cachedInput: try value(row, "cached_input_tokens"),
      cacheWrite: try value(row, "cache_write_tokens"),
      cacheWriteLong: try value(row, "cache_write_long_tokens"),
      output: try value(row, "output_tokens"), reasoning: try value(row, "reasoning_tokens"),
      isEstimated: try flag(row, "is_estimated"))
  }

  private func parts(_ row: Row) throws -> CostParts {
    var parts = CostParts()
    parts.input = try value(row, "input_picos")
    parts.cachedInput = try value(row, "cached_input_picos")
    parts.cacheWrite = try value(row, "cache_write_picos")
    parts.cacheWriteLong = try value(row, "cache_write_long_picos")
    parts.output = try value(row, "output_picos")
    parts.reasoning = try value(row, "reasoning_picos")
    parts.fee = try value(row, "fee_picos")
    return parts
  }

  private func gate(_ row: Row) throws -> GateEntry {
    GateEntry(
      name: try value(row, "name"), score: try optional(row, "score_millionths"),
      isAccepted: try flag(row, "is_accepted"), hasFailed: try flag(row, "has_failed"),
      cost: try cost(row), model: row.hasColumn("model") ? try optional(row, "model") : nil,
      calls: row.hasColumn("calls") ? try value(row, "calls") : 0)
  }

  private func charges(of sequence: Int64) throws -> [ChargeEntry] {
    let statement = try db.cachedStatement(
      sql: "SELECT * FROM charge WHERE sequence = ? ORDER BY place")
    var charges: [ChargeEntry] = []
    for row in try Row.fetchAll(statement, arguments: [sequence]) {
      guard try value(row, "place") == charges.count else { throw Malformed(column: "place") }
      charges.append(
        ChargeEntry(
          key: try key(row, owner: try optional(row, "owner")), amount: try value(row, "amount")))
    }
    return charges
  }

  func key(_ row: Row, owner: String?) throws -> CounterKey {
    guard let unit = BudgetUnit(rawValue: try value(row, "unit")) else {
      throw Malformed(column: "unit")
    }
    let window = WindowColumns.window(
      kind: try value(row, "window"), start: try value(row, "window_start"))
    guard let window else { throw Malformed(column: "window") }
    return CounterKey(budget: try value(row, "budget"), unit: unit, owner: owner, window: window)
  }

  // MARK: Columns

  private func cost(_ row: Row) throws -> EntryCost {
    guard let certainty = EntryCost.Certainty(rawValue: try value(row, "cost_certainty")) else {
      throw Malformed(column: "cost_certainty")
    }
    return EntryCost(
      money: try optional(row, "cost_nanos").map { Money(nanos: $0) }, certainty: certainty)
  }

  /// Only ever 0 or 1: another number would read as the same row with another text in the file.
  private func flag(_ row: Row, _ name: String) throws -> Bool {
    switch try value(row, name) as Int64 {
    case 0: false
    case 1: true
    case _: throw Malformed(column: name)
    }
  }

  func value<Value: ColumnValue>(_ row: Row, _ name: String) throws -> Value {
    guard let value: Value = try optional(row, name) else { throw Malformed(column: name) }
    return value
  }

  /// Nil for NULL only: a value of another type was not written by us.
  func optional<Value: ColumnValue>(_ row: Row, _ name: String) throws -> Value? {
    guard let column: DatabaseValue = row[name] else { throw Malformed(column: name) }
    if column.isNull { return nil }
    guard let value = Value(column: column) else { throw Malformed(column: name) }
    return value
  }

  func hash(_ row: Row) throws -> [UInt8] {
    let hash = try bytes(row, "hash")
    guard hash.count == 32 else { throw Malformed(column: "hash") }
    return hash
  }

  func bytes(_ row: Row, _ name: String) throws -> [UInt8] { try value(row, name) }
}

/// What a column may be read as: its own type, without conversions.
protocol ColumnValue {
  init?(column: DatabaseValue)
}

extension Int64: ColumnValue {
  init?(column: DatabaseValue) {
    guard case .int64(let number) = column.storage else { return nil }
    self = number
  }
}

extension Int: ColumnValue {
  init?(column: DatabaseValue) {
    guard case .int64(let number) = column.storage else { return nil }
    self.init(exactly: number)
  }
}

extension String: ColumnValue {
  init?(column: DatabaseValue) {
    guard case .string(let text) = column.storage else { return nil }
    self = text
  }
}

extension [UInt8]: ColumnValue {
  init?(column: DatabaseValue) {
    guard case .blob(let data) = column.storage else { return nil }
    self.init(data)
  }
}
