import Foundation
import GRDB
import PolicyUnits
import RoutingBudgets

extension LedgerRecovery {
  /// What the file holds, and how many commits made it.
  static func read(
    _ db: Database, at time: Timestamp
  ) throws -> (recovery: LedgerRecovery, commits: Int64) {
    let reader = RowReader(db: db)
    var recovery = LedgerRecovery()
    if let last = try Row.fetchOne(
      db, sql: "SELECT sequence, hash FROM request ORDER BY sequence DESC LIMIT 1")
    {
      recovery.sequence = try reader.value(last, "sequence")
      recovery.hash = try reader.hash(last)
    }
    recovery.ratings = try reader.lastRating()
    recovery.last = try lastOwnRow(reader)
    recovery.settled = try calendarSums(reader, at: time) + rollingCharges(reader, at: time)
    recovery.open = try openRequests(reader)
    recovery.idempotency = try keys(reader, at: time)
    recovery.nextTextExpiry = try Int64.fetchOne(db, sql: "SELECT min(expiry_ms) FROM prompt")
      .map { Timestamp(milliseconds: $0) }
    let commits = try Int64.fetchOne(db, sql: "SELECT commits FROM state") ?? 0
    return (recovery, commits)
  }

  private static func lastOwnRow(_ reader: RowReader) throws -> LastRow? {
    try Row.fetchOne(
      reader.db,
      sql: """
        SELECT time_ms, currency FROM request WHERE origin IS NULL
        ORDER BY sequence DESC LIMIT 1
        """
    ).map { row in
      LastRow(
        time: Timestamp(milliseconds: try reader.value(row, "time_ms")),
        currency: try reader.value(row, "currency"))
    }
  }

  /// Sums of the calendar windows that may not be over in some zone: a day counts two days, a week
  /// nine, a month thirty-three.
  private static func calendarSums(
    _ reader: RowReader, at time: Timestamp
  ) throws -> [(key: CounterKey, amount: Int64, time: Timestamp)] {
    let today = time.milliseconds / 86_400_000
    let lengths: [(window: String, days: Int64)] = [("day", 2), ("week", 9), ("month", 33)]
    return try lengths.flatMap { window, days in
      let first = CalendarDate(daysSince1970: today - days).map(WindowColumns.text) ?? ""
      return try Row.fetchAll(
        reader.db, sql: "SELECT * FROM counter WHERE window = ? AND window_start >= ?",
        arguments: [window, first]
      ).map { row in
        let owner: String = try reader.value(row, "owner")
        let key = try reader.key(row, owner: owner.isEmpty ? nil : owner)
        let amount: Int64 = try reader.value(row, "amount")
        return (key, amount, time)
      }
    }
  }

  /// The charges that may still be in the last hour, one by one, with the time each counts from.
  private static func rollingCharges(
    _ reader: RowReader, at time: Timestamp
  ) throws -> [(key: CounterKey, amount: Int64, time: Timestamp)] {
    // Admitted within the last day: no request runs longer.
    let rows = try Row.fetchAll(
      reader.db,
      sql: """
        SELECT charge.*, request.time_ms, request.settled_ms FROM request
        JOIN charge ON charge.sequence = request.sequence
        WHERE request.time_ms >= ? AND charge.window IN ('minute', 'hour')
          AND max(request.time_ms, coalesce(request.settled_ms, 0)) >= ?
        """,
      arguments: [time.milliseconds - 86_400_000, time.milliseconds - 3_700_000])
    return try rows.map { row in
      let key = try reader.key(row, owner: try reader.optional(row, "owner"))
      let admitted: Int64 = try reader.value(row, "time_ms")
      let settled: Int64 = try reader.optional(row, "settled_ms") ?? admitted
      let counted = key.unit == .requests ? admitted : settled
      let amount: Int64 = try reader.value(row, "amount")
      return (key, amount, Timestamp(milliseconds: counted))
    }
  }

  static func openRequests(_ reader: RowReader) throws -> [OpenRequest] {
    try Row.fetchAll(reader.db, sql: "SELECT * FROM open_request ORDER BY id").map { row in
      guard let id = RequestID(try reader.value(row, "id") as String) else {
        throw RowReader.Malformed(column: "id")
      }
      guard let claims = OpenRequestBytes.claims(try reader.bytes(row, "claims")) else {
        throw RowReader.Malformed(column: "claims")
      }
      let progress = OpenRequestBytes.progress(
        try reader.bytes(row, "progress"), claims: claims.count)
      guard let progress else { throw RowReader.Malformed(column: "progress") }
      let reservation = Reservation(
        id: id, claims: claims, time: Timestamp(milliseconds: try reader.value(row, "time_ms")),
        expiry: Timestamp(milliseconds: try reader.value(row, "expiry_ms")))
      return OpenRequest(reservation: reservation, progress: progress)
    }
  }

  private static func keys(
    _ reader: RowReader, at time: Timestamp
  ) throws -> [IdempotencyRecord] {
    try Row.fetchAll(
      reader.db, sql: "SELECT * FROM idempotency WHERE expiry_ms > ? OR state = 'running'",
      arguments: [time.milliseconds]
    ).map { row in
      guard let request = RequestID(try reader.value(row, "request") as String) else {
        throw RowReader.Malformed(column: "request")
      }
      let key = IdempotencyRecord.Key(
        owner: try reader.value(row, "owner"), text: try reader.value(row, "key"))
      return IdempotencyRecord(
        key: key, body: try reader.value(row, "body"), request: request,
        state: try state(row, reader),
        expiry: Timestamp(milliseconds: try reader.value(row, "expiry_ms")))
    }
  }

  private static func state(
    _ row: Row, _ reader: RowReader
  ) throws -> IdempotencyRecord.State {
    switch try reader.value(row, "state") as String {
    case "running": return .running
    case "lost": return .lost
    case "answered":
      return .answered(
        status: try reader.value(row, "status"), body: try reader.bytes(row, "answer"))
    case _: throw RowReader.Malformed(column: "state")
    }
  }
}
