import Dispatch
import Foundation
import Synchronization

/// Whole lines, in order, to a place that may be slow.
///
/// Whoever logs only puts its line into a buffer; one thread writes. When the place does not keep up
/// and the buffer is full, lines are dropped and counted, and the log says so when it goes on: a
/// request never waits for its log.
package final class LogOutput: Sendable {
  private struct State {
    var buffer: [UInt8] = []
    /// Dropped since the log last said so.
    var lost: Int64 = 0
    var lostInAll: Int64 = 0
    var isWriting = false
    /// The line that tells of lost ones, in the log's own format.
    var lossLine: @Sendable (Int64) -> [UInt8] = { Array("log_lines_lost=\($0)\n".utf8) }
  }

  private let state = Mutex(State())
  private let bell = DispatchSemaphore(value: 0)
  private let capacity: Int
  private let write: @Sendable ([UInt8]) -> Void

  /// `write` is called by one thread, with one or more whole lines.
  package init(capacity: Int = 4 << 20, write: @escaping @Sendable ([UInt8]) -> Void) {
    self.capacity = capacity
    self.write = write
    let thread = Thread { [self] in run() }
    thread.name = "rung-log"
    thread.start()
  }

  package static func standardError() -> LogOutput {
    LogOutput { bytes in
      // A log that nobody reads any more ends nothing.
      try? FileHandle.standardError.write(contentsOf: Data(bytes))
    }
  }

  /// `line` ends with a line feed and has no other.
  package func put(_ line: [UInt8]) {
    let rings = state.withLock { state in
      guard state.buffer.count + line.count <= capacity else {
        state.lost += 1
        state.lostInAll += 1
        return false
      }
      let wasEmpty = state.buffer.isEmpty
      state.buffer += line
      return wasEmpty
    }
    if rings { bell.signal() }
  }

  /// How the log says that lines were dropped.
  func tellLosses(_ line: @escaping @Sendable (Int64) -> [UInt8]) {
    state.withLock { $0.lossLine = line }
  }

  /// Lines dropped so far.
  package var lost: Int64 { state.withLock { $0.lostInAll } }

  /// Waits until everything put so far is written, at most so many milliseconds; whether it is.
  ///
  /// Blocks its thread: for the end of a process.
  @discardableResult
  package func flush(within milliseconds: Int = 2_000) -> Bool {
    for _ in 0..<max(1, milliseconds) {
      if state.withLock({ $0.buffer.isEmpty && !$0.isWriting }) { return true }
      Thread.sleep(forTimeInterval: 0.001)
    }
    return state.withLock { $0.buffer.isEmpty && !$0.isWriting }
  }

  private func run() {
    while true {
      bell.wait()
      let (bytes, lost) = state.withLock { state in
        defer {
          state.buffer = []
          state.lost = 0
          state.isWriting = true
        }
        return (state.buffer, state.lost)
      }
      if !bytes.isEmpty { write(bytes) }
      if lost > 0 { put(state.withLock { $0.lossLine }(lost)) }
      state.withLock { $0.isWriting = false }
    }
  }
}
