import Foundation
import LedgerExchange
import PolicyCompiler
import PolicyWorkspace
import RoutingLedger
import RoutingRuntime
import TrafficLog

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A log on disk, in one of the shapes replay and audit read: JSON lines, CSV, or a ledger.
struct LogFile: Sendable {
  let path: String
  /// As it is written on a command line, before the log.
  private let command: String

  /// Bytes that are read at a time: what simdjson's index keeps its memory for.
  private static let piece = 192 * 1024

  init(_ path: String, command: String = "rung replay POLICY") throws(CommandFailure) {
    self.path = path
    self.command = command
    guard path != "-" else { return }
    guard let isFolder = Files.isFolder(path) else { throw CommandFailure("there is no `\(path)`") }
    guard !isFolder else { throw CommandFailure("`\(path)` is a folder, not a log") }
  }

  /// Hands the log's lines over in pieces, from the first to the last.
  func read(_ take: ([UInt8]) -> Void) throws(CommandFailure) {
    let descriptor = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw CommandFailure("`\(path)` cannot be read: \(Files.reason(errno))")
    }
    defer { if path != "-" { close(descriptor) } }
    var isFirst = true
    while true {
      let piece = try next(descriptor)
      guard !piece.isEmpty else { return }
      if isFirst {
        if piece.starts(with: Array("SQLite format 3".utf8)) { return try readLedger(take) }
        guard try isJSON(piece) else { return try readTable(piece, descriptor, take) }
        isFirst = false
      }
      take(piece)
    }
  }

  private func next(_ descriptor: Int32) throws(CommandFailure) -> [UInt8] {
    var failure: Int32 = 0
    let piece = unsafe [UInt8](unsafeUninitializedCapacity: Self.piece) { buffer, count in
      var read = -1
      repeat {
        read = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      } while read < 0 && errno == EINTR
      if read < 0 { failure = errno }
      count = max(0, read)
    }
    guard failure == 0 else {
      throw CommandFailure("`\(path)` cannot be read: \(Files.reason(failure))")
    }
    return piece
  }

  /// A policy this file keeps, if it is a ledger, by the name it is kept under.
  func keptPolicy(_ name: String) -> Decider? {
    guard let reader = try? LedgerReader(path: path),
      let kept = try? reader.policy(name), let sources = try? PolicySources(archive: kept.bytes),
      let graph = PolicyCompilation(sources).graph
    else { return nil }
    return Decider(graph)
  }

  /// By its first bytes; what is neither is read as a table.
  private func isJSON(_ piece: [UInt8]) throws(CommandFailure) -> Bool {
    let first = piece.first { ![0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].contains($0) }
    guard first != 0x1f else {
      throw CommandFailure(
        "`\(path)` is compressed; read it as `zcat \(path) | \(command) -`")
    }
    return first == nil || first == UInt8(ascii: "{")
  }

  private func readTable(
    _ piece: [UInt8], _ descriptor: Int32, _ take: ([UInt8]) -> Void
  ) throws(CommandFailure) {
    var first: [UInt8]? = piece
    var table = try LogTable(path) { () throws(ImportFailure) in
      if let piece = first {
        first = nil
        // A mark of the byte order is no part of the first name.
        return piece.starts(with: [0xef, 0xbb, 0xbf]) ? Array(piece.dropFirst(3)) : piece
      }
      do throws(CommandFailure) {
        return try next(descriptor)
      } catch {
        throw ImportFailure.cannotRead(reason: error.message)
      }
    }
    try table.read(take)
  }

  private func readLedger(_ take: ([UInt8]) -> Void) throws(CommandFailure) {
    let reader = try LedgerPlace.reader(path)
    var piece: [UInt8] = []
    try reading { () throws(LedgerFailure) in
      var export = EntryExport(.jsonl)
      try reader.forEach(matching: LedgerFilter()) { row in
        piece += export.lines(of: row)
        if piece.count >= Self.piece {
          take(piece)
          piece = []
        }
        return true
      }
    }
    if !piece.isEmpty { take(piece) }
  }
}
