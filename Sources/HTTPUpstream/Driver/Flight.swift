internal import CCurl

/// One call as the driver's thread sees it, between adding it to libcurl and its end.
///
/// Lives on that thread only. libcurl's callbacks hold an unretained pointer to it, so it must
/// outlive its easy handle's use; the driver's table of flights sees to that.
final class Flight {
  let call: PreparedCall
  let easy: CurlEasy
  private let started: ContinuousClock.Instant

  private var head: HeadReader
  private var received = 0
  private var lastByte: ContinuousClock.Instant?
  private var requestsMade = 0
  private var isPaused = false
  /// Why a callback stopped the call; libcurl itself only says that one did.
  private var stopped: UpstreamFailure?

  init(_ call: PreparedCall, on easy: CurlEasy, at now: ContinuousClock.Instant) {
    self.call = call
    self.easy = easy
    started = now
    head = HeadReader(limit: call.limits.head)
  }

  // MARK: Deadlines

  /// The next moment at which this call may have taken too long, and what it is then.
  var deadline: (at: ContinuousClock.Instant, failure: UpstreamFailure)? {
    var next: (at: ContinuousClock.Instant, failure: UpstreamFailure)?
    func consider(
      _ from: ContinuousClock.Instant, _ limit: Duration?, _ failure: (Duration) -> UpstreamFailure
    ) {
      guard let limit else { return }
      let at = from + limit
      if let earlier = next, earlier.at <= at { return }
      next = (at, failure(limit))
    }
    let deadlines = call.deadlines
    let hasBegun = hasBegun
    consider(started, deadlines.whole, UpstreamFailure.wholeTimeout)
    let silence = hasBegun ? deadlines.silence : deadlines.openingSilence ?? deadlines.silence
    if !hasBegun { consider(started, deadlines.opening, UpstreamFailure.firstByteTimeout) }
    if let lastByte {
      if !isPaused { consider(lastByte, silence, UpstreamFailure.silenceTimeout) }
    } else {
      consider(started, deadlines.firstByte, UpstreamFailure.firstByteTimeout)
    }
    return next
  }

  /// Whether its reader has said that the answer has begun: it may any time, on a thread of its own.
  var hasBegun: Bool { call.transfer.hasBegun }

  // MARK: What libcurl's callbacks do

  /// Called when the connection stands and the request is about to be sent.
  ///
  /// False the second time: libcurl repeats a request by itself when a reused connection turns out
  /// dead, but the other side may have seen it, and a model call is paid for each time.
  func mayRequest() -> Bool {
    requestsMade += 1
    guard requestsMade > 1 else { return true }
    stopped = .noAnswer(reused: true)
    return false
  }

  /// Takes a header line; false stops the call.
  func receiveHeader(_ line: Span<UInt8>) -> Bool {
    lastByte = .now
    switch head.read(line) {
    case .more: return true
    case .tooLarge: stopped = .tooLarge(.head, limit: call.limits.head)
    case .malformed: stopped = .badResponse(.notHTTP)
    case .head(let head):
      guard let encoding = head["content-encoding"], encoding.lowercased() != "identity" else {
        call.transfer.deliver(head)
        return true
      }
      stopped = .badResponse(.encoding(encoding.lowercased()))
    }
    return false
  }

  /// Takes a part of the body.
  func receiveBody(_ bytes: Span<UInt8>) -> Transfer.Acceptance {
    lastByte = .now
    guard head.isDone else {
      stopped = .badResponse(.notHTTP)
      return .unwanted
    }
    guard bytes.count <= call.limits.body - received else {
      stopped = .tooLarge(.body, limit: call.limits.body)
      return .unwanted
    }
    let acceptance = call.transfer.deliver(bytes, limit: call.limits.buffer)
    switch acceptance {
    case .taken: received += bytes.count
    case .heldBack: isPaused = true
    case .unwanted: stopped = .cancelled
    }
    return acceptance
  }

  /// Lets a held back sender go on.
  func resume() {
    guard isPaused else { return }
    isPaused = false
    lastByte = .now
    easy.resume()
  }

  // MARK: The end

  /// What libcurl's last word about this call means; asked before the handle is reset.
  func ending(_ code: CURLcode) -> Transfer.Ending {
    if let stopped { return .failed(stopped) }
    guard code == CURLE_OK else {
      return .failed(
        easy.failure(code, of: call, received: received, wasAnswered: lastByte != nil))
    }
    return head.isDone ? .complete(easy.timing) : .failed(.badResponse(.notHTTP))
  }
}
