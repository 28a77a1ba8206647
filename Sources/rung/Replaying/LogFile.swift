import Foundation
import LedgerExchange
import PolicyWorkspace
import RoutingLedger
import RoutingRuntime
import TrafficLog

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A log on disk, in one of the shapes replay and audit read: JSON lines, or a ledger.
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
        try check(piece)
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
      let graph = PolicyFolder(sources).graph
    else { return nil }
    return Decider(graph)
  }

  /// What is certainly none of the shapes, by its first bytes.
  private func check(_ piece: [UInt8]) throws(CommandFailure) {
    let first = piece.first { ![0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].contains($0) }
    switch first {
    case UInt8(ascii: "{")?, nil: return
    case 0x1f?:
      throw CommandFailure(
        "`\(path)` is compressed; read it as `zcat \(path) | \(command) -`")
    default:
      throw CommandFailure(
        "`\(path)` is no log of JSON objects, one to a line, and no ledger: `rung ledger import` "
          + "reads other programs' files into a ledger, and that can be read here")
    }
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
