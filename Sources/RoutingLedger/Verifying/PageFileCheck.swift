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
    let pageSize = try Self.pageSize(of: file)
    if size % Int64(pageSize) != 0 { oddSize = size }
    pages = Int(size / Int64(pageSize))
    var next = 0
    while next < pages {
      let count = min(Self.stretch, pages - next)
      let bytes = try file.read(count * pageSize, at: Int64(next) * Int64(pageSize))
      guard bytes.count == count * pageSize else { break }
      damaged += PageGuard.damaged(in: bytes, pageSize: pageSize, first: next + 1)
        .filter { page in
          let start = (page - next - 1) * pageSize
          return !Self.isNeverWritten(page, bytes[start..<start + pageSize])
        }
      next += count
    }
  }

  /// As the header says.
  ///
  /// One that says what no ledger has is not as it was written, and no size makes its pages whole.
  private static func pageSize(of file: RawFile) throws(RawFile.Failure) -> Int {
    let header = try file.read(18, at: 0)
    let size = header.count == 18 ? Int(header[16]) << 8 | Int(header[17]) : 0
    return LedgerFile.pageSizes.contains(size) ? size : LedgerFile.pageSize
  }

  /// A page SQLite has passed over: made and let go of in one transaction, or kept for its locks.
  private static func isNeverWritten(_ page: Int, _ bytes: ArraySlice<UInt8>) -> Bool {
    page > 1 && bytes.allSatisfy { $0 == 0 }
  }
}
