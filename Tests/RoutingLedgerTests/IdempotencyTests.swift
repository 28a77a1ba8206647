import RoutingBudgets
import Testing

@testable import RoutingLedger

@Suite struct `Idempotency keys` {
  private let disk = ScriptedDisk()
  private let clock = TestClock()
  private let expiry = Timestamp(milliseconds: Samples.noon.milliseconds + 86_400_000)

  private func open() throws -> Ledger { try Ledger(disk: disk, clock: clock.read) }

  private func key(_ text: String) -> IdempotencyRecord.Key {
    IdempotencyRecord.Key(owner: "key:production", text: text)
  }

  private func answer(_ number: UInt64) -> IdempotencyAnswer {
    IdempotencyAnswer(status: 200, body: Array("answer of \(number)".utf8))
  }

  @Test func `a hundred keys of eight requests each are billed once`() async throws {
    let ledger = try open()
    typealias Told = (number: UInt64, answer: IdempotencyAnswer, isFirst: Bool)
    let answers = try await withThrowingTaskGroup(of: Told.self) { group in
      for number in 0..<800 as Range<UInt64> {
        group.addTask {
          let text = number % 100
          let claim = try await ledger.claim(
            key("k\(text)"), body: "b\(text)", request: Samples.id(number), expiry: expiry)
          switch claim {
          case .first:
            await Task.yield()
            try await ledger.append(
              Samples.entry(number), settling: nil, answering: answer(text))
            return (text, answer(text), true)
          case .answered(let answer, _): return (text, answer, false)
          case .otherBody, .lost:
            Issue.record("\(claim)")
            return (text, answer(text), false)
          }
        }
      }
      return try await group.reduce(into: [Told]()) { $0.append($1) }
    }
    #expect(answers.filter(\.isFirst).count == 100)
    #expect(answers.count == 800)
    #expect(answers.allSatisfy { $0.answer == answer($0.number) })
    await ledger.close()
    // And again after the process has ended.
    let again = try open()
    let claim = try await again.claim(
      key("k7"), body: "b7", request: Samples.id(9_999), expiry: expiry)
    guard case .answered(let repeated, _) = claim else {
      Issue.record("\(claim)")
      return
    }
    #expect(repeated == answer(7))
    await again.close()
  }

  @Test func `another body under a key is an error`() async throws {
    let ledger = try open()
    let first = try await ledger.claim(
      key("k"), body: "one", request: Samples.id(1), expiry: expiry)
    #expect(first == .first)
    let other = try await ledger.claim(
      key("k"), body: "two", request: Samples.id(2), expiry: expiry)
    #expect(other == .otherBody)
    await ledger.close()
  }

  @Test func `who waits becomes the first when the first gives up`() async throws {
    let ledger = try open()
    _ = try await ledger.claim(key("k"), body: "b", request: Samples.id(1), expiry: expiry)
    async let second = ledger.claim(
      key("k"), body: "b", request: Samples.id(2), expiry: expiry)
    ledger.abandon(Samples.id(1))
    #expect(try await second == .first)
    await ledger.close()
  }

  @Test func `who waits may be cancelled, and the first is not`() async throws {
    let ledger = try open()
    _ = try await ledger.claim(key("k"), body: "b", request: Samples.id(1), expiry: expiry)
    let waiter = Task {
      try await ledger.claim(key("k"), body: "b", request: Samples.id(2), expiry: expiry)
    }
    waiter.cancel()
    await #expect(throws: LedgerFailure.cancelled) { try await waiter.value }
    try await ledger.append(Samples.entry(1), settling: nil, answering: answer(1))
    await ledger.close()
  }

  @Test func `the key of a request that died with its call is lost`() async throws {
    let first = try open()
    for number in 1...2 as ClosedRange<UInt64> {
      _ = try await first.claim(
        key("k\(number)"), body: "b", request: Samples.id(number), expiry: expiry)
    }
    _ = try await first.reserve(Samples.reservation(1), first: Samples.first())
    await first.close()
    let second = try open()
    // The first had a call under way; the second had sent nothing.
    #expect(
      try await second.claim(key("k1"), body: "b", request: Samples.id(3), expiry: expiry) == .lost)
    #expect(
      try await second.claim(key("k2"), body: "b", request: Samples.id(4), expiry: expiry) == .first
    )
    await second.close()
  }

  @Test func `a key is free again when its time is over`() async throws {
    let ledger = try open()
    _ = try await ledger.claim(key("k"), body: "one", request: Samples.id(1), expiry: expiry)
    try await ledger.append(Samples.entry(1), settling: nil, answering: answer(1))
    clock.move(by: 86_400_000)
    #expect(
      try await ledger.claim(
        key("k"), body: "two", request: Samples.id(2),
        expiry: Timestamp(milliseconds: expiry.milliseconds + 86_400_000)) == .first)
    await ledger.close()
  }
}
