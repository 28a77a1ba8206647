import Foundation
import JSONReading
import LedgerExchange
import PolicyCompiler
import PolicyWorkspace
import RoutingLedger
import RoutingRuntime
import TrafficLog

/// A log on disk, in one of the shapes replay and audit read: JSON lines, CSV, or a ledger.
struct LogFile: Sendable {
  private let file: LineFile

  var path: String { file.path }

  /// `command` is as it is written before the log.
  init(_ path: String, command: String = "rung replay POLICY") throws(CommandFailure) {
    file = LineFile(path, "log", readBy: command + " -")
    try file.checkIsThere()
  }

  /// What a log's lines are.
  enum Shape {
    /// JSON lines, as the bytes are.
    case lines
    case table
    case ledger
  }

  /// Hands the log over in pieces, from the first to the last, for as long as they are wanted; false if
  /// they no longer were.
  ///
  /// `keeping` is given the bytes of a pipe, which cannot be read again.
  func read(
    from bytes: LogBytes, keeping: LogBytes?, _ take: (LogPiece) -> Bool
  ) throws(CommandFailure) -> Bool {
    var head = try LogHead(bytes, of: file, keeping)
    return try read(&head, take)
  }

  /// Adds all of it to an index; what comes back has the lines where the index says they are.
  func add(_ bytes: LogBytes, to index: inout LogIndex) throws(CommandFailure) -> LogBytes {
    var head = try LogHead(bytes, of: file, nil)
    guard head.shape != .lines else {
      index.begin(at: head.skipped)
      _ = try read(&head) { piece in
        index.read(piece)
        return true
      }
      return bytes
    }
    // Lines that are made of something else are written out once.
    let lines = try LogBytes(sparing: path)
    var failure: CommandFailure?
    _ = try read(&head) { piece in
      index.read(piece)
      do throws(CommandFailure) {
        if case .bytes(let bytes) = piece { try lines.append(bytes) }
      } catch {
        failure = error
      }
      return failure == nil
    }
    if let failure { throw failure }
    return lines
  }

  private func read(
    _ head: inout LogHead, _ take: (LogPiece) -> Bool
  ) throws(CommandFailure) -> Bool {
    switch head.shape {
    case .ledger: return try readLedger(take)
    case .table:
      var rest = head
      var table = try LogTable(path) { () throws(ImportFailure) in
        do throws(CommandFailure) {
          return try rest.next()
        } catch {
          throw ImportFailure.cannotRead(reason: error.message)
        }
      }
      return try table.read(take)
    case .lines:
      while true {
        let piece = try head.next()
        guard !piece.isEmpty else { return take(.end) }
        guard take(.bytes(piece)) else { return false }
      }
    }
  }

  /// A policy this file keeps, if it is a ledger, by the name it is kept under.
  func keptPolicy(_ name: String) -> Decider? {
    guard let reader = try? LedgerReader(path: path),
      let kept = try? reader.policy(name), let sources = try? PolicySources(archive: kept.bytes),
      let graph = PolicyCompilation(sources).graph
    else { return nil }
    return Decider(graph)
  }

  private func readLedger(_ take: (LogPiece) -> Bool) throws(CommandFailure) -> Bool {
    let reader = try LedgerPlace.reader(path)
    var piece: [UInt8] = []
    var isWanted = true
    try reading { () throws(LedgerFailure) in
      var export = EntryExport(.jsonl)
      try reader.forEach(matching: LedgerFilter()) { row in
        piece += export.lines(of: row)
        if piece.count >= LogBytes.piece {
          isWanted = take(.bytes(piece))
          piece = []
        }
        return isWanted
      }
    }
    guard isWanted, piece.isEmpty || take(.bytes(piece)) else { return false }
    return take(.end)
  }
}

/// The first bytes of a log, which say what it is; then all of them.
private struct LogHead {
  let shape: LogFile.Shape
  /// Bytes before the first line.
  let skipped: Int
  private let bytes: LogBytes
  private let keeping: LogBytes?
  private var first: [UInt8]

  init(_ bytes: LogBytes, of file: LineFile, _ keeping: LogBytes?) throws(CommandFailure) {
    self.bytes = bytes
    self.keeping = keeping
    var head = try bytes.next()
    // A pipe may give a few bytes at a time.
    while LineFile.firstByte(head) == nil, let more = try Self.more(bytes, than: head) {
      head += more
    }
    if LineFile.firstByte(head) != UInt8(ascii: "{") {
      while let more = try Self.more(bytes, than: head) { head += more }
    }
    shape = try Self.shape(head, of: file)
    first = head
    try keeping?.append(head)
    // A mark of the byte order is no part of the first line.
    skipped = head.starts(with: Self.mark) ? Self.mark.count : 0
    first.removeFirst(skipped)
  }

  /// What came first, then the rest; none at the end.
  mutating func next() throws(CommandFailure) -> [UInt8] {
    guard first.isEmpty else {
      defer { first = [] }
      return first
    }
    let piece = try bytes.next()
    try keeping?.append(piece)
    return piece
  }

  static let mark: [UInt8] = [0xef, 0xbb, 0xbf]

  private static func more(
    _ bytes: LogBytes, than head: [UInt8]
  ) throws(CommandFailure) -> [UInt8]? {
    guard head.count < LogBytes.piece else { return nil }
    let piece = try bytes.next()
    return piece.isEmpty ? nil : piece
  }

  private static func shape(
    _ head: [UInt8], of file: LineFile
  ) throws(CommandFailure) -> LogFile.Shape {
    if head.starts(with: Array("SQLite format 3".utf8)) { return .ledger }
    try file.check(head)
    switch LineFile.firstByte(head) {
    case nil, UInt8(ascii: "{"): break
    case _:
      // A broken line may come first: what matters is whether there are others.
      let lines = head.split(separator: UInt8(ascii: "\n"))
      let isTable = lines.first.map { LogTable.isHeader(Array($0)) } ?? false
      let hasObjects = lines.contains { LineFile.firstByte($0.prefix(64)) == UInt8(ascii: "{") }
      guard !isTable, hasObjects else { return .table }
    }
    try checkFormat(head, file.path)
    return .lines
  }

  /// Exports of something else than requests have their names in each line.
  private static func checkFormat(_ head: [UInt8], _ path: String) throws(CommandFailure) {
    let line = head.dropFirst(head.starts(with: mark) ? mark.count : 0)
      .split(separator: UInt8(ascii: "\n"), maxSplits: 1).first
    guard let line, let root = try? JSONText(Array(line)).root, let format = root["format"]?.string
    else { return }
    let failure: ImportFailure
    switch format {
    case EntryFormat.attempts: failure = .attemptsOnly
    case EntryFormat.ratings: failure = .ratingsOnly
    case _: return
    }
    throw CommandFailure("`\(path)` \(failure)")
  }
}
