import JSONWriting
import LedgerExchange
import TrafficLog

/// A log as a table: CSV whose columns have the names of a log's members, `metadata.NAME` for a fact.
///
/// Each record becomes the JSON line it stands for, at its own line, so that both shapes are read, and
/// told of, alike. Memory: one record and a piece.
struct LogTable {
  private enum Column {
    case member(LogColumn)
    case fact(String)
    case other
  }

  private let path: String
  private var reader: CSVReader
  private let columns: [Column]
  /// The line the next output goes to, from 1.
  private var line = 1

  private static let pieceSize = 192 * 1024

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
    guard names.contains(LogColumn.time.name) else { throw Self.noLog(path) }
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
      if let member = LogColumn.allCases.first(where: { $0.name == name }) {
        return .member(member)
      }
      guard name.hasPrefix("metadata.") else { return .other }
      return .fact(String(name.dropFirst("metadata.".count)))
    }
  }

  private static func noLog(_ path: String) -> CommandFailure {
    CommandFailure(
      "`\(path)` is no log of JSON objects, no CSV with a column `time`, and no ledger: "
        + "`rung ledger import` reads other programs' files into a ledger, and that can be read here"
    )
  }

  /// Hands its records over as lines of JSON.
  mutating func read(_ take: ([UInt8]) -> Void) throws(CommandFailure) {
    var piece: [UInt8] = []
    while true {
      let record: CSVRecord?
      do throws(ImportFailure) {
        record = try reader.next()
      } catch {
        throw CommandFailure("`\(path)` \(error)")
      }
      guard let record else { break }
      if let problem = record.problem {
        throw CommandFailure("`\(path)` line \(record.line): \(problem.message)")
      }
      while line < record.line {
        piece.append(UInt8(ascii: "\n"))
        line += 1
      }
      piece += json(record)
      if piece.count >= Self.pieceSize {
        take(piece)
        piece = []
      }
    }
    if !piece.isEmpty { take(piece) }
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
      json.object(LogColumn.metadata.name) { json in
        for (name, value) in facts { json.member(name, value) }
      }
    }
    return Array(json.text.utf8)
  }

  /// Counts and objects as they are written, all else as a text; what it must be the log's reader says.
  private func write(_ bytes: [UInt8], _ member: LogColumn, to json: inout JSONWriter) {
    let isBare =
      switch member {
      case .time: bytes.allSatisfy { $0.isNumberByte } && !bytes.contains(UInt8(ascii: "-"))
      case .inputTokens, .cachedInputTokens, .outputTokens, .maxTokens, .costNanos:
        bytes.allSatisfy { (0x30...0x39).contains($0) } && (bytes.count == 1 || bytes[0] != 0x30)
      case .stream, .streamed: bytes.elementsEqual("true".utf8) || bytes.elementsEqual("false".utf8)
      case .usage, .messages, .request, .attempts, .metadata:
        bytes.first == UInt8(ascii: "{") || bytes.first == UInt8(ascii: "[")
      case .tenant, .user, .key, .conversation, .model, .modelAsked, .modelServed, .cost,
        .bodyFingerprint, .status, .cache, .facts, .policyFingerprint, .catalogFingerprint:
        false
      }
    guard isBare else {
      json.member(member.name, String(decoding: bytes, as: UTF8.self))
      return
    }
    // A line break outside a text means nothing to JSON, and inside one JSON has none.
    json.member(member.name, raw: bytes.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
  }
}

extension UInt8 {
  fileprivate var isNumberByte: Bool {
    (0x30...0x39).contains(self) || self == UInt8(ascii: ".") || self == UInt8(ascii: "-")
  }
}
