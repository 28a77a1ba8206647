import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// The kernel's random numbers, fetched by the page: names of requests need some for each, and asking
/// for 8 bytes at a time is a system call for each 8.
///
/// For names that must not meet, not for secrets: what was fetched lies in memory until it is used.
final class RandomWords: Sendable {
  private struct State {
    var words: [UInt64] = []
  }

  private let state = Mutex(State())

  /// As many as `getentropy` gives at once.
  private static let wordsAtOnce = 256 / MemoryLayout<UInt64>.stride

  /// Two numbers nobody was given before.
  ///
  /// O(1).
  func next() -> (UInt64, UInt64) {
    state.withLock { state in
      if state.words.count < 2 { state.words = Self.fetched() }
      return (state.words.removeLast(), state.words.removeLast())
    }
  }

  private static func fetched() -> [UInt64] {
    var words = [UInt64](repeating: 0, count: wordsAtOnce)
    let isFilled = unsafe words.withUnsafeMutableBytes { bytes in
      unsafe bytes.baseAddress.map { unsafe getentropy($0, bytes.count) == 0 } ?? false
    }
    guard !isFilled else { return words }
    var generator = SystemRandomNumberGenerator()
    return words.map { _ in generator.next() }
  }
}
