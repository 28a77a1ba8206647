import UnixSignals

extension Gateway {
  /// Serves until SIGTERM or SIGINT; SIGHUP takes the policy anew.
  package func runUntilSignalled(ready: @escaping @Sendable (Int) async -> Void) async throws {
    let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
    let listening = Task {
      for await signal in signals {
        // Each on its own: a second signal must not wait for what the first began.
        if signal == .sighup {
          Task { await self.reload(.signal) }
        } else {
          Task { await self.stop() }
        }
      }
    }
    defer { listening.cancel() }
    try await run(ready: ready)
  }
}
