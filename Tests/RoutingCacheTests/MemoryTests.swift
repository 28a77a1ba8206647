import RoutingBudgets
import RoutingTestSupport
import Testing

@testable import RoutingCache

/// The tier in memory.
struct MemoryTests {
  @Test func `does what a plain list would, within both bounds`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    var recent = RecentAnswers(bytes: 20_000, entries: 24)
    // Newest first.
    var model: [(key: CacheKey, answer: CachedAnswer)] = []
    let keys = try (0..<40).map { try Samples.key("\($0)") }
    for step in 0..<20_000 {
      let index = Int.random(in: 0..<keys.count, using: &random)
      let key = keys[index]
      let now = Timestamp(milliseconds: Int64(step))
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<4:
        let answer = Samples.answer(
          "\(index)", route: index.isMultiple(of: 2) ? "even" : "odd",
          bytes: Int.random(in: 0..<3000, using: &random), stored: Int64(step),
          lasting: Int64.random(in: 1..<200, using: &random))
        recent.keep(answer, under: key)
        model.removeAll { $0.key == key }
        while model.reduce(0, { $0 + $1.answer.size }) + answer.size > 20_000 || model.count >= 24 {
          model.removeLast()
        }
        model.insert((key, answer), at: 0)
      case 4..<9:
        let found = recent.answer(key, at: now)
        var expected: CachedAnswer?
        if let place = model.firstIndex(where: { $0.key == key }) {
          let entry = model.remove(at: place)
          if entry.answer.isFresh(at: now) {
            expected = entry.answer
            model.insert(entry, at: 0)
          }
        }
        #expect(found === expected, "seed \(seed), step \(step)")
      default:
        guard step.isMultiple(of: 50) else { continue }
        let purge = CachePurge(route: "odd")
        let count = recent.removeAll(where: purge.covers)
        #expect(count == model.count { purge.covers($0.answer) }, "seed \(seed), step \(step)")
        model.removeAll { purge.covers($0.answer) }
      }
      #expect(recent.count == model.count, "seed \(seed), step \(step)")
      #expect(recent.bytes == model.reduce(0) { $0 + $1.answer.size }, "seed \(seed), step \(step)")
      #expect(recent.bytes <= 20_000 && recent.count <= 24)
    }
    SharedData.say("memory tier: 20000 steps, seed \(seed)")
  }

  @Test func `keeps nothing that is larger than all of it`() throws {
    var recent = RecentAnswers(bytes: 1000, entries: 10)
    recent.keep(Samples.answer("small"), under: try Samples.key("small"))
    recent.keep(Samples.answer("large", bytes: 2000), under: try Samples.key("large"))
    #expect(recent.count == 1)
    var none = RecentAnswers(bytes: 1000, entries: 0)
    none.keep(Samples.answer("small"), under: try Samples.key("small"))
    #expect(none.count == 0)
  }

  @Test func `remembers purges long enough for what was asked before them`() {
    var history = PurgeHistory()
    let before = history.number
    history.add(CachePurge(route: "faq"))
    #expect(history.covers(Samples.answer("a"), askedAt: before))
    #expect(!history.covers(Samples.answer("a", route: "other"), askedAt: before))
    #expect(!history.covers(Samples.answer("a"), askedAt: history.number))
    for _ in 0..<300 { history.add(CachePurge(route: "nothing")) }
    // Too long ago to know.
    #expect(history.covers(Samples.answer("a", route: "other"), askedAt: before))
  }
}
