/// Why a cache could not be opened or asked.
///
/// What is wrong with a file's contents is no failure: the file is set aside.
package enum CacheFailure: Error, Hashable, Sendable {
  case cannotOpen(path: String, reason: String)
  /// Made by a later version of Rung.
  case tooNew(path: String, version: Int)
  /// It is rung's ledger: that is never moved out of the way.
  case isALedger(path: String)
  case cannotRead(reason: String)
  case cannotWrite(reason: String)
  case closed
}

extension CacheFailure: CustomStringConvertible {
  /// One line that names the place and the cure.
  package var description: String {
    switch self {
    case .cannotOpen(let path, let reason): "cannot open the cache `\(path)`: \(reason)"
    case .tooNew(let path, let version):
      "`\(path)` was written by a later version of rung (format \(version)): use that one, or name "
        + "another file with --cache"
    case .isALedger(let path): "`\(path)` is a ledger; name another file with --cache"
    case .cannotRead(let reason): "the cache cannot be read: \(reason)"
    case .cannotWrite(let reason): "the cache cannot be written: \(reason)"
    case .closed: "the cache has been closed"
    }
  }
}

/// What happened to a cache while it was at work, for the log.
package enum CacheNotice: Hashable, Sendable {
  /// Its file could not be read as a cache: it has another name now, and an empty one is in its place.
  case setAside(path: String, as: String, reason: String)
  /// Answers could not be written, and are kept in memory only; said once until it works again.
  case notWritten(reason: String)
}

extension CacheNotice: CustomStringConvertible {
  package var description: String {
    switch self {
    case .setAside(let path, let name, let reason):
      "`\(path)` is no cache that can be read (\(reason)): it is `\(name)` now, and an empty cache "
        + "is in its place"
    case .notWritten(let reason):
      "the cache's file cannot be written, so new answers are in memory only: \(reason)"
    }
  }
}
