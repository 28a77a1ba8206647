/// The body of an answer, as pieces of bytes in the order they came.
///
/// A piece is what has arrived since the last one was taken, never empty; its borders mean nothing.
/// There is one reader: two at once take turns at the pieces. A reader that stops reading holds
/// the sender back; letting go of the body before its end closes the connection.
package final class UpstreamBody: AsyncSequence, Sendable {
  package typealias Element = [UInt8]
  package typealias Failure = UpstreamFailure

  private let transfer: Transfer
  private let driver: CurlDriver

  init(transfer: Transfer, driver: CurlDriver) {
    self.transfer = transfer
    self.driver = driver
  }

  deinit { if !transfer.isOver { driver.cancel(transfer) } }

  package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(body: self) }

  package struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate let body: UpstreamBody

    /// The next piece, or nil at the end of a complete body.
    package mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws(UpstreamFailure) -> [UInt8]? {
      try await body.next()
    }

    /// The next piece, or nil at the end of a complete body.
    package mutating func next() async throws(UpstreamFailure) -> [UInt8]? {
      try await body.next()
    }
  }

  /// The next piece, or nil at the end of a complete body.
  package func next() async throws(UpstreamFailure) -> [UInt8]? {
    try await driver.nextPiece(of: transfer)
  }

  /// Everything from here to the end; bounded by the request's limit for the body.
  package func collect() async throws(UpstreamFailure) -> [UInt8] {
    var all: [UInt8] = []
    while let piece = try await next() { all.append(contentsOf: piece) }
    return all
  }

  /// Says that the answer has begun, which only its reader can tell: the deadlines of its opening are
  /// kept.
  package func begin() { transfer.begin() }

  /// Closes the connection; the reader gets `cancelled`.
  package func cancel() { if !transfer.isOver { driver.cancel(transfer) } }

  /// Reads what is left in the background, so that the connection can be used again.
  ///
  /// Closes it if the end does not come in time.
  package func drain(within limit: Duration = .seconds(1)) {
    guard !transfer.isOver else { return }
    Task { [self] in
      let timer = Task {
        try await Task.sleep(for: limit)
        cancel()
      }
      while (try? await next()) ?? nil != nil {}
      timer.cancel()
    }
  }

  /// How long the call took; known at the end of a complete body.
  package var timing: UpstreamTiming? { transfer.timing }
}
