import PolicyUnits
import RoutingTestSupport
import Testing
import TrafficAudit
import TrafficLog

@Suite struct `What changed between two times` {
  private static let start: Int64 = 1_794_182_400_000
  private static let week: Int64 = 7 * 86_400_000

  /// A week of four tasks of five tenants, each with its prompt.
  private static func week(_ random: inout SplitMix, rows: Int = 400) -> [MadeRow] {
    let models = ["small", "middle", "large"]
    return (0..<rows).map { number in
      var row = MadeRow(time: start + week * Int64(number) / Int64(rows))
      row.task = "task\(random.next() % 4)"
      row.tenant = "tenant\(random.next() % 5)"
      row.model = models[Int(random.next() % 3)]
      row.input = 200 + Int64(random.next() % 800)
      row.cached = Int64(random.next() % 100)
      row.output = 10 + Int64(random.next() % 300)
      row.prompt = "prompt-" + (row.task ?? "")
      row.policy = "p1"
      row.cost = MadePrices.nanos(row)
      return row
    }
  }

  private static func compare(_ before: [MadeRow], _ after: [MadeRow]) throws -> AuditComparison {
    let later = after.map { row in
      var row = row
      row.time += week
      return row
    }
    let text = (before + later).map(\.line).joined(separator: "\n")
    let audited = AuditedLog(
      text, since: start + week, against: start, prices: MadePrices.catalog)
    return try #require(audited.report.comparison)
  }

  private static func nanos(_ rows: [MadeRow]) -> Int128 {
    rows.reduce(0) { $0 + Int128($1.cost ?? 0) }
  }

  /// The one cause has the whole difference, and the others have nothing, to the nano.
  private static func expectOnly(
    _ cause: AuditComparison.Cause, _ before: [MadeRow], _ after: [MadeRow],
    _ place: SourceLocation = #_sourceLocation
  ) throws {
    let change = try compare(before, after)
    let difference = nanos(after) - nanos(before)
    #expect(change.difference == difference, sourceLocation: place)
    #expect(difference != 0, sourceLocation: place)
    for part in change.parts {
      let expected = part.cause == cause ? difference : 0
      #expect(part.nanos == expected, "\(part.cause)", sourceLocation: place)
    }
  }

  private static func changed(
    _ rows: [MadeRow], _ change: (inout MadeRow) -> Void
  ) -> [MadeRow] {
    rows.map { row in
      var row = row
      change(&row)
      row.cost = MadePrices.nanos(row)
      return row
    }
  }

  @Test func `nothing, where nothing did`() throws {
    var random = SplitMix(state: 1)
    let rows = Self.week(&random)
    let change = try Self.compare(rows, rows)
    #expect(change.difference == 0)
    #expect(change.parts.allSatisfy { $0.nanos == 0 })
  }

  @Test func `twice the requests are volume alone`() throws {
    var random = SplitMix(state: 2)
    let rows = Self.week(&random)
    try Self.expectOnly(.volume, rows, rows + rows)
  }

  @Test func `a new tenant and one that left are volume alone`() throws {
    var random = SplitMix(state: 3)
    let rows = Self.week(&random)
    let after = Self.changed(rows.filter { $0.tenant != "tenant1" }) { row in
      if row.tenant == "tenant2" { row.tenant = "tenant9" }
    }
    try Self.expectOnly(.volume, rows, after)
  }

  @Test(arguments: ["refused", "failed", "lost"])
  func `requests that were given no answer are no volume and no routing`(status: String) throws {
    var random = SplitMix(state: 31)
    let rows = Self.week(&random)
    let without = rows.prefix(50).map { row in
      var row = row
      row.model = "auto"
      row.cost = 0
      row.extra = ",\"status\":\"\(status)\""
      return row
    }
    for (before, after) in [(rows, rows + without), (rows + without, rows)] {
      let change = try Self.compare(before, after)
      #expect(change.difference == 0)
      #expect(change.parts.allSatisfy { $0.nanos == 0 }, "\(change.parts)")
    }
    let paid = without.map { row in
      var row = row
      row.cost = 700
      return row
    }
    try Self.expectOnly(.besides, rows, rows + paid)
    try Self.expectOnly(.volume, [], paid)
  }

  @Test func `shadows of the same requests are beside them`() throws {
    var random = SplitMix(state: 32)
    let rows = Self.week(&random)
    let shadows = Self.changed(Array(rows.prefix(60))) { row in
      row.model = "large"
      row.extra = ",\"parent\":\"asked\""
    }
    try Self.expectOnly(.besides, rows, rows + shadows)
  }

  @Test func `the same requests to another model are routing alone`() throws {
    var random = SplitMix(state: 4)
    let rows = Self.week(&random)
    let after = Self.changed(rows) { row in
      row.model = "larger"
      row.policy = "p2"
    }
    // What was cached stays so here, as the oracle prices it.
    try Self.expectOnly(.routing, rows, after)
  }

  @Test func `a longer system prompt is the prompt alone`() throws {
    var random = SplitMix(state: 5)
    let rows = Self.week(&random)
    let after = Self.changed(rows) { row in
      guard row.task == "task1" else { return }
      row.prompt = "prompt-new"
      row.input += 1_500
    }
    try Self.expectOnly(.prompt, rows, after)
  }

  /// Half of the calls are past the step, by different lengths: no mean call stands for them.
  @Test func `a model and a prompt that are new cost what their calls' lengths cost`() throws {
    var random = SplitMix(state: 15)
    let rows = Self.changed(Self.week(&random)) { row in
      row.input = 200 + Int64(random.next() % 1_600)
      row.cached = 0
    }
    let rerouted = Self.changed(rows) { $0.model = "stepped" }
    try Self.expectOnly(.routing, rows, rerouted)
    let prompted = Self.changed(rerouted) { row in
      guard row.task == "task1" else { return }
      row.prompt = "prompt-new"
      row.input += 700
    }
    try Self.expectOnly(.prompt, rerouted, prompted)
  }

  @Test func `longer questions and answers are lengths alone`() throws {
    var random = SplitMix(state: 6)
    let rows = Self.week(&random)
    let after = Self.changed(rows) { row in
      row.input += 300
      row.output *= 2
    }
    try Self.expectOnly(.lengths, rows, after)
  }

  @Test func `dearer tokens are prices alone`() throws {
    var random = SplitMix(state: 7)
    let rows = Self.week(&random)
    let after = rows.map { row in
      var row = row
      row.cost = row.cost.map { $0 * 3 }
      return row
    }
    try Self.expectOnly(.prices, rows, after)
  }

  @Test func `a third of the most tokens, at three times the price, is told to the nano`() throws {
    // 2^40 tokens, dearer than any price: products of such leave 128 bits.
    var before = MadeRow(time: Self.start)
    before.model = "large"
    (before.input, before.cached, before.output) = (1 << 40, 0, 3_000_000_000)
    before.cost = 9_000_000_000_000_000_000
    var after = before
    (after.input, after.output) = (((1 << 40) - 1) / 3, 1_000_000_000)
    let change = try Self.compare([before], [after])
    let (old, new) = (MadePrices.picos(before), MadePrices.picos(after))
    let whole = Int128(9_000_000_000_000_000_000)
    let shorter = (whole * new * 2 / old + 1) / 2 - whole
    let parts = change.parts.filter { $0.nanos != 0 }
    #expect(parts.map(\.cause) == [.lengths, .prices])
    #expect(parts.map(\.nanos) == [shorter, -shorter])
  }

  @Test func `hits are caches alone, where each task and tenant has its share of them`() throws {
    // Of each kind of request two that are the same, of which a cache later answers one.
    var random = SplitMix(state: 8)
    let once = Self.week(&random, rows: 100)
    let rows = once + once
    let hits = once.map { row in
      var row = row
      row.isHit = true
      row.cost = 0
      return row
    }
    try Self.expectOnly(.caches, rows, once + hits)
  }

  @Test func `without prices lengths and prices are not told apart, and still add up`() throws {
    var random = SplitMix(state: 9)
    let rows = Self.week(&random)
    let after = Self.changed(rows) { $0.output *= 2 }.map { row in
      var row = row
      row.time += Self.week
      return row
    }
    let text = (rows + after).map(\.line).joined(separator: "\n")
    let change = try #require(
      AuditedLog(text, since: Self.start + Self.week, against: Self.start).report.comparison)
    let unsplit = change.parts.first { $0.cause == .unsplit }
    #expect(unsplit?.nanos == Self.nanos(after) - Self.nanos(rows))
  }

  @Test func `everything at once adds up to the nano, in every one of 200 logs`() throws {
    let seed: UInt64 = 20_261_122
    var random = SplitMix(state: seed)
    var causes: [AuditComparison.Cause: Int] = [:]
    for round in 0..<200 {
      let before = Self.anything(&random)
      let after = Self.anything(&random)
      let change = try Self.compare(before, after)
      let sum = change.parts.reduce(Int128(0)) { $0 + $1.nanos }
      #expect(change.before == Self.nanos(before), "round \(round)")
      #expect(change.after == Self.nanos(after), "round \(round)")
      #expect(sum == change.difference, "round \(round)")
      for part in change.parts where part.nanos != 0 { causes[part.cause, default: 0] += 1 }
    }
    SharedData.say("attributions: seed \(seed), 200 logs, causes met: \(causes.count)")
    // Its rows list no calls, so none stand beside those that answered.
    let met = Set(causes.keys)
    #expect(met == Set(AuditComparison.Cause.allCases).subtracting([.besides]))
  }

  /// Rows of any model, price, prompt and outcome.
  private static func anything(_ random: inout SplitMix) -> [MadeRow] {
    let models = ["small", "middle", "large", "larger", "fifth", "unheard-of"]
    let count = 1 + Int(random.next() % 60)
    return (0..<count).map { _ in
      var row = MadeRow(time: start + Int64(random.next() % UInt64(week)))
      row.task = random.next() % 4 == 0 ? nil : "task\(random.next() % 3)"
      row.tenant = "tenant\(random.next() % 2)"
      row.model = models[Int(random.next() % 6)]
      row.input = Int64(random.next() % 5_000)
      row.cached = row.input / Int64(1 + random.next() % 4)
      row.output = Int64(random.next() % 900)
      row.prompt = random.next() % 3 == 0 ? nil : "prompt\(random.next() % 4)"
      row.cost = MadePrices.nanos(row) + Int64(random.next() % 3)
      if random.next() % 5 == 0 {
        row.isHit = true
        row.cost = Int64(random.next() % 100)
      }
      return row
    }
  }
}

@Suite struct `Logs that claim anything` {
  @Test func `are audited and compared without an end of the program`() throws {
    let seed: UInt64 = 80
    var random = SplitMix(state: seed)
    let large: [Int64] = [0, 1, 999, 1 << 20, 1 << 39, 1 << 40]
    for _ in 0..<300 {
      let lines = (0..<12).map { _ in
        var row = MadeRow(time: 1_794_182_400_000 + Int64(random.next() % 4) * 86_400_000)
        row.model = ["small", "larger", "m"][Int(random.next() % 3)]
        row.input = large[Int(random.next() % 6)]
        row.output = large[Int(random.next() % 6)]
        row.cost = [nil, 0, 1, .max, .max - 1][Int(random.next() % 5)]
        row.prompt = "p\(random.next() % 3)"
        row.isHit = random.next() % 5 == 0
        return row.line
      }
      let report = AuditedLog(
        lines.joined(separator: "\n"), since: 1_794_182_400_000 + 2 * 86_400_000,
        against: 1_794_182_400_000, prices: MadePrices.catalog
      ).report
      let change = try #require(report.comparison)
      #expect(change.parts.reduce(Int128(0)) { $0 &+ $1.nanos } == change.difference)
    }
  }
}
