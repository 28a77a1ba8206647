import Foundation
import GRDB
import JSONReading
import JSONWriting
import PolicyUnits
import RoutingBudgets
import RoutingTestSupport
import Testing

@testable import RoutingCache

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Questions found by their vectors, in memory and in a file.
@Suite struct `Similar questions` {
  private static let half = Score(millionths: 500_000)

  /// The requests whose answers stand near a question, the nearest first.
  private static func found(
    _ store: AnswerStore, _ question: SimilarQuestion, atLeast threshold: Score = half
  ) async -> [String] {
    var names: [String] = []
    for candidate in await store.near(question, atLeast: threshold).candidates {
      guard let answer = await store.answer(of: candidate) else { continue }
      names.append("\(answer.origin.request.low)")
    }
    return names
  }

  // MARK: Vectors

  @Test func `a vector that points nowhere is none`() throws {
    let bad: [[Float]] = [
      [], [0, 0, 0], [.nan, 1], [.infinity, 1], [-.infinity], [1, .signalingNaN],
      Array(repeating: 1, count: 8193),
    ]
    for numbers in bad { #expect(UnitVector(numbers) == nil) }
    for numbers in [[Float.leastNonzeroMagnitude, 0], [.greatestFiniteMagnitude, 1], [-3, 4]] {
      let vector = try #require(UnitVector(numbers))
      #expect(UnitVector(bytes: vector.bytes) == vector)
    }
    for bytes in [[], [0], [0, 0, 0, 0], [0, 0, 192, 127], [0, 0, 0, 64]] as [[UInt8]] {
      #expect(UnitVector(bytes: bytes) == nil, "\(bytes)")
    }
  }

  @Test func `the nearest come first, as the plain sum of products says`() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    for dimension in [1, 7, 8, 31, 32, 33, 384] {
      var block = VectorBlock(dimension: dimension, most: 1000)
      var all: [(key: CacheDigest, numbers: [Float])] = []
      for number in 0..<600 {
        let numbers = (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) }
        guard let vector = UnitVector(numbers) else { continue }
        let key = CacheDigest(of: Array("\(number)".utf8))
        block.keep(SimilarRow(key: key, text: "", request: Samples.id(0)), vector)
        all.append((key, numbers))
      }
      // Some go again: the last rows take their places.
      for number in [0, 1, 255, 256, 257, all.count - 1] { block.remove(all[number].key) }
      for number in [all.count - 1, 257, 256, 255, 1, 0] { all.remove(at: number) }
      #expect(block.count == all.count)
      let wanted = (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) }
      guard let query = UnitVector(wanted) else { continue }
      func cosine(_ other: [Float]) -> Double {
        func product(_ a: [Float], _ b: [Float]) -> Double {
          zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        return product(wanted, other)
          / (product(wanted, wanted) * product(other, other)).squareRoot()
      }
      let expected = all.map { ($0.key, cosine($0.numbers)) }.sorted { $0.1 > $1.1 }
      let found = block.rows.nearest(to: query, least: 0.1, most: 20)
      #expect(found.places.count == min(20, expected.count { $0.1 >= 0.1 }))
      for (place, (key, cosine)) in zip(found.places, expected) {
        #expect(abs(Double(place.similarity) - cosine) < 1e-5, "seed \(seed)")
        let isSame = block.rows.row(at: place.row).key == key
        // With few dimensions many are equally near.
        #expect(isSame || dimension < 8, "seed \(seed)")
      }
      let nearest = found.nearest.map { Double($0.similarity) } ?? 0
      #expect(abs(nearest - (expected.first?.1 ?? 0)) < 1e-5)
    }
  }

  @Test func `a full block lets the first go`() throws {
    var block = VectorBlock(dimension: 4, most: 10)
    for number in 0..<25 {
      let vector = try #require(UnitVector([1, Float(number), 0, 0]))
      let key = CacheDigest(of: Array("\(number)".utf8))
      block.keep(SimilarRow(key: key, text: "\(number)", request: Samples.id(0)), vector)
    }
    #expect(block.count == 10)
    #expect(Set(block.rows.all.map(\.text)) == Set((15..<25).map { "\($0)" }))
  }

  // MARK: Where a question is looked for

  @Test func `every part of a described request but the live question is another place`() throws {
    guard let bytes = try SharedData.bytes(of: "openai_openapi_subset.json", for: "similar places")
    else {
      return
    }
    let schemas = try #require(try JSONText(bytes).root["components"]?["schemas"])
    let schema = try #require(schemas["CreateChatCompletionRequest"])
    let described = DescribedSchema(schemas: schemas)
    let messages = described.roles()
    var json = JSONWriter()
    json.object { json in
      for (name, property) in described.properties(of: schema) where name != "messages" {
        json.member(name, raw: described.sample(property))
      }
      json.array("messages") { json in
        for message in messages { json.raw(message) }
        json.raw(Array(#"{"role":"user","content":"how do I pay?"}"#.utf8))
      }
    }
    let live = "messages[\(messages.count)].content"
    let place = try #require(try Samples.place(of: JSONText(json.bytes)))
    #expect(place.question == "how do I pay?")
    var (count, same) = (0, 0)
    for variant in Variants(of: try JSONText(json.bytes)).all
    where !variant.path.hasPrefix("stream") {
      let other = try Samples.place(of: JSONText(variant.bytes))
      if variant.path == live {
        #expect(other.map { $0.digest == place.digest && $0.question != place.question } ?? true)
        same += 1
      } else {
        #expect(other?.digest != place.digest, "\(variant.path): \(variant.what)")
      }
      count += 1
    }
    SharedData.say("similar places: \(count) changes, \(same) of the live question, 0 others alike")
    #expect(count > 300 && same == 4)
  }

  @Test func `tenant, system text, language and encoder are places of their own`() throws {
    let places = try [
      Samples.place("hi?"), Samples.place("hi?", tenant: "other"),
      Samples.place("hi?", system: "You help well."), Samples.place("hi?", language: "de"),
      Samples.place("hi?", encoder: SimilarEncoder("e5")),
    ].map { try #require($0) }
    #expect(Set(places.map(\.digest)).count == places.count)
    #expect(try Samples.place("hello there?")?.digest == places[0].digest)
    let (short, long) = (
      try Samples.question("hi?", [1, 0]), try Samples.question("hi?", [1, 0, 0])
    )
    #expect(short.key.partition != long.key.partition)
  }

  @Test func `a question that is no plain text has no place`() throws {
    func place(_ message: String) throws -> SimilarPlace? {
      try Samples.place(of: JSONText(#"{"messages":[\#(message)]}"#))
    }
    let good = [
      #"{"role":"user","content":"hi?"}"#,
      #"{"role":"user","content":[{"type":"text","text":"hi?"}]}"#,
      #"{"role":"user","content":"hi?"},{"role":"assistant","content":"ho"}"#,
    ]
    for message in good { #expect(try place(message)?.question == "hi?", "\(message)") }
    #expect(try Set(good.map { try place($0)?.digest }).count == good.count)
    let long = String(repeating: "a", count: 2001)
    for message in [
      #"{"role":"user","content":""}"#, #"{"role":"user","content":" ?!"}"#,
      #"{"role":"user","content":"\#(long)"}"#, #"{"role":"system","content":"hi?"}"#,
      #"{"role":"user","content":[]}"#,
      #"{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}"#,
      #"{"role":"user","content":[{"type":"text","text":"a","cache_control":{}}]}"#,
      #"{"role":"user","content":[{"type":"image_url","image_url":{"url":"a"}}]}"#,
      #"{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"a"}}]}"#,
    ] { #expect(try place(message) == nil, "\(message)") }
  }

  // MARK: The store

  @Test(arguments: [false, true])
  func `an answer is found by a near question, in its partition and in its time`(
    onDisk: Bool
  ) async throws {
    try await Samples.inFolder { folder in
      let clock = StandingClock()
      let store =
        onDisk ? try AnswerStore(folder, clock) : AnswerStore(clock: { clock.now })
      let ticket = store.ticket()
      for (number, vector) in [[1, 0], [1, 1], [-1, 0], [1, 0.1]].enumerated() {
        let question = try Samples.question("q\(number)", vector.map { Float($0) })
        #expect(
          store.keep(Samples.answer("a", number: UInt64(number)), for: question, since: ticket))
      }
      let asked = try Samples.question("q?", [2, 0])
      #expect(await Self.found(store, asked) == ["0", "3", "1"])
      #expect(await Self.found(store, asked, atLeast: Score(millionths: 999_999)) == ["0"])
      let near = await store.near(asked, atLeast: Score(millionths: 1_000_001)).nearest
      #expect(near?.similarity == Score(millionths: 1_000_000) && near?.question == "q0")
      for other in [
        try Samples.question("q?", [2, 0], tenant: "other"),
        try Samples.question("q?", [2, 0], system: "else"),
        try Samples.question("q?", [2, 0, 0]),
      ] {
        let found = await store.near(other, atLeast: Score(millionths: 0))
        #expect(found.candidates.isEmpty && found.nearest == nil)
      }
      // The same question again is the same entry.
      store.keep(
        Samples.answer("a", number: 9), for: try Samples.question("q0", [1, 0]), since: ticket)
      #expect(await Self.found(store, asked) == ["9", "3", "1"])
      let stats = try await store.stats()
      #expect(stats.questions == 4 && stats.entries == 4)
      clock.pass(60_001)
      #expect(await Self.found(store, asked).isEmpty)
      await store.close()
    }
  }

  @Test func `what was kept is there after the file is opened again`() async throws {
    try await Samples.inFolder { folder in
      let clock = StandingClock()
      let first = try AnswerStore(folder, clock)
      for number in 0..<300 {
        let question = try Samples.question("q\(number)", Samples.vector(UInt64(number)))
        first.keep(
          Samples.answer("a", number: UInt64(number)), for: question, since: first.ticket())
      }
      await first.close()
      let store = try AnswerStore(folder, clock, limits: CacheLimits(memoryEntries: 0))
      for number in 0..<300 {
        let asked = try Samples.question("q", Samples.vector(UInt64(number)))
        let found = await Self.found(store, asked, atLeast: Score(millionths: 999_000))
        #expect(found == ["\(number)"])
      }
      await store.close()
    }
  }

  @Test(arguments: [false, true])
  func `a purge takes questions with it, those on their way too`(onDisk: Bool) async throws {
    try await Samples.inFolder { folder in
      let clock = StandingClock()
      let store =
        onDisk ? try AnswerStore(folder, clock) : AnswerStore(clock: { clock.now })
      let ticket = store.ticket()
      let asked = try Samples.question("q?", [1, 0])
      let purges = [
        CachePurge(route: "faq"), CachePurge(tenant: "acme"), CachePurge(model: "small"),
        CachePurge(before: Timestamp(milliseconds: 1)), CachePurge(),
        CachePurge(route: "faq", tenant: "acme", model: "small"),
      ]
      for purge in purges {
        store.keep(Samples.answer("a"), for: asked, since: store.ticket())
        #expect(try await store.purge(CachePurge(tenant: "nobody")) == 0)
        #expect(await Self.found(store, asked) == ["1"])
        #expect(try await store.purge(purge) == 1)
        #expect(await Self.found(store, asked).isEmpty)
        #expect(try await store.stats().questions == 0)
      }
      #expect(!store.keep(Samples.answer("a"), for: asked, since: ticket))
      #expect(await Self.found(store, asked).isEmpty)
      await store.close()
    }
  }

  @Test func `a changed byte of a question is a row less`() async throws {
    try await Samples.inFolder { folder in
      let clock = StandingClock()
      let first = try AnswerStore(folder, clock)
      for number in 0..<12 {
        let question = try Samples.question("q\(number)", Samples.vector(UInt64(number)))
        first.keep(
          Samples.answer("a", number: UInt64(number)), for: question, since: first.ticket())
      }
      let theirs = try Samples.question("theirs", Samples.vector(3), tenant: "other")
      first.keep(
        Samples.answer("a", number: 99, tenant: "other"), for: theirs, since: first.ticket())
      await first.close()
      let file = try DatabaseQueue(path: folder.appending(path: "test.cache").path)
      try await file.write { db in
        for sql in [
          "UPDATE similar SET question = 'q1' WHERE answer = 1",
          "UPDATE similar SET vector = zeroblob(64) WHERE answer = 2",
          "UPDATE similar SET vector = substr(vector, 1, 32) WHERE answer = 3",
          "UPDATE similar SET vector = (SELECT vector FROM similar WHERE answer = 5) WHERE answer = 4",
          "UPDATE similar SET key = (SELECT key FROM similar WHERE answer = 6) WHERE answer = 5",
          "UPDATE similar SET checksum = 'a' WHERE answer = 6",
          "UPDATE similar SET question = 7 WHERE answer = 7",
          // Another tenant's question in this partition, by a stranger's hand.
          "UPDATE similar SET scope = (SELECT scope FROM similar WHERE answer = 1) WHERE answer = 13",
          "UPDATE answer SET scope = (SELECT scope FROM answer WHERE id = 1) WHERE id = 13",
        ] { try db.execute(sql: sql) }
      }
      try file.close()
      let store = try AnswerStore(folder, clock, limits: CacheLimits(memoryEntries: 0))
      for number in 0..<12 {
        let asked = try Samples.question("q", Samples.vector(UInt64(number)))
        let found = await Self.found(store, asked, atLeast: Score(millionths: 990_000))
        #expect(found == (number < 7 ? [] : ["\(number)"]), "row \(number + 1)")
      }
      await store.close()
    }
  }

  @Test func `memory is bounded, and the file has the rest`() async throws {
    try await Samples.inFolder { folder in
      let limits = CacheLimits(similarBytes: 40_000, similarEntries: 50)
      let store = try AnswerStore(folder, StandingClock(), limits: limits)
      for tenant in 0..<40 {
        for number in 0..<20 {
          let question = try Samples.question(
            "q\(number)", Samples.vector(UInt64(number)), tenant: "\(tenant)")
          // Asked for first, as a request does.
          _ = await store.near(question, atLeast: Self.half)
          store.keep(Samples.answer("a"), for: question, since: store.ticket())
        }
        #expect(store.memory.similar.size.bytes <= 40_000)
      }
      await store.flush()
      for tenant in 0..<40 {
        let asked = try Samples.question("q", Samples.vector(7), tenant: "\(tenant)")
        #expect(await Self.found(store, asked, atLeast: Score(millionths: 999_000)).count == 1)
      }
      await store.close()
    }
  }

  @Test func `a hundred thousand same prompts of two tenants are no hit across`() async throws {
    let store = AnswerStore(
      limits: CacheLimits(memoryBytes: 1 << 30, memoryEntries: 200_000),
      clock: { Timestamp(milliseconds: 0) })
    let answer = Samples.answer("a")
    let numbers = (0..<100).map { Samples.vector(UInt64($0), dimension: 8) }
    var (across, own) = (0, 0)
    for number in 0..<100_000 {
      // A thousand partitions of a hundred questions for each tenant.
      let (system, text) = ("system \(number / 100)", "question \(number)")
      let vector = numbers[number % 100]
      let mine = try Samples.question(text, vector, tenant: "acme", system: system)
      store.keep(answer, for: mine, since: store.ticket())
      let theirs = try Samples.question(text, vector, tenant: "other", system: system)
      let found = await store.near(theirs, atLeast: Score(millionths: 0))
      if !found.candidates.isEmpty || found.nearest != nil { across += 1 }
      guard number.isMultiple(of: 100) else { continue }
      own += await Self.found(store, mine, atLeast: Score(millionths: 999_000)).count
    }
    SharedData.say(
      "similar cache: 100000 prompts of two tenants, \(across) hits across, "
        + "\(own) of 1000 of their own")
    #expect(across == 0)
    #expect(own == 1000)
  }

  // MARK: Processes that die

  @Test func `a process killed in the middle of writing leaves whole questions`() async throws {
    try await Samples.inFolder { folder in
      let path = folder.appending(path: "test.cache").path
      for _ in 0..<3 {
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
          try await Self.writeAndDie(path)
        }
      }
      let notices = Notices()
      let store = try AnswerStore(
        folder, StandingClock(), limits: CacheLimits(memoryEntries: 0), notices: notices)
      #expect(notices.all == [])
      for number in 0..<200 {
        let asked = try Samples.question("q", Samples.vector(UInt64(number)))
        let found = await Self.found(store, asked, atLeast: Score(millionths: 999_000))
        #expect(found == ["\(number)"], "\(number) had been written")
      }
      let stats = try await store.stats()
      // Question and answer are one row's halves, whenever it ended.
      #expect(stats.questions == stats.entries && stats.entries >= 200)
      SharedData.say("killed three times: \(stats.questions) questions, each with its answer")
      await store.close()
    }
  }

  private static func writeAndDie(_ path: String) async throws {
    let store = try AnswerStore(
      path: path, clock: { Timestamp(milliseconds: 0) }, report: { _ in })
    func keep(_ number: UInt64) throws {
      store.keep(
        Samples.answer("a", number: number),
        for: try Samples.question("q\(number)", Samples.vector(number)), since: store.ticket())
    }
    for number in 0..<200 { try keep(UInt64(number)) }
    await store.flush()
    // Somewhere in the middle of what follows it ends.
    let patience = UInt32.random(in: 0..<200_000)
    Thread {
      usleep(patience)
      kill(getpid(), SIGKILL)
    }.start()
    for number in 200... {
      try keep(UInt64(number))
      if number.isMultiple(of: 20) { await store.flush() }
    }
  }
}
