import PolicySemantics
import PolicyUnits
import RoutingTestSupport
import Testing
import TrafficAudit
import TrafficLog

@Suite struct `An audit` {
  private static let start: Int64 = 1_794_182_400_000

  private static func some(_ random: inout SplitMix, rows: Int) -> [MadeRow] {
    let models = ["small", "middle", "large", "unheard-of"]
    return (0..<rows).map { number in
      var row = MadeRow(time: start + Int64(number) * 90_000)
      row.task = random.next() % 5 == 0 ? nil : "task\(random.next() % 4)"
      row.tenant = "tenant\(random.next() % 7)"
      row.route = "route\(random.next() % 3)"
      row.model = models[Int(random.next() % 4)]
      row.input = Int64(random.next() % 4_000)
      row.cached = row.input / 3
      row.output = Int64(random.next() % 500)
      row.body = "body\(random.next() % 60)"
      if random.next() % 3 > 0 { row.cost = Int64(random.next() % 40_000_000) }
      if random.next() % 9 == 0 {
        row.isHit = true
        row.cost = nil
      }
      return row
    }
  }

  /// What a row costs by the oracle: the log's cost, nothing for a hit, the tokens' at the catalog's prices.
  private static func cost(_ row: MadeRow) -> Int64? {
    if let cost = row.cost { return cost }
    if row.isHit { return 0 }
    return MadePrices.picos[row.model] == nil ? nil : MadePrices.nanos(row)
  }

  private struct Sum: Equatable {
    var requests: Int64 = 0
    var cost: Int128 = 0
    var unpriced: Int64 = 0
  }

  private static func sums(
    _ rows: [MadeRow], by name: (MadeRow) -> String
  ) -> [String: Sum] {
    var found: [String: Sum] = [:]
    for row in rows {
      var sum = found[name(row)] ?? Sum()
      sum.requests += 1
      if let cost = cost(row) { sum.cost += Int128(cost) } else { sum.unpriced += 1 }
      found[name(row)] = sum
    }
    return found
  }

  private static func sums(_ groups: [AuditGroup]) -> [String: Sum] {
    var found: [String: Sum] = [:]
    for group in groups {
      let name = group.names.map { $0 ?? "-" }.joined(separator: "|")
      found[name] = Sum(
        requests: group.sum.requests, cost: group.sum.cost, unpriced: group.sum.unpriced)
    }
    return found
  }

  @Test func `adds up as the rows one by one do, to the nano, by every name`() {
    let seed: UInt64 = 77
    var random = SplitMix(state: seed)
    for round in 0..<20 {
      let rows = Self.some(&random, rows: 300)
      let text = rows.map(\.line).joined(separator: "\n")
      let report = AuditedLog(
        text, by: [.task, .model, .route, .tenant], prices: MadePrices.catalog
      ).report
      let all = Self.sums(rows) { _ in "all" }["all"]
      #expect(report.total.requests == all?.requests)
      #expect(report.total.cost == all?.cost, "round \(round)")
      #expect(report.total.unpriced == all?.unpriced, "round \(round)")
      let groups = Self.sums(rows) { row in
        "\(row.task ?? "-")|\(row.model)|\(row.route ?? "-")|\(row.tenant ?? "-")"
      }
      #expect(Self.sums(report.groups) == groups, "round \(round)")
      #expect(Self.sums(report.groups(of: .task)) == Self.sums(rows) { $0.task ?? "-" })
      #expect(Self.sums(report.groups(of: .model)) == Self.sums(rows) { $0.model })
      #expect(Self.sums(report.groups(of: .tenant)) == Self.sums(rows) { $0.tenant ?? "-" })
      #expect(Self.sums(report.groups(of: .route)) == Self.sums(rows) { $0.route ?? "-" })
      let days = report.groups(of: .day).reduce(Int128(0)) { $0 + $1.sum.cost }
      let byModel = report.daysByModel.reduce(Int128(0)) { $0 + $1.costs.reduce(0, +) }
      #expect(days == report.total.cost && byModel == report.total.cost)
      #expect(report.curve.last?.cost == report.total.cost)
    }
    SharedData.say("audits held against sums of their rows: seed \(seed), 20 logs of 300")
  }

  @Test func `finds the repeats a cache would have answered`() {
    let seed: UInt64 = 78
    var random = SplitMix(state: seed)
    let rows = Self.some(&random, rows: 600)
    let report = AuditedLog(
      rows.map(\.line).joined(separator: "\n"), prices: MadePrices.catalog
    ).report
    var hour: [String: Int64] = [:]
    var day: [String: Int64] = [:]
    var seen: Set<String> = []
    var expected: (ever: Sum, hour: Sum, day: Sum) = (Sum(), Sum(), Sum())
    for row in rows where !row.isHit {
      let key = "\(row.tenant ?? "") \(row.body ?? "")"
      let second = row.time / 1000
      let cost = Int128(Self.cost(row) ?? 0)
      if !seen.insert(key).inserted {
        expected.ever.requests += 1
        expected.ever.cost += cost
      }
      if let kept = hour[key], second - kept < 3_600 {
        expected.hour.requests += 1
        expected.hour.cost += cost
      } else {
        hour[key] = second
      }
      if let kept = day[key], second - kept < 86_400 {
        expected.day.requests += 1
        expected.day.cost += cost
      } else {
        day[key] = second
      }
    }
    let repeats = report.repeats
    #expect(repeats.sampling == 1 && expected.hour.requests > 0)
    #expect(repeats.ever.requests == expected.ever.requests)
    #expect(repeats.ever.cost == expected.ever.cost)
    #expect(repeats.hour.requests == expected.hour.requests)
    #expect(repeats.hour.cost == expected.hour.cost)
    #expect(repeats.day.requests == expected.day.requests)
    #expect(repeats.day.cost == expected.day.cost)
    let routes = repeats.routes.reduce(Int64(0)) { $0 + $1.day.requests }
    #expect(routes == repeats.day.requests)
  }

  @Test func `counts what nobody knows and never as nothing`() {
    let report = AuditedLog(
      """
      {"time":1794182400,"model":"small"}
      {"time":1794182401,"model":"unheard-of","input_tokens":5,"output_tokens":5}
      {"time":1794182402,"model":"small","cost_nanos":7}
      {"time":1794182403,"model":"small","cost_nanos":9,"currency":"EUR"}
      {"time":1794182404,"model":"small","cache":"hit"}
      """, prices: MadePrices.catalog
    ).report
    #expect(report.total.requests == 4)
    #expect(report.total.cost == 7)
    #expect(report.total.unpriced == 2)
    #expect(report.total.uncounted == 2)
    #expect(report.total.hits == 1)
    #expect(report.otherCurrency == 1)
  }

  @Test func `finds answers that were cut or refused, and what they cost`() {
    let row = #"{"time":1794182400,"model":"small","cost_nanos":10,"#
    let report = AuditedLog(
      [
        #""finish_reason":"length"}"#, #""finish_reason":"stop"}"#,
        #""finish_reason":"content_filter"}"#, #""output_tokens":64,"max_tokens":64}"#,
        #""output_tokens":63,"max_tokens":64}"#, #""output_tokens":64}"#,
      ].map { row + $0 }.joined(separator: "\n")
    ).report
    #expect(report.truncated.requests == 2 && report.truncated.cost == 20)
    #expect(report.refused.requests == 1 && report.refused.cost == 10)
    #expect(report.unknownEndings == 1)
  }

  @Test(arguments: [
    // Together as long as each may be, so many times: all were cut. Shorter than one may be: none.
    (#""n":3,"output_tokens":192,"max_tokens":64"#, "cut"),
    (#""n":3,"output_tokens":63,"max_tokens":64"#, "whole"),
    // In between one may have been.
    (#""n":3,"output_tokens":64,"max_tokens":64"#, "unknown"),
    (#""n":3,"output_tokens":191,"max_tokens":64"#, "unknown"),
    // Where the log says how they ended, nothing is reckoned.
    (#""n":3,"output_tokens":192,"max_tokens":64,"finish_reason":"stop""#, "whole"),
    (#""n":3,"output_tokens":10,"max_tokens":64,"finish_reason":"length""#, "cut"),
    (#""n":3.0,"output_tokens":192,"max_tokens":64"#, "cut"),
    (#""n":3.0,"output_tokens":64,"max_tokens":64"#, "unknown"),
    // No number of answers is one.
    (#""n":"3","output_tokens":64,"max_tokens":64"#, "cut"),
    (#""n":200,"output_tokens":63,"max_tokens":64"#, "whole"),
  ])
  func `holds the tokens of several answers against the cap of as many`(
    said: String, ending: String
  ) {
    let report = AuditedLog(#"{"time":1794182400,"model":"small",\#(said)}"#).report
    #expect(report.truncated.requests == (ending == "cut" ? 1 : 0))
    #expect(report.unknownEndings == (ending == "unknown" ? 1 : 0))
  }

  @Test func `counts rows whose n is no number of answers`() {
    let rows = [#""3""#, "3.0", "200", "0", "-1", "null", "1", "128", "true", "[2]"].map {
      #"{"time":1794182400,"model":"small","n":\#($0)}"#
    }
    #expect(AuditedLog(rows.joined(separator: "\n")).log.misreadChoices == 6)
  }

  @Test func `adds up more money than one amount holds, and counts no row that costs more`() {
    let rows = [
      #""cost_nanos":9223372036854775807"#, #""cost_nanos":9223372036854775807"#,
      // 2^40 tokens of a model that takes $1 for each: no amount.
      #""input_tokens":1099511627776,"output_tokens":0"#,
    ].map { #"{"time":1794182400,"model":"dear",\#($0)}"# }
    let dear = AuditPrices.Model(
      name: "dear",
      prices: ModelPrices(
        input: Price(picosPerToken: 1_000_000_000_000), output: Price(picosPerToken: 0)))
    let prices = AuditPrices(models: [dear], aliases: [:], currency: "USD")
    let report = AuditedLog(rows.joined(separator: "\n"), prices: prices).report
    #expect(report.total.cost == 2 * Int128(Int64.max))
    #expect(report.tooDear == 1 && report.total.unpriced == 1 && report.pricedByCatalog == 0)
  }

  @Test func `takes the time that was asked for, and as much before it`() throws {
    let rows = (0..<40).map { MadeRow(time: Self.start + Int64($0) * 1000, cost: 10) }
    let text = rows.map(\.line).joined(separator: "\n")
    let since = AuditedLog(text, since: Self.start + 30_000).report
    #expect(since.total.requests == 10 && since.outside == 30)
    let both = AuditedLog(text, since: Self.start + 15_000, against: Self.start + 5_000).report
    let change = try #require(both.comparison)
    #expect(both.total.requests == 10 && both.outside == 20)
    #expect(change.requestsBefore == 10 && change.requestsAfter == 10)
    #expect(change.before == 100 && change.after == 100)
  }
}

@Suite struct `Texts of a log` {
  private static func line(_ number: Int, _ system: String, _ question: String) -> String {
    #"{"time":\#(1_794_182_400 + number * 20),"tenant":"t","model":"large","input_tokens":400,"#
      + #""output_tokens":50,"messages":[{"role":"system","content":"\#(system)"},"#
      + #"{"role":"user","content":"\#(question)"}]}"#
  }

  private static func words(_ count: Int, _ random: inout SplitMix) -> [String] {
    (0..<count).map { _ in "word\(random.next() % 5_000)" }
  }

  @Test func `show questions that are nearly the same, and call none so that are not`() {
    let seed: UInt64 = 79
    var random = SplitMix(state: seed)
    var lines: [String] = []
    var near = 0
    for number in 0..<300 {
      var question = Self.words(120, &random)
      lines.append(Self.line(number * 2, "s", question.joined(separator: " ")))
      if number % 3 == 0 {
        // One word of 120 is another: 3 of about 118 runs of three words, so 0.95 are common.
        question[Int(random.next() % 120)] = "changed"
        near += 1
      } else {
        // A third of the words are others: hardly a run is common.
        for place in stride(from: 0, to: 120, by: 3) { question[place] = "changed\(place)" }
      }
      lines.append(Self.line(number * 2 + 1, "s", question.joined(separator: " ")))
    }
    let report = AuditedLog(lines.joined(separator: "\n"), prices: MadePrices.catalog).report
    let found = report.near?.near ?? 0
    SharedData.say("near questions: seed \(seed), \(found) of \(near) found")
    #expect(report.near?.compared == 600)
    #expect(report.repeats.ever.requests == 0)
    #expect(found <= near && found >= near * 9 / 10)
  }

  @Test func `leave a question after other answers to itself`() {
    let turn = #"{"time":1794182400,"model":"m","messages":[{"role":"user","content":"a b c"},"#
    let lines = (0..<2).map { number in
      turn + #"{"role":"assistant","content":"\#(number)"},{"role":"user","content":"and then?"}]}"#
    }
    let report = AuditedLog(lines.joined(separator: "\n")).report
    #expect(report.near == nil)
  }

  @Test func `show system prompts that come again, how long they are and what they cost`() throws {
    let system = (0..<100).map { "rule\($0)" }.joined(separator: " ")
    let lines = (0..<10).map { Self.line($0, system, "question number \($0)") }
    let report = AuditedLog(lines.joined(separator: "\n"), prices: MadePrices.catalog).report
    let prompt = try #require(report.prompts.first)
    #expect(report.prompts.count == 1 && prompt.times == 10)
    #expect(prompt.tokens.lowerBound >= 100 && prompt.tokens.upperBound <= 400)
    let cost = try #require(prompt.cost)
    // Nobody says how much was cached: all of it at least, at half the price.
    #expect(cost.lowerBound == Int128(prompt.tokens.lowerBound) * 10 * 1_250)
    #expect(cost.upperBound == Int128(prompt.tokens.upperBound) * 10 * 2_500)
  }
}
