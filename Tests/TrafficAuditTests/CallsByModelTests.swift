import PolicyUnits
import RoutingTestSupport
import Testing
import TrafficAudit

@Suite struct `The money of a ledger by model` {
  /// A ladder of three: rejected twice, a judge asked, accepted at last.
  private static let climbed = MadeRow(
    time: 1_794_182_400, task: "t", model: "large", cost: 111_500
  ).calling([
    MadeCall(model: "small", verdict: "rejected", ladder: ("l", 1), cost: 1_000),
    MadeCall(model: "fifth", role: "judge", output: 1, cost: 500),
    MadeCall(model: "middle", verdict: "rejected", ladder: ("l", 2), cost: 10_000),
    MadeCall(model: "large", ladder: ("l", 3), cost: 100_000),
  ])

  private static func group(_ groups: [AuditGroup], _ name: String) throws -> AuditSum {
    let group = try #require(groups.first { $0.names.contains(name) })
    return group.sum
  }

  @Test func `is each call's on the model it was made to`() throws {
    let report = AuditedLog(Self.climbed.line, prices: MadePrices.catalog).report
    for groups in [report.groups(of: .model), report.groups] {
      let costs = ["small": 1_000, "fifth": 500, "middle": 10_000, "large": 100_000]
      for (name, cost) in costs {
        let sum = try Self.group(groups, name)
        #expect(sum.cost == Int128(cost), "\(name)")
        #expect(sum.calls == 1 && sum.requests == (name == "large" ? 1 : 0), "\(name)")
        #expect(sum.tokens.input == 100, "\(name)")
      }
      #expect(groups.count == 4)
    }
    #expect(report.total.requests == 1 && report.total.calls == 4)
    #expect(report.total.tokens == TokenSum(input: 400, output: 61))
    #expect(report.daysByModel.map { $0.costs.reduce(0, +) } == [100_000, 10_000, 1_000, 500])
    // All input of all calls: of small, fifth, middle and large 100 tokens each.
    let input: Int128 = (10_000 + 400_000 + 100_000 + 2_500_000) * 100 / 1_000
    #expect(report.inputCost == input)
  }

  @Test func `is of the model that answered where no call says it`() throws {
    // The row is dearer than its calls, then cheaper than they are.
    for (bill, small, large) in [(Int64(5_000), Int128(1_000), Int128(4_000)), (700, 700, 0)] {
      let row = MadeRow(time: 1_794_182_400, model: "large", cost: bill).calling([
        MadeCall(model: "small", verdict: "rejected", ladder: ("l", 1), cost: 1_000),
        MadeCall(model: "large", ladder: ("l", 2), cost: 2_000),
      ])
      let report = AuditedLog(row.line).report
      #expect(try Self.group(report.groups(of: .model), "small").cost == small)
      #expect(try Self.group(report.groups(of: .model), "large").cost == large)
    }
  }

  @Test func `counts no step that was skipped, and no call of a refused request`() {
    var refused = MadeRow(time: 1_794_182_400, model: "large", cost: 0)
    refused.extra = #","status":"refused""#
    let skipped = MadeRow(time: 1_794_182_400, model: "large", cost: 7).calling([
      MadeCall(model: "small", verdict: "dropped", isSent: false, countsTokens: false, cost: 0),
      MadeCall(model: "large", cost: 7),
    ])
    let report = AuditedLog([refused, skipped].map(\.line).joined(separator: "\n")).report
    #expect(report.total.requests == 2 && report.total.calls == 1)
    #expect(report.groups(of: .model).map(\.names) == [["large"]])
  }

  @Test func `takes no tier before it for the answer whose tokens nobody knows`() throws {
    let row = MadeRow(time: 1_794_182_400, task: "t", model: "large", cost: 101_000).calling([
      MadeCall(model: "small", verdict: "rejected", ladder: ("l", 1), cost: 1_000),
      MadeCall(model: "large", ladder: ("l", 2), countsTokens: false, cost: 100_000),
    ])
    let lines = (0..<10).map { _ in row.line }.joined(separator: "\n")
    let report = AuditedLog(lines, prices: MadePrices.catalog).report
    #expect(report.total.uncounted == 10 && report.total.tokens.input == 1_000)
    // Nothing is known of how long the large model's answers are: nothing is told of moving them.
    #expect(report.cures.allSatisfy { if case .move = $0 { false } else { true } })
  }

  @Test func `adds up to the whole exactly, whatever a ledger lists`() {
    let seed: UInt64 = 91
    var random = SplitMix(state: seed)
    let models = ["small", "middle", "large", nil, "unheard-of"]
    for round in 0..<30 {
      let rows = (0..<200).map { number -> MadeRow in
        var row = MadeRow(time: 1_794_182_400 + Int64(number) * 3_600)
        row.task = random.next() % 3 == 0 ? nil : "task\(random.next() % 3)"
        row.model = models[Int(random.next() % 3)] ?? "small"
        row.cost = random.next() % 7 == 0 ? nil : Int64(random.next() % 30_000)
        guard random.next() % 4 > 0 else { return row }
        let calls = (0..<Int(random.next() % 4)).map { _ in
          MadeCall(
            model: models[Int(random.next() % 5)],
            role: random.next() % 4 == 0 ? "judge" : "answer",
            verdict: ["accepted", "rejected", "failed"][Int(random.next() % 3)],
            isSent: random.next() % 6 > 0, countsTokens: random.next() % 6 > 0,
            cost: random.next() % 8 == 0 ? nil : Int64(random.next() % 20_000))
        }
        return row.calling(calls)
      }
      let report = AuditedLog(
        rows.map(\.line).joined(separator: "\n"), prices: MadePrices.catalog
      ).report
      for groups in [report.groups, report.groups(of: .model), report.groups(of: .task)] {
        #expect(Self.sum(groups) == Self.figures(report.total), "round \(round)")
      }
      let byDay = report.daysByModel.reduce(Int128(0)) { $0 + $1.costs.reduce(0, +) }
      #expect(byDay == report.total.cost, "round \(round)")
    }
    SharedData.say("ledgers' sums by model held against the whole: seed \(seed), 30 of 200")
  }

  private static func figures(_ sum: AuditSum) -> [Int128] {
    [
      Int128(sum.requests), Int128(sum.calls), sum.cost, Int128(sum.unpriced),
      Int128(sum.unpricedCalls), Int128(sum.tokens.input), Int128(sum.tokens.output),
      Int128(sum.uncounted),
    ]
  }

  private static func sum(_ groups: [AuditGroup]) -> [Int128] {
    groups.map { figures($0.sum) }.reduce(Array(repeating: 0, count: 8)) { sums, own in
      zip(sums, own).map(+)
    }
  }

  @Test(arguments: [(true, Int64(0)), (false, 1)])
  func `counts the tokens of a call that failed, and says where nobody knows them`(
    countsTokens: Bool, uncounted: Int64
  ) {
    var row = MadeRow(time: 1_794_182_400, model: "small", cost: 7).calling([
      MadeCall(model: "small", verdict: "failed", countsTokens: countsTokens, cost: 7)
    ])
    row.extra += #","status":"failed""#
    let total = AuditedLog(row.line).report.total
    #expect(total.uncounted == uncounted && total.tokens.input == (countsTokens ? 100 : 0))
  }

  @Test(arguments: [("answered", Int64(1)), ("failed", 0), ("refused", 0)])
  func `holds no request against its cap that got no answer`(status: String, cut: Int64) {
    var row = MadeRow(time: 1_794_182_400, model: "small", output: 20, cost: 7)
    row.extra = #","max_tokens":20,"status":"\#(status)""#
    let report = AuditedLog(row.line).report
    #expect(report.truncated.requests == cut && report.unknownEndings == 0)
  }
}
