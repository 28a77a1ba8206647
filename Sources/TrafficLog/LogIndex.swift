import JSONReading
import RoutingBudgets

/// Where each text of a log lies, by its time: for a log that is not in order.
///
/// Memory: 32 bytes for each text, and a piece.
package struct LogIndex: Sendable {
  package struct Entry: Sendable {
    fileprivate let time: Int64
    /// In its file, in bytes.
    package let offset: Int
    /// In the log, from 1.
    package let line: Int
    package let length: UInt32
    /// The number of its file, from 0.
    package let file: UInt32

    package var end: Int { offset + Int(length) }
  }

  package private(set) var entries: [Entry] = []
  private(set) var frame = LogFrame()
  private var file: UInt32 = 0
  private var time = LogTime()
  private var latest = Int64.min
  private var cells: [JSONCell] = []

  private static let columns = JSONColumns([LogMember.time.rawValue])

  package init() {}

  /// The next piece is the first of a file, from this byte on.
  package mutating func begin(at offset: Int) { frame.begin(at: offset) }

  package mutating func read(_ piece: LogPiece) {
    if let lines = frame.lines(of: piece) { add(lines) }
    frame.leave(piece)
    if case .end = piece { file += 1 }
  }

  /// By time; rows of one moment in the order of the log, so that the same log is read the same way.
  package mutating func sort() {
    // Places stand last, so that the order is whole and no sort may change it.
    entries.sort { ($0.time, $0.file, $0.offset) < ($1.time, $1.file, $1.offset) }
  }

  private mutating func add(_ lines: consuming LineWalk) {
    let base = frame.start
    var walk = lines
    while let text = walk.next(in: &frame) {
      switch text {
      case .broken(_, let range): add(range, base)
      case .read(let number):
        if let object = walk.lines.object(of: number) {
          walk.lines.pick(Self.columns, in: object, into: &cells)
          if cells[0].isThere, let time = time.read(cells[0].content, in: walk.lines.bytes) {
            latest = time.milliseconds
          }
        }
        add(walk.lines.range(of: number), base)
      }
    }
  }

  /// What has no time stays where it is: behind the text before it.
  private mutating func add(_ range: Range<Int>, _ base: Int) {
    entries.append(
      Entry(
        time: latest, offset: base + range.lowerBound, line: frame.line,
        length: UInt32(clamping: range.count), file: file))
  }
}
