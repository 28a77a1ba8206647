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

  /// Of a file that is there, without writing to it: false if another holds it.
  fileprivate init?(taking file: RawFile) {
    guard file.tryLock() else { return nil }
    self.file = file
  }

  func release() { file.close() }

  private static func holder(_ file: RawFile) -> Int? {
    guard let bytes = try? file.read(32, at: 0) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    return Int(text.trimmingCharacters(in: .whitespacesAndNewlines))
  }
}

/// What a reader does about the writer's lock: takes it for itself, or finds that it is held.
struct ReadersHold {
  /// Whether a writer is at work.
  let isRefused: Bool
  private let lock: LedgerLock?

  /// Where no file can be made, a lock that is not there is nobody's: whoever writes makes it first.
  init(_ files: LedgerFiles, ledger: String) throws(LedgerFailure) {
    do throws(LedgerFailure) {
      lock = try LedgerLock(path: files.lock, ledger: ledger)
      isRefused = false
    } catch {
      if case .inUse = error {
        lock = nil
        isRefused = true
        return
      }
      let isThere = FileManager.default.fileExists(atPath: files.lock)
      guard let file = try? RawFile(reading: files.lock) else {
        guard !isThere else { throw error }
        lock = nil
        isRefused = false
        return
      }
      lock = LedgerLock(taking: file)
      isRefused = lock == nil
    }
  }

  func release() { lock?.release() }
}
