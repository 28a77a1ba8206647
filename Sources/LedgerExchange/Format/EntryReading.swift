import Foundation
import JSONReading
import PolicyUnits
import RoutingBudgets
import RoutingLedger

/// Rows as they were exported, read again: every field comes back as it was.
///
/// A field this version does not know is refused, not left out.
enum EntryReading {
  static func entry(from record: SourceRecord) throws(RowProblem) -> LedgerEntry {
    let row = OwnRecord(record)
    try row.check()
    guard let id = RequestID(try row.need(.id)) else { throw row.bad(.id, "is no request's name") }
    let statusText = try row.need(.status)
    guard let status = LedgerEntry.Status(rawValue: statusText) else {
      throw row.bad(.status, "is no status")
    }
    var entry = LedgerEntry(
      id: id, time: try time(row, .time, try row.need(.time)), status: status,
      currency: try row.need(.currency),
      cost: try cost(row))
    entry.settled = try row.text(.settled).map { text throws(RowProblem) in
      try time(row, .settled, text)
    }
    entry.caller = LedgerEntry.Caller(
      tenant: try row.text(.tenant), user: try row.text(.user), key: try row.text(.key),
      conversation: try row.text(.conversation))
    entry.fingerprints = LedgerEntry.Fingerprints(
      policy: try row.text(.policy), catalog: try row.text(.catalog),
      systemPrompt: try row.text(.systemPrompt), body: try row.text(.body))
    entry.route = try row.text(.route)
    entry.task = try row.text(.task)
    entry.arm = try row.text(.arm)
    entry.modelAsked = try row.need(.modelAsked)
    entry.modelServed = try row.text(.modelServed)
    entry.reason = try row.text(.reason)
    entry.isStreamed = try row.bool(.streamed)
    entry.savings.cache = try row.text(.cache)
    entry.savings.compression = try row.text(.compression)
    entry.savings.batch = try row.integer(.batch)
    entry.savings.saved = try money(row, .saved, nanos: .savedNanos)
    entry.firstByte = try row.integer(.firstByte).map { Milliseconds($0) }
    entry.elapsed = Milliseconds(try row.integer(.elapsed) ?? 0)
    entry.facts = try facts(row)
    entry.origin = try row.text(.origin)
    entry.attempts = try AttemptReading.attempts(
      try row.list(.attempts), isFirstFormat: row.isFirstFormat)
    entry.charges = try AttemptReading.charges(try row.list(.charges))
    if !row.isFirstFormat { try readSecond(row, into: &entry) }
    return entry
  }

  private static func readSecond(
    _ row: OwnRecord, into entry: inout LedgerEntry
  ) throws(RowProblem) {
    if let text = try row.text(.parent) {
      guard let parent = RequestID(text) else { throw row.bad(.parent, "is no request's name") }
      entry.parent = parent
    }
    entry.commitPoint = try row.text(.commitPoint)
  }

  private static func time(
    _ row: OwnRecord, _ field: EntryField, _ text: String
  ) throws(RowProblem) -> Timestamp {
    if let milliseconds = Int64(text) { return Timestamp(milliseconds: milliseconds) }
    guard let reading = ISOTime.read(text) else { throw row.bad(field, "is no time") }
    return reading.time
  }

  private static func cost(_ row: OwnRecord) throws(RowProblem) -> EntryCost {
    let money = try money(row, .cost, nanos: .costNanos)
    let word = try row.need(.certainty)
    guard let certainty = EntryCost.Certainty(rawValue: word),
      let cost = EntryCost(money, certainty)
    else { throw row.bad(.certainty, "does not fit the cost") }
    return cost
  }

  /// The nano-units, and the decimal beside them must say the same.
  private static func money(
    _ row: OwnRecord, _ field: EntryField, nanos: EntryField
  ) throws(RowProblem) -> Money? {
    let money = try row.integer(nanos).map { Money(nanos: $0) }
    let text = try row.text(field)
    guard text == money.map({ Amounts.plain($0) }) else {
      throw row.bad(field, "is not what `\(nanos.rawValue)` says")
    }
    return money
  }

  private static func facts(_ row: OwnRecord) throws(RowProblem) -> [UInt8] {
    guard let text = try row.text(.facts) else { return [] }
    guard let data = Data(base64Encoded: text) else { throw row.bad(.facts, "is no base64") }
    return Array(data)
  }
}

extension EntryCost {
  /// Nil where amount and certainty contradict each other.
  init?(_ money: Money?, _ certainty: Certainty) {
    switch (money, certainty) {
    case (let money?, .exact): self = .exact(money)
    case (let money?, .atMost): self = .atMost(money)
    case (nil, .unknown): self = .unknown
    case (nil, .exact), (nil, .atMost), (_?, .unknown): return nil
    }
  }
}

/// A record in Rung's own format.
private struct OwnRecord {
  private let record: SourceRecord
  /// Whether texts carry the guard against formulas: CSV does, unless it says otherwise.
  private let isGuarded: Bool
  let isFirstFormat: Bool

  init(_ record: SourceRecord) {
    self.record = record
    let name = try? record.value(EntryField.format.rawValue)
    var format = ""
    if case .text(let text)? = name { format = text }
    isFirstFormat = [EntryFormat.firstName, EntryFormat.firstUnguarded].contains(format)
    switch record.content {
    case .cells:
      isGuarded = ![EntryFormat.unguarded, EntryFormat.firstUnguarded].contains(format)
    case .object: isGuarded = false
    }
  }

  func check() throws(RowProblem) {
    let format = try need(.format)
    guard isFirstFormat || format == EntryFormat.name || format == EntryFormat.unguarded else {
      throw bad(
        .format,
        "is `\(ShownText.of(format))`; this version reads `\(EntryFormat.name)` and "
          + "`\(EntryFormat.firstName)`")
    }
    for name in record.names {
      if let field = EntryField(rawValue: name),
        !isFirstFormat || !EntryField.second.contains(field)
      {
        continue
      }
      throw .badField(ShownText.of(name), reason: "is no field of `\(ShownText.of(format))`")
    }
  }

  func bad(_ field: EntryField, _ reason: String) -> RowProblem {
    .badField(field.rawValue, reason: reason)
  }

  func text(_ field: EntryField) throws(RowProblem) -> String? {
    switch try record.value(field.rawValue) {
    case .absent: nil
    case .text(let text): isGuarded ? CSVWriter.unguarded(text) : text
    case .number(let text): text
    case .bool(let value): value ? "true" : "false"
    case .json: throw bad(field, "is no plain value")
    }
  }

  func need(_ field: EntryField) throws(RowProblem) -> String {
    guard let text = try text(field) else { throw .missing(column: field.rawValue) }
    return text
  }

  func integer(_ field: EntryField) throws(RowProblem) -> Int64? {
    guard let text = try text(field) else { return nil }
    guard let number = Int64(text) else { throw bad(field, "is no whole number") }
    return number
  }

  func bool(_ field: EntryField) throws(RowProblem) -> Bool {
    guard let value = Bool(try need(field)) else { throw bad(field, "is not true or false") }
    return value
  }

  /// An array, or its text in CSV.
  func list(_ field: EntryField) throws(RowProblem) -> FieldValue {
    let value: JSONValue
    switch try record.value(field.rawValue) {
    case .json(let json): value = json
    case .text(let text):
      do throws(JSONProblem) {
        value = try JSONText(text).root
      } catch {
        throw bad(field, "is no JSON: \(error.message)")
      }
    case .absent, .number, .bool: throw .missing(column: field.rawValue)
    }
    guard value.kind == .array else { throw bad(field, "is no list") }
    return FieldValue(value, path: field.rawValue)
  }
}
