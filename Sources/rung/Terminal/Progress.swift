import Foundation

/// Says that something is still under way, on a terminal, after two seconds and then every second.
enum Progress {
  /// Runs `body`; the line on standard error is gone when it ends.
  static func during<Value: Sendable>(
    _ label: String, _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await during({ "\(label): \($0.components.seconds) s" }, body)
  }

  /// The same with words for the time that has gone by.
  ///
  /// Where there is no terminal, a line each `period`; nil is none.
  static func during<Value: Sendable>(
    _ words: @escaping @Sendable (Duration) -> String, linesEach period: Duration? = nil,
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let isShown = Terminal.showsProgress
    guard isShown || period != nil else { return try await body() }
    let first = isShown ? .seconds(2) : period ?? .seconds(2)
    let pause = isShown ? .seconds(1) : period ?? .seconds(1)
    let ticker = Task {
      let began = ContinuousClock.now
      try await Task.sleep(for: first)
      while !Task.isCancelled {
        let text = words(ContinuousClock.now - began)
        if isShown { Terminal.progress(text) } else { Terminal.note(text) }
        try await Task.sleep(for: pause)
      }
    }
    defer {
      ticker.cancel()
      if isShown { Terminal.progress("") }
    }
    return try await body()
  }
}
