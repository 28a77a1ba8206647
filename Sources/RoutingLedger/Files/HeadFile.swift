import Synchronization

/// The head of a ledger in its file `<ledger>-head`, rewritten in place after every commit.
///
/// It is never synced: it is written after the commit it tells of, so it can only lag.
final class HeadFile: Sendable {
  /// What the file holds.
  enum Slot: Hashable {
    case head(LedgerHead)
    case empty
    case damaged
  }

  private let file: RawFile
  private let slots: [Slot]

  init(path: String, ledger: String) throws(LedgerFailure) {
    do throws(RawFile.Failure) {
      file = try RawFile(writing: path)
      slots = try Self.slots(of: file)
    } catch {
      throw .cannotOpen(path: ledger, reason: "its head `\(path)`: \(error.reason)")
    }
  }

  /// The newest head in the file; nil if there is none.
  var newest: LedgerHead? { Self.newest(of: slots) }

  /// Keeps a commit's head over the one before the last; the two places take turns.
  func write(_ head: LedgerHead) {
    let place = (head.commits & 1) * Int64(LedgerHead.size)
    // A head that cannot be written lags; `verify` says what it finds.
    try? file.write(head.bytes, at: place)
  }

  /// Makes the file say only this.
  func rewrite(_ head: LedgerHead) {
    try? file.write(head.bytes + head.bytes, at: 0)
    try? file.truncate(to: Int64(2 * LedgerHead.size))
  }

  func close() { file.close() }

  static func newest(of slots: [Slot]) -> LedgerHead? {
    slots.compactMap { slot in
      if case .head(let head) = slot { head } else { nil }
    }.max { $0.commits < $1.commits }
  }

  /// The two places, and `damaged` for anything beyond them.
  static func slots(of file: RawFile) throws(RawFile.Failure) -> [Slot] {
    let size = try file.size
    let bytes = try file.read(2 * LedgerHead.size, at: 0)
    if bytes.isEmpty { return [.empty, .empty] }
    var slots: [Slot] = []
    for start in [0, LedgerHead.size] {
      let piece = Array(bytes.dropFirst(start).prefix(LedgerHead.size))
      slots.append(LedgerHead(piece).map { .head($0) } ?? .damaged)
    }
    if size > Int64(2 * LedgerHead.size) { slots.append(.damaged) }
    return slots
  }
}
