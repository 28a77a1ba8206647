/// One call to make.
package struct UpstreamRequest: Sendable {
  package enum Method: Hashable, Sendable {
    case get
    case post
  }

  package var method: Method
  /// `http://` or `https://`, host, path; without a name or password in it.
  package var url: String
  package var headers: [UpstreamHeader]
  /// Sent with `post` only.
  package var body: [UInt8]
  package var deadlines: UpstreamDeadlines
  package var limits: UpstreamLimits
  /// Not sent over a connection that is already open: after an answer that did not fit its head,
  /// the rest of it may stand where the next answer is expected.
  package var wantsNewConnection = false

  package init(
    _ method: Method, _ url: String, headers: [UpstreamHeader] = [], body: [UInt8] = [],
    deadlines: UpstreamDeadlines = UpstreamDeadlines(), limits: UpstreamLimits = UpstreamLimits()
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.deadlines = deadlines
    self.limits = limits
  }
}

/// How long each part of a call may take; each has a failure of its own.
package struct UpstreamDeadlines: Hashable, Sendable {
  /// Until the connection stands, name look-up and TLS included; not counted on one that is reused.
  package var connect: Duration
  /// From the start of the call until the first byte of the answer's head.
  package var firstByte: Duration?
  /// From the start of the call until its reader says with ``UpstreamBody/begin()`` that the answer has
  /// begun; nil where that may take as long as it takes.
  package var opening: Duration?
  /// The longest silence within an answer; time in which the reader holds it back does not count.
  package var silence: Duration?
  /// The longest silence until its reader says that it has begun; nil for ``silence``.
  package var openingSilence: Duration?
  /// From the start of the call until the last byte of the answer.
  package var whole: Duration?

  package init(
    connect: Duration = .seconds(5), firstByte: Duration? = .seconds(60),
    opening: Duration? = nil, silence: Duration? = nil, openingSilence: Duration? = nil,
    whole: Duration? = .seconds(300)
  ) {
    self.connect = connect
    self.firstByte = firstByte
    self.opening = opening
    self.silence = silence
    self.openingSilence = openingSilence
    self.whole = whole
  }
}

/// How large an answer may be, in bytes; one that is larger fails with `tooLarge`.
package struct UpstreamLimits: Hashable, Sendable {
  package var head: Int
  package var body: Int
  /// Bytes of a streamed body held for a slow reader before the sender is held back; it is read in
  /// halves of that, so that at most half as much again is held.
  package var buffer: Int

  package init(head: Int = 64 << 10, body: Int = 32 << 20, buffer: Int = 256 << 10) {
    self.head = head
    self.body = body
    self.buffer = buffer
  }
}
