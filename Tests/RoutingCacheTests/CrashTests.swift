import Foundation
import RoutingBudgets
import RoutingTestSupport
import Testing

@testable import RoutingCache

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Processes that die, and processes that share.
struct CrashTests {
  /// Kept in the file before the process is killed for certain.
  private static let certain = 500

  @Test func `a process killed in the middle of writing leaves whole answers`() async throws {
    try await Samples.inFolder { folder in
      let path = folder.appending(path: "test.cache").path
      for _ in 0..<3 {
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
          try await Self.writeAndDie(path)
        }
      }
      let clock = StandingClock()
      let notices = Notices()
      let store = try AnswerStore(
        folder, clock, limits: CacheLimits(memoryEntries: 0), notices: notices)
      #expect(notices.all == [])
      var found = 0
      for number in 0..<(Self.certain * 4) {
        let answer = await store.answer(try Samples.key("\(number)"), route: "faq")
        if let answer {
          found += 1
          #expect(answer.body == Samples.answer("\(number)", bytes: 300).body)
        } else {
          #expect(number >= Self.certain, "\(number) had been written")
        }
      }
      let stats = try await store.stats()
      #expect(stats.entries >= Int64(found))
      SharedData.say("killed three times: \(found) answers, \(stats.entries) rows, all whole")
      await store.close()
    }
  }

  private static func writeAndDie(_ path: String) async throws {
    let store = try AnswerStore(
      path: path, clock: { Timestamp(milliseconds: 0) }, report: { _ in })
    for number in 0..<Self.certain {
      store.keep(
        Samples.answer("\(number)", bytes: 300), under: try Samples.key("\(number)"),
        since: store.ticket())
    }
    await store.flush()
    // Somewhere in the middle of what follows it ends.
    let patience = UInt32.random(in: 0..<400_000)
    Thread {
      usleep(patience)
      kill(getpid(), SIGKILL)
    }.start()
    for number in Self.certain... {
      store.keep(
        Samples.answer("\(number)", bytes: 300), under: try Samples.key("\(number)"),
        since: store.ticket())
      if number.isMultiple(of: 20) { await store.flush() }
    }
  }

  @Test func `two processes share a file`() async throws {
    try await Samples.inFolder { folder in
      let path = folder.appending(path: "test.cache").path
      let clock = StandingClock()
      let store = try AnswerStore(folder, clock, limits: CacheLimits(memoryEntries: 0))
      async let other: Void = {
        await #expect(processExitsWith: .success) { [path = path as String] in
          let store = try AnswerStore(
            path: path, clock: { Timestamp(milliseconds: 0) }, report: { _ in })
          for number in 0..<300 {
            store.keep(
              Samples.answer("theirs \(number)"), under: try Samples.key("theirs \(number)"),
              since: store.ticket())
            if number.isMultiple(of: 20) { await store.flush() }
          }
          await store.close()
        }
      }()
      for number in 0..<300 {
        store.keep(
          Samples.answer("ours \(number)"), under: try Samples.key("ours \(number)"),
          since: store.ticket())
        if number.isMultiple(of: 20) { await store.flush() }
      }
      await other
      await store.flush()
      for number in 0..<300 {
        for whose in ["ours", "theirs"] {
          let answer = await store.answer(try Samples.key("\(whose) \(number)"), route: "faq")
          #expect(answer?.body == Samples.answer("\(whose) \(number)").body)
        }
      }
      #expect(try await store.stats().entries == 600)
      await store.close()
    }
  }

  @Test func `two tenants with the same digests never share`() async throws {
    try await Samples.inFolder { folder in
      let store = try AnswerStore(folder, StandingClock(), limits: CacheLimits(memoryEntries: 100))
      var hits = 0
      for number in 0..<500 {
        let mine = try Samples.key("\(number)", tenant: "acme")
        store.keep(Samples.answer("\(number)"), under: mine, since: store.ticket())
        let theirs = try Samples.key("\(number)", tenant: "other")
        #expect(mine.digest == theirs.digest)
        if number.isMultiple(of: 100) { await store.flush() }
        if await store.answer(theirs, route: "faq") != nil { hits += 1 }
      }
      // The same digest in the store, and still two partitions.
      #expect(hits == 0)
      await store.close()
    }
  }
}
