import RoutingBudgets
import RoutingCache

/// A cache's file, opened for one question and let go of.
struct CacheInquiry {
  let path: String

  init(_ path: String) { self.path = path }

  func stats() async throws(CommandFailure) -> CacheStats {
    try await asking { store throws(CacheFailure) in try await store.stats() }
  }

  func purge(_ purge: CachePurge) async throws(CommandFailure) -> Int {
    try await asking { store throws(CacheFailure) in try await store.purge(purge) }
  }

  /// By a request's name, else by the first digits of a key.
  func answers(named name: String) async throws(CommandFailure) -> [StoredAnswer] {
    if let request = RequestID(name) {
      return try await asking { store throws(CacheFailure) in
        try await store.answers(to: request)
      }
    }
    let found = try await asking { store throws(CacheFailure) in
      try await store.answers(keyed: name)
    }
    guard let found else {
      throw CommandFailure(
        "`\(name)` is neither a request of 26 letters nor at least four digits of a key")
    }
    return found
  }

  private func asking<Value: Sendable>(
    _ question: (AnswerStore) async throws(CacheFailure) -> Value
  ) async throws(CommandFailure) -> Value {
    do throws(CacheFailure) {
      let store = try AnswerStore(existing: path, clock: { Moment.timestamp })
      let value: Value
      do throws(CacheFailure) {
        value = try await question(store)
      } catch {
        await store.close()
        throw error
      }
      await store.close()
      return value
    } catch {
      throw CommandFailure(error.description, exit: .couldNotRun)
    }
  }
}
