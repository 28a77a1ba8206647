import GRDB

extension AnswerStore {
  /// Reads the file, after all that was kept before.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(CacheFailure) -> Value {
    guard let disk else { throw .closed }
    await flush()
    do {
      return try await disk.read(body)
    } catch {
      throw (error as? CacheFailure) ?? .cannotRead(reason: CacheFile.reason(error))
    }
  }
}

extension CacheStats.Route {
  mutating func add(_ uses: RouteUses) {
    hits += uses.hits
    misses += uses.misses - uses.similar
    similarHits += uses.similar
  }

  init(empty route: String) {
    self.init(route: route, entries: 0, bytes: 0, questions: 0, uses: RouteUses())
  }
}
