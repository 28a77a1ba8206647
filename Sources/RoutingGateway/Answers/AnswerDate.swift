import OpenAIWire
import RoutingBudgets
import Synchronization

/// The line that says when an answer was made: every answer has one, and one a second is written.
final class AnswerDate: Sendable {
  private struct Written {
    let second: Int64
    let line: String
  }

  private let clock: @Sendable () -> Timestamp
  private let written = Mutex(Written?.none)

  init(_ clock: @escaping @Sendable () -> Timestamp) { self.clock = clock }

  /// With its name and its end; nothing from a clock that cannot be right.
  var line: String {
    // Cut towards 1970, which no clock is before.
    let second = clock().milliseconds / 1000
    return written.withLock { written in
      if let written, written.second == second { return written.line }
      let line = HTTPDate(seconds: second).map { "date: \($0.text)\r\n" } ?? ""
      written = Written(second: second, line: line)
      return line
    }
  }
}
