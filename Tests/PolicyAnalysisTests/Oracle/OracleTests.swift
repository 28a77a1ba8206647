import Testing

/// The analysis and brute force agree on generated small policies.
///
/// What the analysis calls empty has no request in it, always. What it calls not empty has one,
/// unless the policy reads something whose ties are known to be incomplete, which is counted.
@Suite struct `Analysis and brute force` {
  static let seeds: [UInt64] = (1...8).map { 0x0bac_0000 + $0 }
  static let policiesPerSeed = 140
  static let mostRequests = 700

  @Test func `agree on more than a thousand policies`() async throws {
    let runs = try await withThrowingTaskGroup(of: OracleRun.self) { group in
      for seed in Self.seeds {
        group.addTask {
          try OracleRun(
            seed: seed, policies: Self.policiesPerSeed, mostRequests: Self.mostRequests)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let policies = runs.reduce(0) { $0 + $1.policies }
    let requests = runs.reduce(0) { $0 + $1.requests }
    let large = runs.reduce(0) { $0 + $1.tooLarge }
    print("\(policies) policies, \(requests) requests, seeds from 0x0bac0001; \(large) more are")
    print("too large for brute force")
    print(Self.questions(runs))
    print(Self.table(runs.map(\.gaps), "policies brute force may not be complete for"))
    print(Self.table(runs.map(\.table), "what the policies are written with"))
    #expect(policies >= 1_000)
    for fault in runs.flatMap(\.faults).prefix(4) { Issue.record("\(fault)") }
  }

  private static func questions(_ runs: [OracleRun]) -> String {
    Set(runs.flatMap(\.counts.keys)).sorted().map { kind in
      let counts = runs.compactMap { $0.counts[kind] }
      let (empty, found, open) = counts.reduce((0, 0, 0)) {
        ($0.0 + $1.empty, $0.1 + $1.found, $0.2 + $1.unconfirmed)
      }
      return "  \(kind): \(empty) empty, \(found) found, \(open) not confirmed"
    }.joined(separator: "\n")
  }

  private static func table(_ counts: [[String: Int]], _ title: String) -> String {
    let all = counts.reduce(into: [:]) { $0.merge($1) { $0 + $1 } }
    return title + ":\n"
      + all.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }.joined(separator: "\n")
  }
}
