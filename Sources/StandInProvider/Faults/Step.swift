/// One thing to do on a connection; an answer, honest or not, is a list of them.
///
/// After the last one the connection waits for its next request.
enum Step: Sendable {
  case send([UInt8])
  /// As many of this byte, written as fast as the reader takes them.
  case fill(UInt8, count: Int)
  /// These bytes again and again, as fast as the reader takes them, until it gives up.
  case flood([UInt8])
  /// One byte at a time, with a pause after each.
  case drip([UInt8], every: Milliseconds)
  case pause(Milliseconds)
  /// Ends the connection as TCP does: everything sent arrives first.
  case close
  /// Breaks the connection: the reader sees a reset.
  case reset
  /// Does nothing more until the other side gives up.
  case hang

  typealias Milliseconds = Int64
}
