/// The gateway has taken on all it may: this request was not looked at.
package struct Overload: Error, Hashable, Sendable, CustomStringConvertible {
  package let reason: Reason
  /// Whole seconds until trying again makes sense.
  package let retryAfter: Int

  package enum Reason: Hashable, Sendable, CaseIterable {
    /// As many requests wait as may.
    case queueFull
    /// None ended while this one waited.
    case waitedTooLong
    /// The bodies of all requests together would be too large.
    case bodies
  }

  /// One line for the caller.
  package var description: String {
    let fact =
      switch reason {
      case .queueFull, .waitedTooLong: "the gateway is serving as many requests as it may"
      case .bodies: "the gateway holds as many bytes of requests as it may"
      }
    return "\(fact): try again in \(retryAfter) s"
  }
}

extension Overload.Reason {
  /// As metrics and log lines name it.
  package var word: String {
    switch self {
    case .queueFull: "queue_full"
    case .waitedTooLong: "waited_too_long"
    case .bodies: "body_bytes"
    }
  }
}
