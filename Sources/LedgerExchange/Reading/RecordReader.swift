import JSONReading

/// Reads the records of a file, JSON or CSV by its first byte, in order.
///
/// Every record comes out, as itself or as the reason why it cannot be read.
package struct RecordReader {
  private enum Format {
    case csv(CSVReader, CSVHeader)
    case json(JSONRecordReader)
  }

  private var format: Format
  /// How many records came out so far.
  package private(set) var count = 0

  /// Reads as far as the header; a file without records is an error.
  package init(_ pieces: @escaping BytePieces) throws(ImportFailure) {
    var bytes = ByteReader(pieces)
    try bytes.skipMark()
    while let byte = try bytes.peek(), byte == 0x20 || byte == 0x09 { _ = try bytes.next() }
    guard let first = try bytes.peek() else { throw .empty }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      format = .json(JSONRecordReader(bytes: bytes))
    } else {
      var csv = CSVReader(bytes: bytes)
      guard let record = try csv.next() else { throw .empty }
      format = .csv(csv, try Self.header(record))
    }
  }

  /// The names of a CSV file's columns; nil for JSON.
  package var header: CSVHeader? {
    switch format {
    case .csv(_, let header): header
    case .json: nil
    }
  }

  /// The next record and its line; nil at the end.
  package mutating func next() throws(ImportFailure) -> (
    line: Int, record: Result<SourceRecord, RowProblem>
  )? {
    switch format {
    case .csv(var reader, let header):
      let record = try reader.next()
      format = .csv(reader, header)
      guard let record else { return nil }
      count += 1
      return (record.line, Self.row(record, header))
    case .json(var reader):
      let record = try reader.next()
      format = .json(reader)
      guard let record else { return nil }
      count += 1
      return (record.line, Self.row(record))
    }
  }

  private static func header(_ record: CSVRecord) throws(ImportFailure) -> CSVHeader {
    if let problem = record.problem { throw .badHeader(problem) }
    var names: [String] = []
    for field in record.fields {
      guard let name = field.text else { throw .notText }
      names.append(name)
    }
    if names.count == 1, let separator = [";", "\t", "|"].first(where: { names[0].contains($0) }) {
      throw .otherSeparator(String(separator))
    }
    return try CSVHeader(names)
  }

  private static func row(
    _ record: CSVRecord, _ header: CSVHeader
  ) -> Result<SourceRecord, RowProblem> {
    if let problem = record.problem { return .failure(.csv(problem)) }
    guard record.fields.count == header.names.count else {
      return .failure(.fieldCount(found: record.fields.count, wanted: header.names.count))
    }
    return .success(SourceRecord(line: record.line, content: .cells(header, record.fields)))
  }

  private static func row(_ record: JSONRecord) -> Result<SourceRecord, RowProblem> {
    switch record.value {
    case .failure(let problem): return .failure(.json(problem))
    case .success(let value):
      guard value.kind == .object else { return .failure(.notAnObject) }
      return .success(SourceRecord(line: record.line, content: .object(value)))
    }
  }
}
