import Foundation

/// Says that something is still under way, on a terminal, after two seconds and then every second.
enum Progress {
  /// Runs `body`; the line on standard error is gone when it ends.
  static func during<Value: Sendable>(
    _ label: String, _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    guard Terminal.showsProgress else { return try await body() }
    let ticker = Task {
      var seconds = 2
      try await Task.sleep(for: .seconds(2))
      while !Task.isCancelled {
        Terminal.progress("\(label): \(seconds) s")
        try await Task.sleep(for: .seconds(1))
        seconds += 1
      }
    }
    defer {
      ticker.cancel()
      Terminal.progress("")
    }
    return try await body()
  }
}
