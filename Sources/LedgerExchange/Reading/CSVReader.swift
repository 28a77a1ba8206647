/// Reads CSV as RFC 4180 has it, with `\n` and `\r` as line ends too.
///
/// A record that breaks the rules is returned with what is wrong with it, and reading goes on with the
/// next line. Blank lines are no records. Memory: one record.
package struct CSVReader {
  /// The most bytes one record may have.
  package static let longest = 16 << 20

  private var bytes: ByteReader
  /// The line that is read next, from 1.
  private var line = 1
  private let longest: Int

  package init(longest: Int = CSVReader.longest, _ pieces: @escaping BytePieces) {
    self.init(longest: longest, bytes: ByteReader(pieces))
  }

  init(longest: Int = CSVReader.longest, bytes: ByteReader) {
    self.bytes = bytes
    self.longest = longest
  }

  /// The next record; nil at the end.
  package mutating func next() throws(ImportFailure) -> CSVRecord? {
    while let byte = try bytes.peek() {
      guard byte == 0x0A || byte == 0x0D else { return try record() }
      try endLine()
    }
    return nil
  }

  private mutating func record() throws(ImportFailure) -> CSVRecord {
    var record = CSVRecord(line: line)
    var size = 0
    while true {
      let field = try self.field(column: record.fields.count + 1, left: longest - size)
      switch field {
      case .success(let field):
        size += field.bytes.count + 1
        record.fields.append(field)
      case .failure(let problem):
        try skipLine()
        record.problem = problem
        record.lastLine = line - 1
        return record
      }
      guard size <= longest else {
        try skipLine()
        record.problem = .tooLong(limit: longest)
        record.lastLine = line - 1
        return record
      }
      guard try bytes.peek() == UInt8(ascii: ",") else { break }
      _ = try bytes.next()
    }
    record.lastLine = line
    try endLine()
    return record
  }

  private mutating func field(
    column: Int, left: Int
  ) throws(ImportFailure) -> Result<CSVField, CSVProblem> {
    if try bytes.peek() == UInt8(ascii: "\"") { return try quoted(column: column, left: left) }
    var field = CSVField(bytes: [], isQuoted: false)
    try bytes.take(into: &field.bytes, upTo: left + 1) { byte in
      byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D || byte == UInt8(ascii: "\"")
    }
    if try bytes.peek() == UInt8(ascii: "\""), field.bytes.count <= left {
      return .failure(.strayQuote(column: column))
    }
    return .success(field)
  }

  /// A field in quotes; a quote in it is written twice.
  private mutating func quoted(
    column: Int, left: Int
  ) throws(ImportFailure) -> Result<CSVField, CSVProblem> {
    let opening = line
    var field = CSVField(bytes: [], isQuoted: true)
    _ = try bytes.next()
    while field.bytes.count <= left {
      try bytes.take(into: &field.bytes, upTo: left + 1) { byte in
        byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
      }
      guard let byte = try bytes.peek() else {
        return .failure(.openQuote(column: column, line: opening, last: line))
      }
      guard byte == UInt8(ascii: "\"") else {
        if byte == 0x0A || byte == 0x0D { try keepLineEnd(in: &field.bytes) }
        continue
      }
      _ = try bytes.next()
      switch try bytes.peek() {
      case UInt8(ascii: "\"")?:
        _ = try bytes.next()
        field.bytes.append(UInt8(ascii: "\""))
      case UInt8(ascii: ",")?, 0x0A?, 0x0D?, nil: return .success(field)
      case _?: return .failure(.afterQuote(column: column))
      }
    }
    return .failure(.openQuote(column: column, line: opening, last: line))
  }

  private mutating func keepLineEnd(in field: inout [UInt8]) throws(ImportFailure) {
    guard let byte = try bytes.next() else { return }
    field.append(byte)
    if byte == 0x0D, try bytes.peek() == 0x0A {
      _ = try bytes.next()
      field.append(0x0A)
    }
    line += 1
  }

  /// Takes `\r\n`, `\n` or `\r`; nothing at the end of the file.
  private mutating func endLine() throws(ImportFailure) {
    guard let byte = try bytes.next() else { return }
    if byte == 0x0D, try bytes.peek() == 0x0A { _ = try bytes.next() }
    line += 1
  }

  private mutating func skipLine() throws(ImportFailure) {
    while let byte = try bytes.peek(), byte != 0x0A, byte != 0x0D { _ = try bytes.next() }
    try endLine()
  }
}

package struct CSVField: Hashable, Sendable {
  package var bytes: [UInt8]
  /// An empty field in quotes is an empty text; one without is nothing.
  package var isQuoted: Bool

  /// Nil if the bytes are not UTF-8.
  package var text: String? { String(validating: bytes, as: UTF8.self) }
}

package struct CSVRecord: Hashable, Sendable {
  /// Where it starts and ends, from 1.
  package var line: Int
  package var lastLine: Int
  package var fields: [CSVField] = []
  /// If there is one, `fields` holds those before it.
  package var problem: CSVProblem?

  package init(line: Int) {
    self.line = line
    lastLine = line
  }
}

/// How a record breaks the rules; columns count from 1.
package enum CSVProblem: Error, Hashable, Sendable {
  case strayQuote(column: Int)
  case afterQuote(column: Int)
  /// The quote opened on `line`; nothing up to `last` could be read.
  case openQuote(column: Int, line: Int, last: Int)
  case tooLong(limit: Int)
}
