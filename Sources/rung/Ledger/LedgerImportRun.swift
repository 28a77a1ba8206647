import LedgerExchange
import PolicySource
import RoutingBudgets
import RoutingLedger

/// One import: read once to see whether all of it can be read, then again to keep the rows.
///
/// Rows go in by the thousand, each thousand whole or not at all. What cuts the import off leaves the
/// first rows; the same import again knows them by their names and goes on behind them.
struct LedgerImportRun: Sendable {
  struct Conduct: Sendable {
    let isPartial: Bool
    let isAgain: Bool
    let isDry: Bool
  }

  private static let batchSize = 2000

  private let path: String
  private let ledger: String
  private let options: ImportOptions
  private let shown: Int

  init(file path: String, ledger: String, options: ImportOptions, showing shown: Int) {
    self.path = path
    self.ledger = ledger
    self.options = options
    self.shown = shown
  }

  func run(
    _ conduct: Conduct, isInterrupted: () -> Bool
  ) async throws(CommandFailure) -> LedgerImportReport {
    let file = try ImportFile(path)
    let digest = try told { () throws(ImportFailure) in try file.digest() }
    let reader = Files.isFolder(ledger) == nil ? nil : try LedgerPlace.reader(ledger)
    let earlier = try reader.map { reader throws(CommandFailure) in
      try EarlierImport(of: digest, in: reader)
    }
    let rounds = earlier?.rounds ?? []
    let round = conduct.isAgain ? rounds.count : max(0, rounds.count - 1)
    let source = ImportSource(name: file.name, digest: digest, round: round)
    let there = round < rounds.count ? rounds[round] : []
    var report = LedgerImportReport(
      file: path, ledger: ledger, source: source, currency: options.currency)
    try look(file, source, there: there, reader, &report)
    report.alreadyThere = there.count
    guard report.tally.refused == 0 || conduct.isPartial else {
      report.outcome = .refused
      return report
    }
    guard there.isEmpty || there.count < report.tally.rows else {
      throw CommandFailure(
        "`\(path)` is in `\(ledger)` already: \(LedgerImportReport.count(there.count, "row")), "
          + "the first at place \(earlier?.firstSequence ?? 0); --again imports it a second time")
    }
    guard !conduct.isDry, report.tally.rows > 0 else {
      report.outcome = conduct.isDry ? .looked : .imported
      return report
    }
    try await keep(file, source, there: there, isInterrupted, reader, &report)
    return report
  }

  /// Reads all of it and counts.
  private func look(
    _ file: ImportFile, _ source: ImportSource, there: Set<RequestID>, _ reader: LedgerReader?,
    _ report: inout LedgerImportReport
  ) throws(CommandFailure) {
    var records = try open(file, source)
    report.kind = records.kind
    report.tally = ImportTally(showing: shown)
    while let item = try next(&records, there: there, reader) { report.tally.add(item) }
  }

  /// Reads it again and keeps the rows.
  private func keep(
    _ file: ImportFile, _ source: ImportSource, there: Set<RequestID>, _ isInterrupted: () -> Bool,
    _ reader: LedgerReader?, _ report: inout LedgerImportReport
  ) async throws(CommandFailure) {
    let book: Ledger
    do {
      book = try Ledger.open(path: ledger) { Moment.timestamp }
      LedgerPlace.warn(of: book.loss, ledger)
    } catch {
      throw CommandFailure(error.description, exit: .couldNotRun)
    }
    do throws(CommandFailure) {
      try await keep(file, in: book, source, there: there, isInterrupted, reader, &report)
    } catch {
      await book.close()
      throw error
    }
    await book.close()
  }

  private func keep(
    _ file: ImportFile, in book: Ledger, _ source: ImportSource, there: Set<RequestID>,
    _ isInterrupted: () -> Bool, _ reader: LedgerReader?, _ report: inout LedgerImportReport
  ) async throws(CommandFailure) {
    var records = try open(file, source)
    var batch: [LedgerEntry] = []
    while let item = try next(&records, there: there, reader) {
      guard !isInterrupted() else {
        report.outcome = .interrupted
        return
      }
      guard case .success(let row) = item.row, !there.contains(row.entry.id) else { continue }
      batch.append(row.entry)
      if batch.count == Self.batchSize {
        try await commit(batch, to: book, &report)
        batch.removeAll(keepingCapacity: true)
      }
    }
    try await commit(batch, to: book, &report)
    guard report.imported + there.count == report.tally.rows else {
      throw CommandFailure(
        "`\(path)` changed while it was imported: \(report.imported) rows were kept",
        exit: .couldNotRun)
    }
    report.outcome = .imported
  }

  private func commit(
    _ batch: [LedgerEntry], to book: Ledger, _ report: inout LedgerImportReport
  ) async throws(CommandFailure) {
    guard !batch.isEmpty else { return }
    do {
      guard let last = try await book.append(all: batch) else { return }
      report.imported += batch.count
      report.first = report.first ?? last.sequence - Int64(batch.count) + 1
      report.last = last.sequence
    } catch {
      throw CommandFailure(
        "\(error); \(report.imported) rows were kept, the same import again goes on behind them",
        exit: .couldNotRun)
    }
  }

  private func open(_ file: ImportFile, _ source: ImportSource) throws(CommandFailure)
    -> LedgerImport
  {
    try told { () throws(ImportFailure) in
      try LedgerImport(try file.pieces(), source: source, options: options)
    }
  }

  /// The next record; a row that another import or a request of our own brought is refused.
  private func next(
    _ records: inout LedgerImport, there: Set<RequestID>, _ reader: LedgerReader?
  ) throws(CommandFailure) -> LedgerImport.Item? {
    let item: LedgerImport.Item?
    do throws(ImportFailure) {
      item = try records.next()
    } catch {
      throw CommandFailure("`\(path)` \(error)", exit: .findings)
    }
    guard let item, records.bringsNames, let reader, case .success(let row) = item.row,
      !there.contains(row.entry.id)
    else { return item }
    let id = row.entry.id.description
    let found = try reading { () throws(LedgerFailure) in try reader.rows(named: id, limit: 1) }
    return found.isEmpty ? item : item.refused(.alreadyThere(name: row.name ?? id))
  }

  private func told<Value>(
    _ body: () throws(ImportFailure) -> Value
  ) throws(CommandFailure) -> Value {
    do {
      return try body()
    } catch {
      throw CommandFailure("`\(path)` \(error)")
    }
  }
}
