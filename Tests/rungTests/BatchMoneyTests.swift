import PolicyUnits
import RoutingTestSupport
import Synchronization
import Testing

@testable import rung

@Suite struct `What a batch may start` {
  /// What is known to be spent and under way, beside the purse.
  private final class Books: Sendable {
    struct State: Sendable {
      var spent: Int64 = 0
      var running: Int64 = 0
      var worst: Int64 = 0
      var count = 0
    }

    let state = Mutex(State())
  }

  @Test func `stays within its rate whenever it is asked`() throws {
    let seed = UInt64.random(in: 1...1_000_000)
    SharedData.say("rates: seed \(seed)")
    var random = SplitMix(state: seed)
    var starts = 0
    for _ in 0..<200 {
      let count = Int64.random(in: 1...2000, using: &random)
      let unit = ["s", "min", "h"].randomElement(using: &random) ?? "s"
      let rate = try BatchRate(reading: "\(count)/\(unit)")
      var bucket = StartBucket(rate)
      var now: Int64 = 0
      var times: [Int64] = []
      for _ in 0..<300 {
        if let wait = bucket.take(at: now) {
          #expect(wait > 0)
          // After what it says there is a place, and not before.
          var early = bucket
          if wait > 1 { #expect(early.take(at: now + wait - 2) != nil) }
          #expect(bucket.take(at: now + wait) == nil)
          now += wait
        }
        times.append(now)
        if Bool.random(using: &random) {
          now += Int64.random(in: 0...rate.period / 10, using: &random)
        }
      }
      starts += times.count
      let saved = max(1, Int128(count) * 100_000_000 / Int128(rate.period))
      for first in times.indices {
        let last = min(times.count - 1, first + 40)
        let length = Int128(times[last] - times[first])
        let most = length * Int128(count) / Int128(rate.period) + saved + 1
        #expect(Int128(last - first + 1) <= most, "\(count)/\(unit)")
      }
    }
    SharedData.say("\(starts) starts")
  }

  @Test(arguments: ["5", "0/s", "-1/s", "5/day", "5/", "/s", "1.5/s", "5 / s", "", "1000001/s"])
  func `is no rate if it cannot be read`(text: String) {
    #expect(throws: (any Error).self) { try BatchRate(reading: text) }
  }

  @Test func `fits what is left with everything that is under way`() async throws {
    let seed = UInt64.random(in: 1...1_000_000)
    SharedData.say("purses: seed \(seed)")
    var random = SplitMix(state: seed)
    var admitted = 0
    for _ in 0..<60 {
      let limit = Money(nanos: Int64.random(in: 1...2000, using: &random))
      let purse = BatchPurse(limit, spent: .zero)
      let bounds = (0..<40).map { _ in Int64.random(in: 0...300, using: &random) }
      let costs = bounds.map { Int64.random(in: 0...$0, using: &random) }
      let unknown = bounds.map { _ in Int.random(in: 0..<10, using: &random) == 0 }
      let books = Books()
      await withTaskGroup(of: Void.self) { group in
        for item in bounds.indices {
          group.addTask {
            guard await purse.admit(item, Money(nanos: bounds[item])) else { return }
            books.state.withLock { books in
              books.running += bounds[item]
              books.worst = max(books.worst, books.spent + books.running)
              books.count += 1
            }
            await Task.yield()
            books.state.withLock { books in
              books.running -= bounds[item]
              books.spent += unknown[item] ? bounds[item] : costs[item]
            }
            purse.settle(item, unknown[item] ? nil : Money(nanos: costs[item]))
          }
        }
      }
      let end = books.state.withLock { $0 }
      admitted += end.count
      #expect(end.worst <= limit.nanos && end.running == 0)
      // What is left can be spent to the last bit.
      #expect(await purse.admit(99, Money(nanos: limit.nanos - end.spent)))
      #expect(await !purse.admit(98, nil))
    }
    SharedData.say("\(admitted) admitted")
  }

  @Test func `turns everybody away once it is closed`() async {
    let purse = BatchPurse(Money(nanos: 10), spent: .zero)
    #expect(await purse.admit(0, Money(nanos: 10)))
    async let waiting = purse.admit(1, Money(nanos: 5))
    await Task.yield()
    purse.close()
    #expect(await !waiting)
    #expect(await !purse.admit(2, .zero))
  }

  @Test func `is told in words that are short and exact`() {
    #expect(BatchProgress.rate(31, in: 1000) == "31.0/s")
    #expect(BatchProgress.rate(1, in: 30_000) == "2.0/min")
    #expect(BatchProgress.span(41_000) == "41 s")
    #expect(BatchProgress.span(200_000) == "3 min 20 s")
    #expect(BatchProgress.span(7_500_000) == "2 h 5 min")
  }
}
