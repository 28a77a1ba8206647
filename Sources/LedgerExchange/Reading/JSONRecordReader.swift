package import JSONReading

/// Reads JSON records: one to a line, the elements of one array, or one page of an interface that
/// holds them under `data`.
///
/// A record that is no JSON is returned with what is wrong with it, and reading goes on behind it.
/// Memory: one record, or one page.
package struct JSONRecordReader {
  /// The most bytes one record may have.
  package static let longest = 16 << 20

  private enum Layout {
    case unknown, lines, array, values
  }

  private var bytes: ByteReader
  private var line = 1
  private var layout = Layout.unknown
  private var hasElements = false
  private let longest: Int
  /// Elements of a page that have not been returned yet.
  private var page: (elements: JSONElements, firstLine: Int)?

  package init(longest: Int = JSONRecordReader.longest, _ pieces: @escaping BytePieces) {
    self.init(longest: longest, bytes: ByteReader(pieces))
  }

  init(longest: Int = JSONRecordReader.longest, bytes: ByteReader) {
    self.bytes = bytes
    self.longest = longest
  }

  /// The next record; nil at the end.
  package mutating func next() throws(ImportFailure) -> JSONRecord? {
    while true {
      if let element = page?.elements.next() {
        let first = page?.firstLine ?? line
        return JSONRecord(line: first + element.place.line - 1, value: .success(element))
      }
      page = nil
      if layout == .array, try !stepInArray() { return nil }
      try skipSpace()
      guard try bytes.peek() != nil else {
        if layout == .array { return unfinished() }
        return nil
      }
      if layout == .unknown, try bytes.peek() == UInt8(ascii: "[") {
        _ = try bytes.next()
        layout = .array
        continue
      }
      let mayBePage = layout == .unknown
      let record = try read()
      if mayBePage, let rows = record.page {
        page = (rows, record.line)
        continue
      }
      return record
    }
  }

  /// Goes over the comma before an element; false at the closing bracket.
  private mutating func stepInArray() throws(ImportFailure) -> Bool {
    try skipSpace()
    switch try bytes.peek() {
    case UInt8(ascii: "]")?:
      _ = try bytes.next()
      layout = .lines
      try skipSpace()
      guard try bytes.peek() == nil else { throw .trailing(line: line) }
      return false
    case UInt8(ascii: ",")? where hasElements:
      _ = try bytes.next()
      return true
    case nil: return true
    case _?:
      guard !hasElements else { throw .noComma(line: line) }
      return true
    }
  }

  private mutating func unfinished() -> JSONRecord {
    layout = .lines
    return JSONRecord(line: line, value: .failure(.unfinishedArray))
  }

  private mutating func read() throws(ImportFailure) -> JSONRecord {
    let first = line
    var text: [UInt8] = []
    switch layout {
    case .array, .values:
      hasElements = true
      guard try takeValue(into: &text) else { throw .tooLong(line: first, limit: longest) }
    case .lines, .unknown:
      try bytes.take(into: &text, upTo: longest + 1) { $0 == 0x0A || $0 == 0x0D }
      guard text.count <= longest else {
        if layout == .unknown { throw .tooLong(line: first, limit: longest) }
        try skipLine()
        return JSONRecord(line: first, value: .failure(.tooLong(limit: longest)))
      }
      if layout == .unknown, try isUnfinished(text) {
        layout = .values
        guard try takeValue(into: &text) else { throw .tooLong(line: first, limit: longest) }
      } else {
        layout = .lines
      }
    }
    return JSONRecord(line: first, value: Self.parse(text, longest: longest))
  }

  /// Whether a first line goes on in the next ones.
  private mutating func isUnfinished(_ text: [UInt8]) throws(ImportFailure) -> Bool {
    guard try bytes.peek() != nil else { return false }
    switch Self.parse(text, longest: longest) {
    case .success: return false
    case .failure(.json(let problem)): return problem.reason == .unexpectedEnd
    case .failure(.unfinishedArray), .failure(.tooLong): return false
    }
  }

  private static func parse(
    _ text: [UInt8], longest: Int
  ) -> Result<JSONValue, JSONRecord.Problem> {
    do throws(JSONProblem) {
      return .success(try JSONText(text, limits: JSONLimits(bytes: longest)).root)
    } catch {
      return .failure(.json(error))
    }
  }

  /// Takes one value by its brackets; `bytes` may hold its beginning.
  ///
  /// False if it is too long.
  private mutating func takeValue(into text: inout [UInt8]) throws(ImportFailure) -> Bool {
    var nesting = Nesting()
    for byte in text { nesting.step(byte) }
    while let byte = try bytes.peek() {
      if nesting.isOutside, !text.isEmpty, nesting.hasEnded || Self.isBoundary(byte) {
        return true
      }
      guard text.count < longest else { return false }
      _ = try bytes.next()
      if byte == 0x0A { line += 1 }
      text.append(byte)
      nesting.step(byte)
    }
    return true
  }

  private static func isBoundary(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte <= 0x20
  }

  private mutating func skipSpace() throws(ImportFailure) {
    while let byte = try bytes.peek(), [0x09, 0x0A, 0x0D, 0x20].contains(byte) {
      if byte == 0x0A { line += 1 }
      _ = try bytes.next()
    }
  }

  private mutating func skipLine() throws(ImportFailure) {
    while let byte = try bytes.peek(), byte != 0x0A { _ = try bytes.next() }
  }
}

/// Where a scan of JSON text stands: in a string, in brackets, or outside of both.
private struct Nesting {
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  /// Whether a closing bracket or quote has come to the outside.
  private(set) var hasEnded = false

  var isOutside: Bool { depth <= 0 && !isInString }

  mutating func step(_ byte: UInt8) {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
        hasEnded = depth <= 0
      }
      return
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      hasEnded = depth <= 0
    default: break
    }
  }
}

package struct JSONRecord: Sendable {
  /// Where it starts, from 1.
  package let line: Int
  package let value: Result<JSONValue, Problem>

  package enum Problem: Error, Hashable, Sendable {
    case json(JSONProblem)
    case unfinishedArray
    case tooLong(limit: Int)
  }

  /// The elements of a page: an object that holds an array of objects under `data`.
  fileprivate var page: JSONElements? {
    guard case .success(let value) = value, let data = value["data"], data.kind == .array,
      data.elements.allSatisfy({ $0.kind == .object })
    else { return nil }
    return data.elements
  }
}
