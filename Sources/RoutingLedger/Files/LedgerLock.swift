import Foundation

/// One ledger has one writer: a file beside it, held as long as the process lives.
final class LedgerLock: Sendable {
  private let file: RawFile

  /// `path` is the lock's, `ledger` the one to name in the failure.
  init(path: String, ledger: String) throws(LedgerFailure) {
    do throws(RawFile.Failure) {
      file = try RawFile(writing: path)
    } catch {
      throw .cannotOpen(path: ledger, reason: "its lock `\(path)`: \(error.reason)")
    }
    guard file.tryLock() else { throw .inUse(path: ledger, process: Self.holder(file)) }
    // Only for the message of whoever comes second; the lock holds without it.
    let number = Array("\(ProcessInfo.processInfo.processIdentifier)\n".utf8)
    try? file.truncate(to: 0)
    try? file.write(number, at: 0)
  }

  func release() { file.close() }

  private static func holder(_ file: RawFile) -> Int? {
    guard let bytes = try? file.read(32, at: 0) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    return Int(text.trimmingCharacters(in: .whitespacesAndNewlines))
  }
}
