import RoutingBudgets
import Synchronization

/// The tier in memory, with what is known of purges and uses: one lock, held for a look-up at a time.
final class MemoryTier: Sendable {
  private struct State: Sendable {
    var recent: RecentAnswers
    var purges = PurgeHistory()
    /// Not yet on disk; all since the start where there is none.
    var uses: [String: RouteUses] = [:]
  }

  private let state: Mutex<State>
  let similar: SimilarIndex

  init(_ limits: CacheLimits, hasFile: Bool) {
    similar = SimilarIndex(limits, hasFile: hasFile)
    state = Mutex(
      State(recent: RecentAnswers(bytes: limits.memoryBytes, entries: limits.memoryEntries)))
  }

  /// A hit counts as one.
  func answer(_ key: CacheKey, route: String, at now: Timestamp, after: Timestamp?) -> CachedAnswer?
  {
    state.withLock { state in
      guard let answer = state.recent.answer(key, at: now) else { return nil }
      if let after, answer.stored < after { return nil }
      state.uses[route, default: RouteUses()].hits += 1
      return answer
    }
  }

  /// An answer that is still good; not counted.
  func answer(_ key: CacheKey, at now: Timestamp) -> CachedAnswer? {
    state.withLock { $0.recent.answer(key, at: now) }
  }

  func countMiss(_ route: String) {
    state.withLock { $0.uses[route, default: RouteUses()].misses += 1 }
  }

  func countSimilar(_ route: String) {
    state.withLock { $0.uses[route, default: RouteUses()].similar += 1 }
  }

  func countHit(_ route: String) {
    state.withLock { $0.uses[route, default: RouteUses()].hits += 1 }
  }

  /// To be taken before an answer is asked for.
  var purgeNumber: Int { state.withLock { $0.purges.number } }

  func isPurged(_ answer: CachedAnswer, askedAt number: Int) -> Bool {
    state.withLock { $0.purges.covers(answer, askedAt: number) }
  }

  /// Keeps it unless it has been purged since it was asked for.
  func keep(_ answer: CachedAnswer, under key: CacheKey, askedAt number: Int) -> Bool {
    state.withLock { state in
      guard !state.purges.covers(answer, askedAt: number) else { return false }
      state.recent.keep(answer, under: key)
      return true
    }
  }

  @discardableResult
  func purge(_ purge: CachePurge) -> Int {
    let (count, kept) = state.withLock { state in
      state.purges.add(purge)
      let count = state.recent.removeAll(where: purge.covers)
      return (count, Set(state.recent.all.map(\.key)))
    }
    similar.forget(unless: kept.contains)
    return count
  }

  func takeUses() -> [String: RouteUses] {
    state.withLock { state in
      defer { state.uses = [:] }
      return state.uses
    }
  }

  func giveBack(_ uses: [String: RouteUses]) {
    state.withLock { state in
      for (route, use) in uses {
        state.uses[route, default: RouteUses()] += use
      }
    }
  }

  var size: (entries: Int, bytes: Int) {
    state.withLock { ($0.recent.count, $0.recent.bytes) }
  }

  var uses: [String: RouteUses] { state.withLock { $0.uses } }

  var all: [(key: CacheKey, answer: CachedAnswer)] { state.withLock { $0.recent.all } }
}
