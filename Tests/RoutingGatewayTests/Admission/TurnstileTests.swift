import RoutingTestSupport
import Testing

@testable import RoutingGateway

@Suite struct `The turnstile` {
  static let limits = AdmissionLimits(
    inFlight: 2, queued: 2, longestWait: .milliseconds(30), bodyBytes: 100)

  @Test func `lets in as many as may, lets as many wait, and refuses the next`() {
    var turnstile = Turnstile(Self.limits)
    #expect(turnstile.arrive() == .admitted)
    #expect(turnstile.arrive() == .admitted)
    #expect(turnstile.arrive() == .queued(ticket: 1))
    #expect(turnstile.arrive() == .queued(ticket: 2))
    #expect(turnstile.arrive() == .refused(Overload(reason: .queueFull, retryAfter: 2)))
    #expect(turnstile.inFlight == 2)
    #expect(turnstile.queued == 2)
  }

  @Test func `calls those that wait in the order they came, passing over who gave up`() {
    var turnstile = Turnstile(Self.limits)
    for _ in 0..<4 { _ = turnstile.arrive() }
    #expect(turnstile.giveUp(1)?.reason == .waitedTooLong)
    #expect(turnstile.giveUp(1) == nil)
    #expect(turnstile.leave(after: .seconds(1)) == 2)
    #expect(turnstile.giveUp(2) == nil)
    #expect(turnstile.inFlight == 2)
    #expect(turnstile.leave(after: .seconds(1)) == nil)
    #expect(turnstile.leave(after: .seconds(1)) == nil)
    #expect(turnstile.inFlight == 0)
  }

  @Test func `nobody overtakes the line`() {
    var turnstile = Turnstile(Self.limits)
    for _ in 0..<3 { _ = turnstile.arrive() }
    #expect(turnstile.leave(after: .zero) == 1)
    #expect(turnstile.arrive() == .queued(ticket: 2))
  }

  @Test func `without a line or a wait the next is refused at once`() {
    for limits in [
      AdmissionLimits(inFlight: 1, queued: 0), AdmissionLimits(inFlight: 1, longestWait: .zero),
    ] {
      var turnstile = Turnstile(limits)
      #expect(turnstile.arrive() == .admitted)
      #expect(turnstile.arrive() == .refused(Overload(reason: .queueFull, retryAfter: 1)))
    }
  }

  @Test(arguments: [(0, 1), (1, 1), (20, 10), (400, 30), (100_000, 30)])
  func `the time to try again follows how long visits take`(seconds: Int, after: Int) {
    var turnstile = Turnstile(AdmissionLimits(inFlight: 2, queued: 0))
    for _ in 0..<400 {
      _ = turnstile.arrive()
      _ = turnstile.leave(after: .seconds(seconds))
    }
    for _ in 0..<2 { _ = turnstile.arrive() }
    #expect(turnstile.arrive() == .refused(Overload(reason: .queueFull, retryAfter: after)))
  }

  @Test func `bytes are held up to the limit and given back`() throws {
    var turnstile = Turnstile(Self.limits)
    try turnstile.hold(99)
    try turnstile.hold(1)
    #expect(throws: Overload(reason: .bodies, retryAfter: 1)) { try turnstile.hold(1) }
    #expect(throws: Overload.self) { try turnstile.hold(.max) }
    turnstile.release(1)
    try turnstile.hold(1)
    turnstile.release(100)
    #expect(turnstile.bytes == 0)
  }

  @Test(arguments: 0..<200)
  func `whatever happens, the bounds hold and the last to leave leaves it empty`(seed: Int) {
    var numbers = SplitMix(state: UInt64(seed))
    let limits = AdmissionLimits(
      inFlight: Int.random(in: 1...4, using: &numbers),
      queued: Int.random(in: 0...4, using: &numbers))
    var turnstile = Turnstile(limits)
    var inside = 0
    var line: [Int] = []
    for step in 0..<400 {
      let place: Comment = "seed \(seed), step \(step)"
      switch Int.random(in: 0..<3, using: &numbers) {
      case 0:
        switch turnstile.arrive() {
        case .admitted: inside += 1
        case .queued(let ticket): line.append(ticket)
        case .refused:
          #expect(inside == limits.inFlight && line.count == limits.queued, place)
        }
      case 1 where inside > 0:
        let called = turnstile.leave(after: .milliseconds(step))
        #expect(called == line.first, place)
        if line.isEmpty { inside -= 1 } else { line.removeFirst() }
      case 2:
        guard let ticket = line.randomElement(using: &numbers) else { continue }
        #expect(turnstile.giveUp(ticket) != nil, place)
        line.removeAll { $0 == ticket }
      default: continue
      }
      #expect(turnstile.inFlight == inside && inside <= limits.inFlight, place)
      #expect(turnstile.queued == line.count && line.count <= limits.queued, place)
    }
    while inside > 0 {
      if turnstile.leave(after: .zero) == nil { inside -= 1 }
    }
    #expect(turnstile.inFlight == 0 && turnstile.queued == 0)
  }
}
