import CSQLiteGuard

/// The layer under SQLite that keeps a checksum in every page of a database file.
///
/// A page that is not as it was written is never given to SQLite, which believes what it reads: a page
/// of noise may end the process. Every connection of the process has the layer under it; a file that
/// was made without it has no room for checksums and passes through.
package enum PageGuard {
  /// SQLite does not start; its own code says why.
  package struct Failure: Error, CustomStringConvertible {
    package let code: Int32

    package var description: String { "SQLite does not start (\(code))" }
  }

  /// Bytes at the end of each page that SQLite leaves to the checksum.
  package static let reserve = Int(CSQLITE_GUARD_RESERVE)

  /// The words for SQLite's extended result code 8202 (`SQLITE_IOERR_DATA`), with which the layer
  /// answers for a page.
  package static let refusal = "a page of it was changed by something other than rung"

  /// Puts the layer under every connection that is opened from now on.
  ///
  /// Safe from any thread and any number of times.
  package static func install() throws(Failure) {
    let code = csqlite_guard_install()
    guard code == 0 else { throw Failure(code: code) }
  }

  /// Which pages of `bytes` are not as they were written; the first has the number `first`, from 1.
  package static func damaged(in bytes: [UInt8], pageSize: Int, first: Int) -> [Int] {
    precondition(pageSize >= 512 && bytes.count.isMultiple(of: pageSize), "whole pages")
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return [] }
      return (0..<bytes.count / pageSize).compactMap { page in
        let isWhole = unsafe csqlite_guard_is_whole(
          base + page * pageSize, pageSize, UInt64(first + page))
        return isWhole ? nil : first + page
      }
    }
  }
}
