import Foundation
import GRDB
import PolicyUnits
import RoutingBudgets

/// Writes rows into their tables; one row's tables belong to one transaction.
struct RowWriter {
  let db: Database

  func insert(_ row: ChainedEntry) throws {
    try insertRequest(row)
    for (place, attempt) in row.entry.attempts.enumerated() {
      try insert(attempt, place: place, of: row.sequence)
      for (gatePlace, gate) in attempt.gates.enumerated() {
        try insert(gate, place: gatePlace, attemptPlace: place, of: row.sequence)
      }
    }
    for (place, charge) in row.entry.charges.enumerated() {
      try insert(charge, place: place, of: row.sequence)
      try count(charge)
    }
  }

  private func run(
    _ sql: String, _ arguments: [(any DatabaseValueConvertible)?]
  ) throws {
    let statement = try db.cachedStatement(sql: sql)
    try statement.execute(arguments: StatementArguments(arguments))
  }

  private static let request = insertion(into: "request", columns: 32)
  private static let attempt = insertion(into: "attempt", columns: 35)
  private static let gate = insertion(into: "gate", columns: 9)
  private static let charge = insertion(into: "charge", columns: 8)
  private static let counter =
    insertion(into: "counter", columns: 6)
    + " ON CONFLICT DO UPDATE SET amount = amount + excluded.amount"

  static func insertion(into table: String, columns: Int) -> String {
    let marks = [String](repeating: "?", count: columns).joined(separator: ", ")
    return "INSERT INTO \(table) VALUES (\(marks))"
  }

  private func insertRequest(_ row: ChainedEntry) throws {
    let entry = row.entry
    try run(
      Self.request,
      [
        row.sequence, entry.id.description, entry.time.milliseconds, entry.caller.tenant,
        entry.caller.user, entry.caller.key, entry.caller.conversation,
        entry.fingerprints.policy, entry.fingerprints.catalog, entry.fingerprints.systemPrompt,
        entry.fingerprints.body, entry.route, entry.task, entry.arm, entry.modelAsked,
        entry.modelServed, entry.status.rawValue, entry.reason, entry.isStreamed,
        entry.currency, entry.cost.money?.nanos, entry.cost.certainty.rawValue,
        entry.savings.cache, entry.savings.compression, entry.savings.batch,
        entry.savings.saved?.nanos, entry.firstByte?.count, entry.elapsed.count,
        entry.settled?.milliseconds, Data(entry.facts), entry.origin, Data(row.hash),
      ])
  }

  private func insert(_ attempt: AttemptEntry, place: Int, of sequence: Int64) throws {
    let tokens = attempt.tokens
    let parts = attempt.parts
    try run(
      Self.attempt,
      [
        sequence, place, attempt.model, attempt.provider, attempt.upstream,
        attempt.upstreamServed, attempt.region, attempt.ladder, attempt.tier,
        attempt.isFallback, attempt.attempt, attempt.verdict, attempt.reason, tokens?.input,
        tokens?.cachedInput, tokens?.cacheWrite, tokens?.cacheWriteLong, tokens?.output,
        tokens?.reasoning, tokens?.isEstimated, parts.input, parts.cachedInput,
        parts.cacheWrite, parts.cacheWriteLong, parts.output, parts.reasoning, parts.fee,
        attempt.cost.money?.nanos, attempt.cost.certainty.rawValue, attempt.reserved?.nanos,
        attempt.maxOutput, attempt.httpStatus, attempt.firstByte?.count,
        attempt.latency.count, attempt.priceDate.map(WindowColumns.text),
      ])
  }

  private func insert(
    _ gate: GateEntry, place: Int, attemptPlace: Int, of sequence: Int64
  ) throws {
    try run(
      Self.gate,
      [
        sequence, attemptPlace, place, gate.name, gate.score, gate.isAccepted, gate.hasFailed,
        gate.cost.money?.nanos, gate.cost.certainty.rawValue,
      ])
  }

  private func insert(_ charge: ChargeEntry, place: Int, of sequence: Int64) throws {
    let window = WindowColumns(charge.key.window)
    try run(
      Self.charge,
      [
        sequence, place, charge.key.budget, charge.key.unit.rawValue, charge.key.owner,
        window.kind, window.start, charge.amount,
      ])
  }

  /// Adds a charge to the sum of its calendar window; rolling windows are summed from rows.
  private func count(_ charge: ChargeEntry) throws {
    let window = WindowColumns(charge.key.window)
    guard !window.start.isEmpty else { return }
    try run(
      Self.counter,
      [
        charge.key.budget, charge.key.unit.rawValue, charge.key.owner ?? "", window.kind,
        window.start, charge.amount,
      ])
  }
}
