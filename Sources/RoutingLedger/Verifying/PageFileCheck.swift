import DatabasePages

/// Holds every page of the ledger's file against its checksum, as the bytes lie on the disk.
struct PageFileCheck {
  private(set) var damaged: [Int] = []
  private(set) var pages = 0
  /// The file's size if it is no whole number of pages.
  private(set) var oddSize: Int64?

  /// Pages read at once.
  private static let stretch = 64

  init(_ file: RawFile) throws(RawFile.Failure) {
    let size = try file.size
    let pageSize = LedgerFile.pageSize
    if size % Int64(pageSize) != 0 { oddSize = size }
    pages = Int(size / Int64(pageSize))
    var next = 0
    while next < pages {
      let count = min(Self.stretch, pages - next)
      let bytes = try file.read(count * pageSize, at: Int64(next) * Int64(pageSize))
      guard bytes.count == count * pageSize else { break }
      damaged += PageGuard.damaged(in: bytes, pageSize: pageSize, first: next + 1)
        .filter { !Self.isNeverWritten($0, in: bytes, first: next + 1) }
      next += count
    }
  }

  /// A page SQLite has passed over: made and let go of in one transaction, or kept for its locks.
  private static func isNeverWritten(_ page: Int, in bytes: [UInt8], first: Int) -> Bool {
    let start = (page - first) * LedgerFile.pageSize
    return page > 1 && bytes[start..<start + LedgerFile.pageSize].allSatisfy { $0 == 0 }
  }
}
