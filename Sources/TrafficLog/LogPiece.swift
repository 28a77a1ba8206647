/// What whoever holds the disk hands over of a log, in order.
package enum LogPiece {
  /// Bytes as they stand there; lines may go on in the next piece.
  case bytes([UInt8])
  /// One record stood at this line and cannot be read; what came before ends with a line.
  case unreadable(String)
  /// The end of a file: a last line need not have an end.
  case end
  /// Lines in another order than the log's, each with its number.
  case numbered(NumberedLines)
  /// Lines that an index found unreadable, and left out.
  case problems(of: LogIndex)
}

/// Lines taken from here and there in a log, each with its own number.
package struct NumberedLines: Sendable {
  package private(set) var bytes: [UInt8] = []
  /// Where each begins, and its number in the log.
  private(set) var starts: [(offset: Int, line: Int)] = []

  package init() {}

  package mutating func add(_ text: ArraySlice<UInt8>, line: Int) {
    starts.append((bytes.count, line))
    bytes += text
    bytes.append(UInt8(ascii: "\n"))
  }
}
