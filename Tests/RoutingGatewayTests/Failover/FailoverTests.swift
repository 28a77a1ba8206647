import StandInProvider
import Synchronization
import Testing

/// failoverbench's scenarios through the real gateway, over sockets on both sides.
@Suite(.serialized) struct `failoverbench's sixteen scenarios` {
  @Test(arguments: [false, true])
  func `all pass`(streams: Bool) async throws {
    #expect(Scenario.sixteen.count == 16 && Set(Scenario.sixteen.map(\.name)).count == 16)
    let verdicts = Mutex<[String: String]>([:])
    var passed = 0
    // Four at a time: most of them wait.
    var again = 0
    try await withThrowingTaskGroup(of: (Scenario, SecondChance<Judgement>).self) { group in
      for (index, scenario) in Scenario.sixteen.enumerated() {
        if index >= 4, let (scenario, tried) = try await group.next() {
          passed += report(scenario, tried.outcome, to: verdicts)
          again += tried.isFirst ? 0 : 1
        }
        group.addTask {
          let tried = try await SecondChance.of {
            try await Self.judge(scenario, streams: streams)
          } isRight: {
            $0.verdict == .pass
          }
          return (scenario, tried)
        }
      }
      for try await (scenario, tried) in group {
        passed += report(scenario, tried.outcome, to: verdicts)
        again += tried.isFirst ? 0 : 1
      }
    }
    if again > 0 { print("\(again) scenarios were tried again") }
    #expect(again <= 2)
    let lines = verdicts.withLock { $0.sorted { $0.key < $1.key }.map(\.value) }
    print("failoverbench, \(streams ? "streamed" : "plain"): \(passed) of 16 pass")
    for line in lines { print("  \(line)") }
  }

  private func report(
    _ scenario: Scenario, _ judgement: Judgement, to lines: borrowing Mutex<[String: String]>
  ) -> Int {
    let line =
      "\(scenario.name) \(judgement.verdict.rawValue) \(scenario.title): \(judgement.facts)"
    lines.withLock { $0[scenario.name] = line }
    #expect(judgement.verdict == .pass, "\(line)")
    return judgement.verdict == .pass ? 1 : 0
  }

  private static func judge(_ scenario: Scenario, streams: Bool) async throws -> Judgement {
    var judgement: Judgement?
    try await GatewayGround.with(
      scenario.policy, script: Script(rules: scenario.rules), catalog: catalog
    ) { ground in
      judgement = try await scenario.judge(Trial(ground: ground, streams: streams))
    }
    return judgement ?? Judgement(FailoverExchange(), "", [(false, else: .fail, "a judgement")])
  }

  /// With one more model than a gateway's tests usually have.
  private static func catalog(_ address: String) -> String {
    let models = """
        spare:
          provider: one
          window: 128k
          max_output: 4k
          capabilities: [streaming]
          tokenizer: qwen
          prices: {input: 0.50, output: 1.50, date: 2026-11-21, source: test}
      embedders:
      """
    return GatewayGround.catalog(at: address)
      .replacing("embedders:", with: models)
  }
}
