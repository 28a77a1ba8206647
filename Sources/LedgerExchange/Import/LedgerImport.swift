import PolicyDiagnostics
import PolicySource
import PolicyUnits
import RoutingBudgets
import RoutingLedger

/// Reads a file as rows of the ledger, record by record.
///
/// Every record comes out as a row or as a problem with its line, so that rows and problems together
/// are the records of the file. Memory: one record, and sixteen bytes for each name a record brings.
package struct LedgerImport {
  package let maker: RowMaker
  private var records: RecordReader
  private var first: (line: Int, record: Result<SourceRecord, RowProblem>)?
  /// On which line a name came first.
  private var lines: [RequestID: Int] = [:]
  /// Whether records bring names of their own, which another file may bring too.
  package let bringsNames: Bool

  package var kind: ImportKind { maker.kind }
  /// How many records came out so far.
  package private(set) var count = 0

  /// Reads as far as it takes to know what the file is.
  package init(
    _ pieces: @escaping BytePieces, source: ImportSource, options: ImportOptions
  ) throws(ImportFailure) {
    records = try RecordReader(pieces)
    let header = records.header
    if header == nil { first = try records.next() }
    var names = header?.names ?? []
    switch first?.record {
    case .success(let record)?: names = record.names
    case .failure(let problem)? where options.kind == nil:
      throw .badFirstRecord(line: first?.line ?? 1, problem)
    case .failure?, nil: break
    }
    guard !AttemptField.marks.isSubset(of: names) else { throw .attemptsOnly }
    guard !RatingField.marks.isSubset(of: names) else { throw .ratingsOnly }
    guard let kind = options.kind ?? ImportKind(names: names) else {
      throw .unknownShape(columns: names, suggestion: ColumnMapping(suggestedBy: names))
    }
    if let header { try Self.check(header.names, for: kind) }
    maker = RowMaker(kind, options: options, source: source)
    switch kind {
    case .liteLLMSpend, .rung: bringsNames = true
    case .azureTrace: bringsNames = false
    case .mapped(let mapping): bringsNames = mapping[.id] != nil
    }
  }

  /// One record of the file, as it came out.
  package struct Item: Sendable {
    /// Where it starts, from 1.
    package let line: Int
    package let row: Result<RowMaker.Row, RowProblem>

    /// The same record, refused after all.
    package func refused(_ problem: RowProblem) -> Item { Item(line: line, row: .failure(problem)) }
  }

  /// The next record; nil at the end.
  package mutating func next() throws(ImportFailure) -> Item? {
    let record: (line: Int, record: Result<SourceRecord, RowProblem>)?
    if let first {
      record = first
      self.first = nil
    } else {
      record = try records.next()
    }
    guard let record else { return nil }
    count += 1
    do throws(RowProblem) {
      let row = try maker.row(from: try record.record.get(), number: count)
      if bringsNames, let earlier = lines.updateValue(record.line, forKey: row.entry.id) {
        lines[row.entry.id] = earlier
        throw .repeated(name: row.name ?? row.entry.id.description, line: earlier)
      }
      return Item(line: record.line, row: .success(row))
    } catch {
      return Item(line: record.line, row: .failure(error))
    }
  }

  private static func check(_ names: [String], for kind: ImportKind) throws(ImportFailure) {
    for name in kind.needed where !names.contains(name) {
      // A name that leads into an object stands only in JSON.
      throw .noColumn(
        ShownText.of(name), near: NearName.of(name, among: names), columns: names)
    }
  }
}
