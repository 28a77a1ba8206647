import DatabasePages
import Foundation
import GRDB
import RoutingBudgets
import RoutingTestSupport
import Synchronization
import Testing

@testable import RoutingCache

/// Files that somebody else has written to: the store loses answers then, and never gives a wrong one.
struct DamageTests {
  private static let count = 300
  private static let pageSize = 4096

  private static func answer(_ number: Int) -> CachedAnswer {
    Samples.answer("\(number)", bytes: 200)
  }

  /// The files of a store, by the ends of their names: as closing leaves them, or as a kill does.
  private static func files(isClosed: Bool) async throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    try await Samples.inFolder { folder in
      let store = try AnswerStore(folder, StandingClock())
      for number in 0..<count {
        store.keep(answer(number), under: try Samples.key("\(number)"), since: store.ticket())
      }
      await store.flush()
      if isClosed { await store.close() }
      let path = folder.appending(path: "test.cache").path
      for end in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + end) {
        files[end] = Array(try Data(contentsOf: URL(filePath: path + end)))
      }
      await store.close()
    }
    return files
  }

  /// Noise in whole pages or parts of them, pages of zeros, pages in each other's place, a lost end.
  private static func spoil(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    guard bytes.count > pageSize else { return }
    for _ in 0...Int.random(in: 0..<4, using: &random) {
      let start = Int.random(in: 0..<(bytes.count / pageSize), using: &random) * pageSize
      let page = start..<min(start + pageSize, bytes.count)
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<6: for place in page { bytes[place] = UInt8.random(in: 0...255, using: &random) }
      case 6, 7:
        for _ in 0..<Int.random(in: 1..<40, using: &random) {
          bytes[Int.random(in: page, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
      case 8: for place in page { bytes[place] = 0 }
      default:
        let other = Int.random(in: 0..<(bytes.count / pageSize), using: &random) * pageSize
        for place in 0..<min(page.count, bytes.count - other) {
          bytes.swapAt(start + place, other + place)
        }
      }
    }
    if Int.random(in: 0..<12, using: &random) == 0 {
      bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
    }
  }

  /// `TORN_FILES` says how many files are tried, `TORN_SEED` by which seed the first is spoilt; those
  /// after it have the next.
  @Test func `destroyed pages cost answers, and give none that is wrong`() async throws {
    let environment = ProcessInfo.processInfo.environment
    let files = environment["TORN_FILES"].flatMap(Int.init) ?? 24
    let first = environment["TORN_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0...(1 << 40))
    SharedData.say("destroyed pages: \(files) files, seeds from \(first)")
    let states = [try await Self.files(isClosed: true), try await Self.files(isClosed: false)]
    #expect(states[0][""].map { $0.count > 50 * Self.pageSize } == true)
    #expect(states[1]["-wal"].map { $0.count > 50 * Self.pageSize } == true)
    var (found, notices) = (0, 0)
    for seed in first..<(first + UInt64(files)) {
      var random = SplitMix(state: seed)
      try await Samples.inFolder { folder in
        let state = states[Int(seed % 3 == 0 ? 1 : 0)]
        for (end, whole) in state.sorted(by: { $0.key < $1.key }) {
          var bytes = whole
          Self.spoil(&bytes, &random)
          try Data(bytes).write(to: folder.appending(path: "test.cache" + end))
        }
        let log = Notices()
        let store = try AnswerStore(
          folder, StandingClock(), limits: CacheLimits(memoryEntries: 0), notices: log)
        for number in 0..<Self.count {
          let answer = await store.answer(try Samples.key("\(number)"), route: "faq")
          guard let answer else { continue }
          found += 1
          #expect(answer.body == Self.answer(number).body, "seed \(seed)")
        }
        // Whatever is left of the file, new answers are kept again.
        let key = try Samples.key("new")
        var isKept = false
        for _ in 0..<5 where !isKept {
          store.keep(Samples.answer("new"), under: key, since: store.ticket())
          await store.flush()
          isKept = await store.answer(key, route: "faq") != nil
        }
        #expect(isKept, "seed \(seed): \(log.all)")
        await store.close()
        notices += log.all.count
      }
    }
    SharedData.say(
      "destroyed pages: \(files) files, \(found) of \(files * Self.count) answers left, "
        + "\(notices) notices")
  }

  /// What is asked of a closed connection ends the process, so closing waits for who reads.
  @Test func `a file is closed when nobody reads it any more`() async throws {
    try await Samples.inFolder { folder in
      let path = folder.appending(path: "test.cache").path
      let disk = try DiskTier(path: path, report: { _ in })
      let open = try #require(disk.connections.withLock { $0 })
      #expect(!Self.hasReaders(open))
      let isCounted = try await disk.read { _ in Self.hasReaders(open) }
      #expect(isCounted && !Self.hasReaders(open))

      open.readers.enter()
      let closed = DispatchGroup()
      closed.enter()
      Thread {
        disk.close()
        closed.leave()
      }.start()
      // Were it not to wait, it would be over long before this.
      #expect(!Self.isOver(closed, within: .milliseconds(200)))
      let answer = try await open.reader.read { db in try Int.fetchOne(db, sql: "SELECT 7") }
      #expect(answer == 7)
      open.readers.leave()
      #expect(Self.isOver(closed, within: .seconds(60)))
      await #expect(throws: CacheFailure.closed) { try await disk.read { _ in 0 } }
    }
  }

  private static func hasReaders(_ open: CacheFile.Connections) -> Bool {
    !isOver(open.readers, within: .seconds(0))
  }

  private static func isOver(_ group: DispatchGroup, within time: DispatchTimeInterval) -> Bool {
    group.wait(timeout: .now() + time) == .success
  }

  /// The damage is the old file's: a reader who tells of it late takes nothing from the new one.
  @Test func `a file is exchanged once, however many come upon its damage`() async throws {
    try await Samples.inFolder { folder in
      let file = folder.appending(path: "test.cache")
      var bytes = try #require(try await Self.files(isClosed: true)[""])
      try Data(bytes).write(to: file)
      let page = try #require(try Self.roots(of: ["answer"], in: folder).first)
      bytes[page * Self.pageSize - 1500] ^= 1
      try Data(bytes).write(to: file)
      let notices = Notices()
      let disk = try DiskTier(path: file.path, report: notices.report)
      let store = MemoryTier(CacheLimits(), hasFile: true)
      let key = try Samples.key("1")
      var errors: [any Error] = []
      for _ in 0..<3 {
        do {
          _ = try await disk.read { db in try CacheRows.found(key, db) }
        } catch {
          errors.append(error)
        }
      }
      #expect(errors.count == 3)
      #expect(disk.damage == PageGuard.refusal)
      let desk = CacheDesk(
        disk, memory: store, limits: CacheLimits(), clock: { Timestamp(milliseconds: 0) },
        report: notices.report)
      for error in errors {
        desk.note(error)
        await desk.flush()
      }
      #expect(disk.damage == nil)
      #expect(notices.all.count == 1)
      await desk.close()
    }
  }

  /// The pages where these tables and indices begin; 1 is the file's own.
  private static func roots(of names: [String], in folder: URL) throws -> [Int] {
    let file = try DatabaseQueue(path: folder.appending(path: "test.cache").path)
    defer { try? file.close() }
    return try file.read { db in
      try names.compactMap {
        try Int.fetchOne(
          db, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [$0])
      }
    }
  }

  @Test func `a changed bit is set aside with one word that says so`() async throws {
    let whole = try #require(try await Self.files(isClosed: true)[""])
    try await Samples.inFolder { folder in
      let file = folder.appending(path: "test.cache")
      try Data(whole).write(to: file)
      let pages = try [1] + Self.roots(of: ["answer", "answer_key", "purge"], in: folder)
      #expect(pages.count == 4)
      for page in pages {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
          try FileManager.default.removeItem(at: folder.appending(path: name))
        }
        var bytes = whole
        bytes[page * Self.pageSize - 1500] ^= 1
        try Data(bytes).write(to: file)
        let notices = Notices()
        let store = try AnswerStore(
          folder, StandingClock(), limits: CacheLimits(memoryEntries: 0), notices: notices)
        for number in 0..<Self.count {
          _ = await store.answer(try Samples.key("\(number)"), route: "faq")
        }
        await store.flush()
        let aside = file.path + ".aside-1"
        let expected = CacheNotice.setAside(
          path: file.path, as: aside, reason: PageGuard.refusal)
        #expect(notices.all == [expected], "page \(page)")
        #expect(try Array(Data(contentsOf: URL(filePath: aside))) == bytes, "page \(page)")
        await store.close()
      }
    }
  }

  @Test func `a file of an earlier version is set aside, and refused where it is only looked at`()
    async throws
  {
    try await Samples.inFolder { folder in
      let path = folder.appending(path: "test.cache").path
      // As that version made it: its pages have no checksums.
      var bytes = [UInt8](repeating: 0, count: Self.pageSize)
      bytes.replaceSubrange(0..<16, with: Array("SQLite format 3".utf8) + [0])
      bytes[16] = 16
      bytes[63] = 2
      bytes.replaceSubrange(68..<72, with: Array("RUNC".utf8))
      try Data(bytes).write(to: URL(filePath: path))
      let reason = "an earlier version of rung wrote it, in format 2"
      #expect(
        throws: CacheFailure.cannotOpen(
          path: path, reason: reason + ": `rung serve --cache` begins a new one")
      ) {
        try AnswerStore(existing: path, clock: { Timestamp(milliseconds: 0) })
      }
      let notices = Notices()
      let store = try AnswerStore(folder, StandingClock(), notices: notices)
      #expect(notices.all == [.setAside(path: path, as: path + ".aside-1", reason: reason)])
      let key = try Samples.key("a")
      store.keep(Samples.answer("a"), under: key, since: store.ticket())
      await store.flush()
      #expect(try await store.stats().entries == 1)
      await store.close()
      let kept = try Data(contentsOf: URL(filePath: path + ".aside-1"))
      #expect(Array(kept) == bytes)
    }
  }

  @Test func `an empty file is told as one, and left as it is`() async throws {
    try await Samples.inFolder { folder in
      let path = folder.appending(path: "test.cache").path
      try Data().write(to: URL(filePath: path))
      let reason =
        "it is empty: no answer was ever kept in it, and `rung serve --cache` makes a cache of it"
      #expect(throws: CacheFailure.cannotOpen(path: path, reason: reason)) {
        try AnswerStore(existing: path, clock: { Timestamp(milliseconds: 0) })
      }
      #expect(try Data(contentsOf: URL(filePath: path)).isEmpty)
    }
  }

  @Test func `a file whose damaged header names a later version is set aside`() async throws {
    try await Samples.inFolder { folder in
      var bytes = try #require(try await Self.files(isClosed: true)[""])
      bytes[62] = 9
      try Data(bytes).write(to: folder.appending(path: "test.cache"))
      let notices = Notices()
      let store = try AnswerStore(folder, StandingClock(), notices: notices)
      #expect(notices.all.count == 1)
      await store.close()
    }
  }

  /// One flag in the header, and no page would be held against its checksum.
  @Test func `a file whose header denies its checksums is set aside unread`() async throws {
    try await Samples.inFolder { folder in
      guard var bytes = try await Self.files(isClosed: true)[""] else {
        Issue.record("no file")
        return
      }
      #expect(bytes[20] == UInt8(PageGuard.reserve))
      bytes[20] = 0
      try Data(bytes).write(to: folder.appending(path: "test.cache"))
      let notices = Notices()
      let store = try AnswerStore(folder, StandingClock(), notices: notices)
      #expect(notices.all.count == 1)
      #expect(try await store.stats().entries == 0)
      await store.close()
    }
  }
}
