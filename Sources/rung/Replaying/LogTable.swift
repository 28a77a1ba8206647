import JSONWriting
import LedgerExchange
import TrafficLog

/// A log as a table: CSV whose columns have the names of a log's members, `metadata.NAME` for a fact.
///
/// Each record becomes the JSON line it stands for, at its own line, so that both shapes are read, and
/// told of, alike. Memory: one record and a piece.
struct LogTable {
  private enum Column {
    case member(LogMember)
    case fact(String)
    case other
  }

  private let path: String
  private var reader: CSVReader
  private let columns: [Column]
  /// The line the next output goes to, from 1.
  private var line = 1

  /// Throws if its columns are not those of a log.
  init(_ path: String, _ pieces: @escaping BytePieces) throws(CommandFailure) {
    self.path = path
    var reader = CSVReader(pieces)
    let header: CSVRecord?
    do throws(ImportFailure) {
      header = try reader.next()
    } catch {
      throw CommandFailure("`\(path)` \(error)")
    }
    guard let header, header.problem == nil else { throw Self.noLog(path) }
    let names = header.fields.map { $0.text ?? "" }
    guard names.contains(LogMember.time.rawValue) else { throw Self.noLog(path) }
    guard !names.contains("format") else {
      throw CommandFailure(
        "`\(path)` is an export in CSV: write it with `--format jsonl`, or `rung ledger import` it")
    }
    var seen: Set<String> = []
    if let twice = names.first(where: { !$0.isEmpty && !seen.insert($0).inserted }) {
      throw CommandFailure("`\(path)` has two columns named `\(twice)`: rename one")
    }
    self.reader = reader
    columns = names.map { name in
      if let member = LogMember(rawValue: name) { return .member(member) }
      guard name.hasPrefix("metadata.") else { return .other }
      return .fact(String(name.dropFirst("metadata.".count)))
    }
  }

  /// Whether a line names the columns of a log.
  static func isHeader(_ line: [UInt8]) -> Bool {
    var piece = line
    var reader = CSVReader { () throws(ImportFailure) in
      defer { piece = [] }
      return piece
    }
    guard let header = try? reader.next(), header.problem == nil else { return false }
    return header.fields.contains { $0.text == LogMember.time.rawValue }
  }

  private static func noLog(_ path: String) -> CommandFailure {
    CommandFailure(
      "`\(path)` is no log of JSON objects, no CSV with a column `time`, and no ledger: "
        + LogNotes.importing)
  }

  /// Hands its records over as lines of JSON, for as long as they are wanted; false if they no longer
  /// were.
  mutating func read(_ take: (LogPiece) -> Bool) throws(CommandFailure) -> Bool {
    var piece: [UInt8] = []
    while true {
      let record: CSVRecord?
      do throws(ImportFailure) {
        record = try reader.next()
      } catch {
        throw CommandFailure("`\(path)` \(error)")
      }
      guard let record else { break }
      while line < record.line {
        piece.append(UInt8(ascii: "\n"))
        line += 1
      }
      if let problem = problem(of: record) {
        guard piece.isEmpty || take(.bytes(piece)), take(.unreadable(problem.description)) else {
          return false
        }
        piece = []
        continue
      }
      piece += json(record)
      if piece.count >= LogBytes.piece {
        guard take(.bytes(piece)) else { return false }
        piece = []
      }
    }
    guard piece.isEmpty || take(.bytes(piece)) else { return false }
    return take(.end)
  }

  /// Why a record is none; one field too few would put all behind it under another name.
  private func problem(of record: CSVRecord) -> RowProblem? {
    if let problem = record.problem { return .csv(problem) }
    guard record.fields.count == columns.count else {
      return .fieldCount(found: record.fields.count, wanted: columns.count)
    }
    for (column, field) in zip(columns, record.fields) where field.text == nil {
      switch column {
      case .member(let member): return .notUTF8(column: member.rawValue)
      case .fact(let name): return .notUTF8(column: "metadata.\(ShownText.of(name))")
      case .other: continue
      }
    }
    return nil
  }

  private func json(_ record: CSVRecord) -> [UInt8] {
    var json = JSONWriter(.compact)
    json.object { json in
      for (column, field) in zip(columns, record.fields) where !field.bytes.isEmpty {
        guard case .member(let member) = column else { continue }
        write(field.bytes, member, to: &json)
      }
      let facts = zip(columns, record.fields).compactMap { column, field -> (String, String)? in
        guard case .fact(let name) = column, !field.bytes.isEmpty else { return nil }
        return (name, field.text ?? "\u{FFFD}")
      }
      guard !facts.isEmpty else { return }
      json.object(LogMember.metadata.rawValue) { json in
        for (name, value) in facts { json.member(name, value) }
      }
    }
    return Array(json.text.utf8)
  }

  /// Counts and objects as they are written, all else as a text; what it must be the log's reader says.
  private func write(_ bytes: [UInt8], _ member: LogMember, to json: inout JSONWriter) {
    let isBare =
      switch member.kind {
      case .time: bytes.allSatisfy { $0.isNumberByte } && !bytes.contains(UInt8(ascii: "-"))
      case .flag: bytes.elementsEqual("true".utf8) || bytes.elementsEqual("false".utf8)
      case .structure: bytes.first == UInt8(ascii: "{") || bytes.first == UInt8(ascii: "[")
      case .count:
        bytes.allSatisfy { (0x30...0x39).contains($0) } && (bytes.count == 1 || bytes[0] != 0x30)
      case .text: false
      }
    // A program that counts in floating point writes `50.0`.
    if !isBare, member.kind == .count,
      let count = NumberText.count(String(decoding: bytes, as: UTF8.self))
    {
      json.member(member.rawValue, count)
      return
    }
    guard isBare else {
      json.member(member.rawValue, String(decoding: bytes, as: UTF8.self))
      return
    }
    // A line break outside a text means nothing to JSON, and inside one JSON has none.
    json.member(member.rawValue, raw: bytes.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
  }
}

extension UInt8 {
  fileprivate var isNumberByte: Bool {
    (0x30...0x39).contains(self) || self == UInt8(ascii: ".") || self == UInt8(ascii: "-")
  }
}
