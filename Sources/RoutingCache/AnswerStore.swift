package import RoutingBudgets

/// Answers that may be given again: in memory, and behind that in a file that outlives the process.
///
/// What is given out is what was kept under exactly this key, whole, unpurged and before its time is
/// up, or nothing. What the disk does wrong makes it a smaller cache, never a wrong one. Look-ups in
/// memory are synchronous; the file is written behind the answer by one thread. Several processes may
/// open one file.
package final class AnswerStore: Sendable {
  /// Taken before an answer is asked for, and handed back with it: what is purged in between is not
  /// kept.
  package struct Ticket: Hashable, Sendable {
    let purges: Int
  }

  let memory: MemoryTier
  let disk: DiskTier?
  let desk: CacheDesk?
  let limits: CacheLimits
  let clock: @Sendable () -> Timestamp

  /// A cache in memory only.
  package init(limits: CacheLimits = CacheLimits(), clock: @escaping @Sendable () -> Timestamp) {
    self.limits = limits
    self.clock = clock
    memory = MemoryTier(limits, hasFile: false)
    disk = nil
    desk = nil
  }

  /// A cache whose file is at `path`; it is made if there is none.
  ///
  /// A file that is no cache, or whose contents cannot be read, gets another name. `report` is told,
  /// now and later, from any thread.
  package convenience init(
    path: String, limits: CacheLimits = CacheLimits(),
    clock: @escaping @Sendable () -> Timestamp,
    report: @escaping @Sendable (CacheNotice) -> Void
  ) throws(CacheFailure) {
    try self.init(
      DiskTier(path: path, report: report), limits: limits, clock: clock, report: report)
  }

  /// The cache whose file is at `path`, which must be there and be one: nothing is made or set aside.
  package convenience init(
    existing path: String, clock: @escaping @Sendable () -> Timestamp
  ) throws(CacheFailure) {
    try self.init(
      DiskTier(existing: path), limits: CacheLimits(diskBytes: .max, diskEntries: .max),
      clock: clock, report: { _ in })
  }

  private init(
    _ disk: DiskTier, limits: CacheLimits, clock: @escaping @Sendable () -> Timestamp,
    report: @escaping @Sendable (CacheNotice) -> Void
  ) {
    self.limits = limits
    self.clock = clock
    let memory = MemoryTier(limits, hasFile: true)
    self.memory = memory
    self.disk = disk
    desk = CacheDesk(disk, memory: memory, limits: limits, clock: clock, report: report)
  }

  // MARK: One answer

  /// The answer in memory, without waiting; counted as a hit of `route` if there is one.
  ///
  /// `after` wants nothing that was stored before.
  package func inMemory(
    _ key: CacheKey, route: String, after: Timestamp? = nil
  ) -> CachedAnswer? {
    memory.answer(key, route: route, at: clock(), after: after)
  }

  /// The answer, wherever it is; counted as a hit or a miss of `route`.
  package func answer(
    _ key: CacheKey, route: String, after: Timestamp? = nil
  ) async -> CachedAnswer? {
    if let answer = inMemory(key, route: route, after: after) { return answer }
    guard let answer = await onDisk(key), answer.isFresh(at: clock()),
      after.map({ answer.stored >= $0 }) ?? true
    else {
      memory.countMiss(route)
      return nil
    }
    memory.countHit(route)
    return answer
  }

  func onDisk(_ key: CacheKey) async -> CachedAnswer? {
    guard let disk else { return nil }
    let purges = memory.purgeNumber
    do {
      switch try await disk.read({ db in try CacheRows.found(key, db) }) {
      case .answer(let answer):
        // What was purged while it was read is not there any more.
        return memory.keep(answer, under: key, askedAt: purges) ? answer : nil
      case .damaged: desk?.remove(key)
      case .none: break
      }
    } catch {
      desk?.note(error)
    }
    return nil
  }

  package func ticket() -> Ticket { Ticket(purges: memory.purgeNumber) }

  /// Keeps an answer until its time is up: at once in memory, soon in the file.
  ///
  /// False if it is too large, past its time, or was purged since `ticket` was taken.
  @discardableResult
  package func keep(_ answer: CachedAnswer, under key: CacheKey, since ticket: Ticket) -> Bool {
    guard answer.body.count <= limits.largestAnswer, answer.isFresh(at: clock()),
      memory.keep(answer, under: key, askedAt: ticket.purges)
    else { return false }
    desk?.keep(answer, under: key, purges: ticket.purges)
    return true
  }

  // MARK: All of them

  /// Forgets what matches; how many were on disk, or in memory where there is no disk.
  ///
  /// When it returns, this process gives none of them out any more, and keeps none that was asked for
  /// before. Other processes with the same file follow within half a second.
  package func purge(_ purge: CachePurge) async throws(CacheFailure) -> Int {
    // What waits to be written is written first, so that it is counted.
    await desk?.flush()
    let inMemory = memory.purge(purge)
    guard let desk else { return inMemory }
    let count = try await desk.purge(purge).get()
    // What was read before the file had forgotten it.
    memory.similar.forget { _ in false }
    return count
  }

  package func stats() async throws(CacheFailure) -> CacheStats {
    let (entries, bytes) = memory.size
    var routes: [String: CacheStats.Route] = [:]
    for route in try await held() { routes[route.route] = route }
    for (name, use) in memory.uses {
      var route = routes[name] ?? CacheStats.Route(empty: name)
      route.add(use)
      routes[name] = route
    }
    return CacheStats(
      routes: routes.values.sorted { $0.route < $1.route }, memoryEntries: entries,
      memoryBytes: bytes, unwritten: desk?.unwritten ?? 0, hasDisk: disk != nil)
  }

  private func held() async throws(CacheFailure) -> [CacheStats.Route] {
    guard disk != nil else {
      var routes: [String: CacheStats.Route] = [:]
      for (key, answer) in memory.all {
        let name = answer.origin.route
        var route = routes[name] ?? CacheStats.Route(empty: name)
        route.entries += 1
        route.bytes += Int64(answer.size)
        if memory.similar.has(key) { route.questions += 1 }
        routes[name] = route
      }
      return Array(routes.values)
    }
    return try await read { db in try CacheRows.held(db) }
  }

  /// The answers that were first given to a request, in any partition: for whoever runs the cache.
  package func answers(to request: RequestID) async throws(CacheFailure) -> [StoredAnswer] {
    guard disk != nil else {
      return memory.all.filter { $0.answer.origin.request == request }
        .map { StoredAnswer(key: $0.key, answer: $0.answer) }
    }
    return try await read { db in try CacheRows.answers(to: request, db) }
  }

  /// The answers whose key begins with these hexadecimal digits, in any partition; nil if they are
  /// none.
  package func answers(keyed prefix: String) async throws(CacheFailure) -> [StoredAnswer]? {
    guard prefix.utf8.count <= 2 * CacheDigest.size, prefix.utf8.count >= 4 else { return nil }
    let rest = 2 * CacheDigest.size - prefix.utf8.count
    guard let first = CacheDigest(prefix + String(repeating: "0", count: rest)),
      let last = CacheDigest(prefix + String(repeating: "f", count: rest))
    else { return nil }
    guard disk != nil else {
      return memory.all.filter { (first...last).contains($0.key.digest) }
        .map { StoredAnswer(key: $0.key, answer: $0.answer) }
    }
    return try await read { db in try CacheRows.answers(keyed: first...last, db) }
  }

  // MARK: Its life

  /// Returns once everything kept so far is in the file, as far as it can be.
  package func flush() async { await desk?.flush() }

  /// Writes what waits and lets go of the file; memory goes on.
  package func close() async { await desk?.close() }
}
