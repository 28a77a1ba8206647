/// Requests at a steady pace, over as many connections as that takes: an answer that is late holds
/// nobody up.
struct Load {
  struct Answered {
    let answer: PeerAnswer
    /// From the moment the request was sent.
    let time: Duration
  }

  private let port: UInt16
  private let request: (Int) -> [UInt8]
  private var idle: [Peer] = []
  private var busy: [(peer: Peer, since: ContinuousClock.Instant)] = []
  private(set) var sent = 0
  private(set) var answered: [Answered] = []
  /// Requests without a whole answer.
  private(set) var lost = 0

  /// `request` makes the bytes of the request with this number.
  init(to port: UInt16, _ request: @escaping (Int) -> [UInt8]) {
    self.port = port
    self.request = request
  }

  /// So many requests, so many a second; `between` runs again and again while they go out.
  mutating func run(
    _ count: Int, perSecond: Int, between: () throws -> Void = {}
  ) throws {
    let start = ContinuousClock.now
    let first = sent
    while sent < first + count {
      let due = start + .microseconds((sent - first) * 1_000_000 / perSecond)
      if ContinuousClock.now >= due {
        try sendOne()
      } else {
        try gather(atMost: min(.milliseconds(5), due - ContinuousClock.now))
      }
      try between()
    }
  }

  /// Waits for what is still out.
  mutating func finish(within limit: Duration) throws {
    let end = ContinuousClock.now + limit
    while !busy.isEmpty, ContinuousClock.now < end { try gather(atMost: .milliseconds(10)) }
    lost += busy.count
    busy = []
  }

  /// Closes the connections that wait for a next request.
  mutating func hangUp() { idle = [] }

  private mutating func sendOne() throws {
    // What was closed meanwhile is no failure of a request: none is on it.
    idle.wait(atMost: .zero)
    idle.removeAll { $0.state != .open }
    let peer = try idle.popLast() ?? Peer(to: port)
    peer.send(request(sent))
    sent += 1
    busy.append((peer, .now))
  }

  private mutating func gather(atMost limit: Duration) throws {
    busy.map(\.peer).wait(atMost: limit)
    let now = ContinuousClock.now
    var still: [(peer: Peer, since: ContinuousClock.Instant)] = []
    for (peer, since) in busy {
      if let answer = try peer.answer() {
        answered.append(Answered(answer: answer, time: now - since))
        idle.append(peer)
      } else if peer.state == .open {
        still.append((peer, since))
      } else {
        lost += 1
      }
    }
    busy = still
  }
}

extension [Duration] {
  /// The value that so many of a hundred do not pass; zero of none.
  func percentile(_ part: Int) -> Duration {
    let sorted = sorted()
    guard !sorted.isEmpty else { return .zero }
    return sorted[Swift.min(sorted.count - 1, sorted.count * part / 100)]
  }
}
