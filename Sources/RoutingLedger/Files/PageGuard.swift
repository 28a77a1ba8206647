import CSQLiteGuard

/// Holds a page of the ledger's file against the checksum in its last bytes.
enum PageGuard {
  /// Bytes at the end of each page that SQLite leaves to the checksum.
  static let reserve = Int(CSQLITE_GUARD_RESERVE)

  /// Whether each page of `bytes` is as it was written; the first has the number `first`, from 1.
  static func damaged(in bytes: [UInt8], pageSize: Int, first: Int) -> [Int] {
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
