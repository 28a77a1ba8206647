internal import CCurl

/// libcurl's multi handle: the calls under way and the connections kept.
///
/// @unchecked Sendable because `wake` may be called from any thread, and everything else is the
/// driver's thread's business alone.
@safe
struct CurlMulti: @unchecked Sendable {
  private let raw: UnsafeMutableRawPointer

  /// Nil when there is no memory.
  init?() {
    guard let raw = unsafe ccurl_multi_init() else { return nil }
    unsafe self.raw = raw
    // Idle connections kept; the default shrinks with the number of calls under way.
    _ = unsafe ccurl_multi_set_long(raw, CURLMOPT_MAXCONNECTS, 256)
  }

  func wake() { _ = unsafe ccurl_multi_wakeup(raw) }

  /// Nothing of this may be used afterwards.
  func free() { unsafe ccurl_multi_cleanup(raw) }

  /// False when there is no memory.
  func add(_ easy: CurlEasy) -> Bool { unsafe ccurl_multi_add(raw, easy.raw) == CURLM_OK }

  /// A call that is not finished loses its connection.
  func remove(_ easy: CurlEasy) { _ = unsafe ccurl_multi_remove(raw, easy.raw) }

  /// Sends and receives what can be without waiting; the callbacks run inside.
  func perform() {
    var running: Int32 = 0
    _ = unsafe ccurl_multi_perform(raw, &running)
  }

  /// Waits for a socket, a timer of libcurl, a wake-up or the end of the pause.
  func poll(_ pause: Duration) {
    _ = unsafe ccurl_multi_poll(raw, Int32(clamping: pause.curlMilliseconds))
  }

  /// The next call that has ended, and how.
  func nextDone() -> (easy: CurlEasy.ID, code: CURLcode)? {
    var code = CURLE_OK
    guard let easy = unsafe ccurl_multi_next_done(raw, &code) else { return nil }
    return (CurlEasy.ID(bits: UInt(bitPattern: easy)), code)
  }
}
