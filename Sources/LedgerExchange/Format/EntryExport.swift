import JSONWriting
package import RoutingLedger

/// Writes rows of the ledger as lines, for other programs and for `rung ledger import`.
///
/// The same rows always make the same bytes.
package struct EntryExport: Sendable {
  package enum Format: String, Hashable, Sendable, CaseIterable {
    case jsonl, csv
  }

  private let format: Format
  /// A line for each attempt instead of each row.
  private let isByAttempt: Bool
  private var csv: CSVWriter

  package init(_ format: Format, byAttempt: Bool = false, guarded: Bool = true) {
    self.format = format
    isByAttempt = byAttempt
    csv = CSVWriter(isGuarded: guarded)
  }

  /// What stands before the first row: a header in CSV, nothing in JSON.
  package mutating func header() -> [UInt8] {
    guard format == .csv else { return [] }
    let names =
      isByAttempt
      ? AttemptField.allCases.map(\.rawValue) : EntryField.allCases.map(\.rawValue)
    csv.line(names.map { Cell.text($0) })
    return csv.take()
  }

  /// The line of a row, or of each of its attempts.
  package mutating func lines(of row: ChainedEntry) -> [UInt8] {
    switch format {
    case .csv:
      if isByAttempt {
        for cells in Self.attempts(of: row) { csv.line(AttemptField.allCases.map { cells[$0] }) }
      } else {
        let cells = EntryCells(row, isGuarded: csv.isGuarded)
        csv.line(EntryField.allCases.map { cells[$0] })
      }
      return csv.take()
    case .jsonl:
      guard isByAttempt else { return Self.json(row) + [0x0A] }
      return Self.attempts(of: row).flatMap { cells in
        var json = JSONWriter()
        json.object { json in
          for field in AttemptField.allCases {
            json.key(field.rawValue)
            cells[field].write(to: &json)
          }
        }
        return json.bytes + [0x0A]
      }
    }
  }

  /// A row as one object of JSON.
  package static func json(_ row: ChainedEntry) -> [UInt8] {
    let cells = EntryCells(row)
    var json = JSONWriter(reserving: 2048)
    json.object { json in
      for field in EntryField.allCases {
        json.key(field.rawValue)
        cells[field].write(to: &json)
      }
    }
    return json.bytes
  }

  private static func attempts(of row: ChainedEntry) -> [AttemptCells] {
    row.entry.attempts.enumerated().map { AttemptCells(row, place: $0, attempt: $1) }
  }
}
