import DatabasePages
import Foundation
import GRDB
import RoutingBudgets
import RoutingTestSupport
import Testing

@testable import RoutingCache

/// The store with its file.
struct StoreTests {
  @Test func `gives an answer back after a restart, whole`() async throws {
    try await Samples.inFolder { folder in
      let clock = StandingClock()
      let key = try Samples.key("a")
      let kept = Samples.answer("a", number: 7)
      let first = try AnswerStore(folder, clock)
      #expect(first.keep(kept, under: key, since: first.ticket()))
      #expect(first.inMemory(key, route: "faq") === kept)
      await first.close()

      let second = try AnswerStore(folder, clock)
      #expect(second.inMemory(key, route: "faq") == nil)
      let found = try #require(await second.answer(key, route: "faq"))
      #expect(found.body == kept.body)
      #expect(found.origin == kept.origin)
      #expect(found.stored == kept.stored && found.expiry == kept.expiry)
      // From now on it is in memory too.
      #expect(second.inMemory(key, route: "faq") === found)
      #expect(try await second.answers(to: Samples.id(7)).map(\.key) == [key])
      let digits = String(key.digest.description.prefix(12))
      #expect(try await second.answers(keyed: digits)?.map(\.key) == [key])
      #expect(try await second.answers(keyed: "no digits") == nil)
      await second.close()
    }
  }

  @Test func `gives nothing out past its time, nor what is older than is wanted`() async throws {
    try await Samples.inFolder { folder in
      let clock = StandingClock()
      let store = try AnswerStore(folder, clock, limits: CacheLimits(memoryEntries: 0))
      let key = try Samples.key("a")
      store.keep(Samples.answer("a", lasting: 1000), under: key, since: store.ticket())
      await store.flush()
      clock.pass(999)
      #expect(await store.answer(key, route: "faq") != nil)
      #expect(await store.answer(key, route: "faq", after: Timestamp(milliseconds: 1)) == nil)
      clock.pass(1)
      #expect(await store.answer(key, route: "faq") == nil)
      #expect(!store.keep(Samples.answer("a", lasting: 1000), under: key, since: store.ticket()))
      await store.flush()
      let stats = try await store.stats()
      #expect(stats.entries == 0, "it has been swept")
      #expect(stats.hits == 1 && stats.misses == 2)
      await store.close()
    }
  }

  @Test func `stays within its bounds on disk, oldest first`() async throws {
    try await Samples.inFolder { folder in
      let clock = StandingClock()
      let limits = CacheLimits(
        memoryEntries: 0, diskBytes: 60_000, diskEntries: 100, largestAnswer: 5000)
      let store = try AnswerStore(folder, clock, limits: limits)
      for number in 0..<400 {
        store.keep(
          Samples.answer("\(number)"), under: try Samples.key("\(number)"), since: store.ticket())
        if number.isMultiple(of: 37) { await store.flush() }
      }
      var stats = try await store.stats()
      #expect(stats.entries <= 100 && stats.entries > 80)
      #expect(stats.bytes <= 60_000)
      #expect(await store.answer(try Samples.key("399"), route: "faq") != nil)
      #expect(await store.answer(try Samples.key("0"), route: "faq") == nil)
      for number in 0..<20 {
        store.keep(
          Samples.answer("\(number)", bytes: 4000), under: try Samples.key("large \(number)"),
          since: store.ticket())
      }
      stats = try await store.stats()
      #expect(stats.bytes <= 60_000 && stats.bytes > 40_000)
      #expect(
        !store.keep(
          Samples.answer("x", bytes: 9000), under: try Samples.key("x"), since: store.ticket()))
      await store.close()
    }
  }

  @Test func `purges what matches and nothing else, also what is on its way`() async throws {
    try await Samples.inFolder { folder in
      let clock = StandingClock()
      let store = try AnswerStore(folder, clock)
      var keys: [CacheKey: CachedAnswer] = [:]
      for route in ["faq", "code"] {
        for tenant in ["acme", "other"] {
          for model in ["small", "large"] {
            for stored in [Int64(0), 100] {
              let name = "\(route) \(tenant) \(model) \(stored)"
              let answer = Samples.answer(
                name, route: route, tenant: tenant, model: model, stored: stored)
              keys[try Samples.key(name, tenant: tenant)] = answer
            }
          }
        }
      }
      let purges: [CachePurge] = [
        CachePurge(route: "faq"), CachePurge(tenant: "acme"), CachePurge(model: "large"),
        CachePurge(before: Timestamp(milliseconds: 100)), CachePurge(),
        CachePurge(route: "faq", tenant: "other", model: "small"), CachePurge(route: "nothing"),
      ]
      for purge in purges {
        let ticket = store.ticket()
        for (key, answer) in keys { store.keep(answer, under: key, since: ticket) }
        let count = try await store.purge(purge)
        #expect(count == keys.values.count { purge.covers($0) })
        for (key, answer) in keys {
          let found = await store.answer(key, route: "faq")
          #expect((found == nil) == purge.covers(answer), "\(purge) \(answer.origin)")
          // Asked for before the purge, and here only now.
          #expect(store.keep(answer, under: key, since: ticket) == !purge.covers(answer))
        }
      }
      await store.close()
    }
  }

  @Test func `a purge goes through no more rows than what it names leads to`() async throws {
    try await Samples.inFolder { folder in
      let path = folder.appending(path: "test.cache").path
      let connections = try CacheFile.open(path: path, report: { _ in })
      let time = Timestamp(milliseconds: 100)
      let purges = [
        (CachePurge(route: "faq"), "answer_route (route=?"),
        (CachePurge(route: "faq", model: "large", before: time), "answer_route (route=?"),
        (CachePurge(tenant: "acme", model: "large"), "answer_tenant (tenant=?"),
        (CachePurge(model: "large"), "answer_model (model=?"),
        (CachePurge(model: "large", before: time), "answer_model (model=?"),
        (CachePurge(before: time), "answer_stored (stored_ms<?"),
      ]
      for (purge, index) in purges {
        let plan = try await connections.reader.read { db in
          try Row.fetchAll(
            db, sql: "EXPLAIN QUERY PLAN " + CacheRows.statement(for: purge),
            arguments: [purge.route, purge.tenant, purge.model, purge.before?.milliseconds]
          ).map { CacheRows.text($0, "detail") ?? "" }
        }
        #expect(plan.contains { $0.hasPrefix("SEARCH answer USING INDEX \(index)") }, "\(plan)")
      }
      connections.close()
    }
  }

  @Test func `hears of another process's purge`() async throws {
    try await Samples.inFolder { folder in
      let clock = StandingClock()
      let (one, two) = (try AnswerStore(folder, clock), try AnswerStore(folder, clock))
      let key = try Samples.key("a")
      let ticket = one.ticket()
      one.keep(Samples.answer("a"), under: key, since: ticket)
      await one.flush()
      #expect(await two.answer(key, route: "faq") != nil)
      #expect(two.inMemory(key, route: "faq") != nil)
      #expect(try await one.purge(CachePurge(route: "faq")) == 1)
      let end = ContinuousClock.now + .seconds(10)
      while two.inMemory(key, route: "faq") != nil, ContinuousClock.now < end {
        try await Task.sleep(for: .milliseconds(5))
      }
      #expect(two.inMemory(key, route: "faq") == nil)
      await one.close()
      await two.close()
    }
  }

  /// Its thread may not have begun when another process purges.
  @Test func `hears of a purge that comes right after it was opened`() async throws {
    for round in 0..<40 {
      try await Samples.inFolder { folder in
        let other = try DiskTier(path: folder.appending(path: "test.cache").path) { _ in }
        let store = try AnswerStore(folder, StandingClock())
        let key = try Samples.key("a")
        store.keep(Samples.answer("a"), under: key, since: store.ticket())
        _ = try other.write { db in try CacheRows.purge(CachePurge(route: "faq"), db) }
        let end = ContinuousClock.now + .seconds(10)
        while store.inMemory(key, route: "faq") != nil, ContinuousClock.now < end {
          try await Task.sleep(for: .milliseconds(5))
        }
        #expect(store.inMemory(key, route: "faq") == nil, "round \(round)")
        await store.close()
        other.close()
      }
    }
  }

  @Test func `a changed byte of a row is a miss, and never another answer`() async throws {
    try await Samples.inFolder { folder in
      let clock = StandingClock()
      let path = folder.appending(path: "test.cache").path
      let keys = try (0..<12).map { try Samples.key("\($0)") }
      let store = try AnswerStore(folder, clock, limits: CacheLimits(memoryEntries: 0))
      for (number, key) in keys.enumerated() {
        store.keep(Samples.answer("\(number)"), under: key, since: store.ticket())
      }
      await store.flush()
      let other = try DatabaseQueue(path: path)
      try await other.write { db in
        for sql in [
          "UPDATE answer SET body = CAST(replace(CAST(body AS TEXT), '0', '9') AS BLOB) WHERE id = 1",
          "UPDATE answer SET scope = (SELECT scope FROM answer WHERE id = 1), key = x'00' WHERE id = 2",
          "UPDATE answer SET model = 'large' WHERE id = 3",
          "UPDATE answer SET tenant = NULL WHERE id = 4",
          "UPDATE answer SET expiry_ms = expiry_ms + 1 WHERE id = 5",
          "UPDATE answer SET cost_nanos = 'a text' WHERE id = 6",
          "UPDATE answer SET body = 1.5 WHERE id = 7",
          "UPDATE answer SET checksum = x'00' WHERE id = 8",
          "UPDATE answer SET request = 'nobody' WHERE id = 9",
          "UPDATE answer SET stored_ms = 0.5 WHERE id = 10",
        ] {
          try db.execute(sql: sql)
        }
      }
      try other.close()
      for (number, key) in keys.enumerated() {
        let found = await store.answer(key, route: "faq")
        #expect((found == nil) == (number < 10), "row \(number + 1)")
      }
      await store.close()
    }
  }

  @Test func `a file that is no cache is set aside with one word, and the store goes on`()
    async throws
  {
    let contents: [(String, (URL) throws -> Void)] = [
      ("text", { try Data("not a database, whatever its name".utf8).write(to: $0) }),
      ("noise", { try Data((0..<50_000).map { _ in UInt8.random(in: 0...255) }).write(to: $0) }),
      (
        "foreign",
        {
          let db = try DatabaseQueue(path: $0.path)
          try db.write { try $0.execute(sql: "CREATE TABLE a (b)") }
          try db.close()
        }
      ),
      (
        "ours in name only",
        {
          let db = try DatabaseQueue(path: $0.path)
          try db.write { try $0.execute(sql: "PRAGMA application_id = 1381322307") }
          try db.close()
        }
      ),
    ]
    for (name, write) in contents {
      try await Samples.inFolder { folder in
        let file = folder.appending(path: "test.cache")
        try write(file)
        let before = try Data(contentsOf: file)
        let notices = Notices()
        let store = try AnswerStore(folder, StandingClock(), notices: notices)
        let key = try Samples.key("a")
        store.keep(Samples.answer("a"), under: key, since: store.ticket())
        await store.flush()
        #expect(try await store.stats().entries == 1, "\(name)")
        await store.close()
        #expect(notices.all.count == 1, "\(name)")
        guard case .setAside(_, let aside, _) = notices.all.first else {
          Issue.record("\(name): \(notices.all)")
          return
        }
        #expect(try Data(contentsOf: URL(filePath: aside)) == before, "\(name)")
      }
    }
  }

  @Test func `what it must not touch is refused by name`() async throws {
    try await Samples.inFolder { folder in
      let path = folder.appending(path: "x").path
      func open(_ path: String) -> CacheFailure? {
        do throws(CacheFailure) {
          _ = try AnswerStore(path: path, clock: { Timestamp(milliseconds: 0) }, report: { _ in })
          return nil
        } catch {
          return error
        }
      }
      for (sql, failure) in [
        ("PRAGMA application_id = \(DatabaseKind.ledger)", CacheFailure.isALedger(path: path)),
        (
          "PRAGMA application_id = \(DatabaseKind.cache); PRAGMA user_version = 9",
          .tooNew(path: path, version: 9)
        ),
      ] {
        let db = try DatabaseQueue(path: path)
        try await db.write { try $0.execute(sql: sql) }
        try db.close()
        #expect(open(path) == failure)
        try FileManager.default.removeItem(atPath: path)
      }
      #expect(open(folder.path) == .cannotOpen(path: folder.path, reason: "it is no file"))
      #expect(open("") != nil && open(":memory:") != nil)
      #expect(open(folder.appending(path: "missing/x").path) != nil)
    }
  }
}
