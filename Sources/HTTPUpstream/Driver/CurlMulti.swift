internal import CCurl

/// libcurl's multi handle: the calls under way and the connections kept.
///
/// @unchecked Sendable because `wake` may be called from any thread, and everything else is the
/// driver's thread's business alone.
@safe
struct CurlMulti: @unchecked Sendable {
  private let raw: UnsafeMutableRawPointer
  private let watch: OpaquePointer

  /// Nil when there is no memory.
  init?() {
    guard let raw = unsafe ccurl_multi_init() else { return nil }
    guard let watch = unsafe ccurl_watch_make(raw) else {
      unsafe ccurl_multi_cleanup(raw)
      return nil
    }
    unsafe self.raw = raw
    unsafe self.watch = watch
    // Idle connections kept; the default shrinks with the number of calls under way.
    _ = unsafe ccurl_multi_set_long(raw, CURLMOPT_MAXCONNECTS, 256)
  }

  func wake() { unsafe ccurl_watch_wake(watch) }

  /// Nothing of this may be used afterwards.
  func free() {
    unsafe ccurl_multi_cleanup(raw)
    unsafe ccurl_watch_free(watch)
  }

  /// Asks a new handle to say which sockets it opens and closes.
  func follow(_ easy: CurlEasy) { _ = unsafe ccurl_watch_follow(watch, easy.raw) }

  /// False when there is no memory.
  func add(_ easy: CurlEasy) -> Bool { unsafe ccurl_multi_add(raw, easy.raw) == CURLM_OK }

  /// A call that is not finished loses its connection.
  func remove(_ easy: CurlEasy) { _ = unsafe ccurl_multi_remove(raw, easy.raw) }

  /// Waits for a socket, a timer of libcurl, a wake-up or the end of the pause, then sends and
  /// receives what can be; the callbacks run inside.
  func wait(_ pause: Duration) {
    unsafe ccurl_watch_wait(watch, pause > .zero ? Int32(clamping: pause.curlMilliseconds) : 0)
  }

  /// The next call that has ended, and how.
  func nextDone() -> (easy: CurlEasy.ID, code: CURLcode)? {
    var code = CURLE_OK
    guard let easy = unsafe ccurl_multi_next_done(raw, &code) else { return nil }
    return (CurlEasy.ID(bits: UInt(bitPattern: easy)), code)
  }
}
