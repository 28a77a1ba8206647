/// How much the gateway takes on at once.
package struct AdmissionLimits: Hashable, Sendable {
  /// Requests being served, their streams included.
  package var inFlight: Int
  /// Requests waiting for one of those to end.
  package var queued: Int
  /// How long one waits: it is refused at the latest then, and a refusal should come within 50 ms.
  package var longestWait: Duration
  /// Bytes of request bodies in memory.
  package var bodyBytes: Int

  package init(
    inFlight: Int = 2_048, queued: Int = 512, longestWait: Duration = .milliseconds(30),
    bodyBytes: Int = 96 << 20
  ) {
    self.inFlight = max(1, inFlight)
    self.queued = max(0, queued)
    self.longestWait = max(.zero, longestWait)
    self.bodyBytes = max(0, bodyBytes)
  }
}
