import PolicySource
import PolicyUnits
import RoutingBudgets
import RoutingLedger
import Testing

@testable import LedgerExchange

@Suite struct `Exported rows` {
  static let seeds: [UInt64] = [1, 2026, 0xC0FFEE]

  @Test(arguments: seeds, EntryExport.Format.allCases)
  func `read again are the same rows, field by field`(
    seed: UInt64, format: EntryExport.Format
  ) throws {
    var generator = GeneratedRows(seed: seed)
    let rows = (1...400).map { generator.row(sequence: Int64($0)) }
    for isGuarded in [true, false] {
      var export = EntryExport(format, guarded: isGuarded)
      var bytes = export.header()
      for row in rows { bytes += export.lines(of: row) }
      var reader = try RecordReader(pieces(bytes, of: 1000))
      var count = 0
      while let record = try reader.next() {
        let read = try EntryReading.entry(from: try record.record.get())
        #expect(read == rows[count].entry, "seed \(seed), row \(count)")
        count += 1
      }
      #expect(count == rows.count)
    }
  }

  @Test(arguments: EntryExport.Format.allCases)
  func `imported into another ledger keep all but their budgets, and say where they come from`(
    format: EntryExport.Format
  ) throws {
    var generator = GeneratedRows(seed: 3)
    let rows = (1...100).map { generator.row(sequence: Int64($0)) }
    var export = EntryExport(format)
    var bytes = export.header()
    for row in rows { bytes += export.lines(of: row) }
    let whole = try WholeImport(bytes)
    #expect(whole.kind == .rung)
    #expect(whole.problems == [])
    for (read, row) in zip(whole.rows, rows) {
      var wanted = row.entry
      wanted.charges = []
      wanted.origin = read.entry.origin
      #expect(read.entry == wanted)
      #expect(read.entry.origin?.hasPrefix("rung \(someSource.digest.hex) file.csv") == true)
      #expect(read.notes.contains(.chargesLeft) == !row.entry.charges.isEmpty)
    }
  }

  @Test func `the lines of attempts are no rows`() throws {
    var generator = GeneratedRows(seed: 4)
    for format in EntryExport.Format.allCases {
      var export = EntryExport(format, byAttempt: true)
      var bytes = export.header()
      for sequence in 1...50 { bytes += export.lines(of: generator.row(sequence: Int64(sequence))) }
      #expect(throws: ImportFailure.attemptsOnly) { try WholeImport(bytes) }
    }
  }

  @Test func `a field of another version is refused by name`() throws {
    var generator = GeneratedRows(seed: 5)
    let line = String(decoding: EntryExport.json(generator.row(sequence: 1)), as: UTF8.self)
    let more = line.dropLast() + #","colour":"blue"}"#
    #expect(
      try WholeImport(String(more)).problems == ["1: `colour` is no field of `rung.ledger/2`"])
    let later = line.replacing("rung.ledger/2", with: "rung.ledger/3")
    #expect(
      try WholeImport(later).problems == [
        "1: `format` is `rung.ledger/3`; this version reads `rung.ledger/2` and `rung.ledger/1`"
      ])
    let other = line.replacing(#""certainty":""#, with: #""certainty":"x"#)
    #expect(try WholeImport(other).problems == ["1: `certainty` does not fit the cost"])
  }

  @Test func `what the first format wrote is read`() throws {
    var entry = LedgerEntry(
      id: RequestID(high: 1, low: 2), time: Timestamp(milliseconds: 1_795_176_000_000),
      status: .answered, currency: "USD", cost: .exact(Money(nanos: 5)))
    var attempt = AttemptEntry(verdict: "accepted", cost: .exact(Money(nanos: 5)))
    attempt.attempt = 1
    attempt.gates = [
      GateEntry(name: "solid", score: nil, isAccepted: true, hasFailed: false, cost: .exact(.zero))
    ]
    entry.attempts = [attempt]
    let row = ChainPlace.start.following(entry)
    let first = String(decoding: EntryExport.json(row), as: UTF8.self)
      .replacing("rung.ledger/2", with: "rung.ledger/1")
      .replacing(#","parent":null,"commit_point":null"#, with: "")
      .replacing(#","role":"answer""#, with: "")
      .replacing(#","model":null,"calls":0}"#, with: "}")
    let whole = try WholeImport(first)
    #expect(whole.problems == [])
    #expect(whole.rows.map(\.entry.attempts) == [[attempt]])
  }

  @Test func `an origin says which time its file was imported`() {
    let digest = someSource.digest
    for round in [0, 1, 2, 41] {
      let source = ImportSource(name: "#7 again, from x", digest: digest, round: round)
      let origin = source.origin(.azureTrace, before: "rung 00#3 old.csv")
      #expect(ImportSource.round(of: digest, in: origin) == round)
      #expect(ImportSource.round(of: StableHash.digest(of: [1]), in: origin) == nil)
    }
    for text in ["", "rung", digest.hex, "rung \(digest.hex)#", "rung \(digest.hex)#1 a"] {
      #expect(ImportSource.round(of: digest, in: text) == nil, "\(text)")
    }
  }
}
