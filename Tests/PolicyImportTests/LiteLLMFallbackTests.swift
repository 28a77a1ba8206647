import PolicyImport
import PolicySemantics
import RoutingTestSupport
import Testing

@Suite struct `Fallbacks of LiteLLM` {
  /// Chains of groups as its documentation has them, independent of the importer.
  private struct Chains {
    var plain: [Int: [Int]] = [:]
    var common: [Int]?
    var tooLong: [Int: [Int]]?
    var filtered: [Int: [Int]]?

    /// The groups a request goes through where every call fails like this.
    func asked(from group: Int, failing failure: CallFailure) -> [Int] {
      var asked: [Int] = []
      ask(group, failure, depth: 0, &asked)
      return asked
    }

    private func ask(_ group: Int, _ failure: CallFailure, depth: Int, _ asked: inout [Int]) {
      guard !asked.contains(group) else { return }
      asked.append(group)
      guard depth < 5 else { return }
      for next in followers(of: group, failure) { ask(next, failure, depth: depth + 1, &asked) }
    }

    /// A list for one failure is the only one it looks into, once there is such a list at all.
    private func followers(of group: Int, _ failure: CallFailure) -> [Int] {
      if failure == .tooLong, let tooLong { return tooLong[group] ?? [] }
      if failure == .filtered, let filtered { return filtered[group] ?? [] }
      return plain[group] ?? common ?? []
    }
  }

  @Test func `of the router hold, and the same list elsewhere is named`() throws {
    var text = ""
    for name in ["a", "b", "c"] {
      text +=
        "  - {model_name: \(name), litellm_params: {model: openai/\(name), api_key: os.environ/K}}\n"
    }
    let ask = try ImportedAsk(
      .litellm,
      """
      model_list:
      \(text)
      litellm_settings:
        fallbacks: [{a: [b]}]
      router_settings:
        fallbacks: [{a: [c]}, {a: [b]}]
      """)
    let asked = try #require(ask.imported.policy)
    #expect(asked.contains("fallback") && asked.contains(" c"))
    let left = ask.imported.findings.filter { $0.kind == .leftOut && $0.what.contains("fallbacks") }
    #expect(left.map(\.line) == [7, 9])
    #expect(ask.imported.extent != .whole)
  }

  @Test(arguments: [UInt64(3), 77, 20_261_122])
  func `are asked in the order its documentation says`(seed: UInt64) throws {
    print("fallbacks, seed \(seed)")
    var random = SplitMix(state: seed)
    var compared = 0
    for _ in 0..<40 {
      let count = Int.random(in: 2...7, using: &random)
      let chains = Self.chains(of: count, &random)
      let ask = try ImportedAsk(.litellm, Self.yaml(chains, count))
      for group in 0..<count {
        let decision = try ask.decide("group-\(group)")
        for failure in CallFailure.allCases {
          let asked = try ask.asked(decision, failing: failure)
          let expected = chains.asked(from: group, failing: failure).map { "group-\($0)" }
          #expect(asked == expected, "\(failure)\n\(Self.yaml(chains, count))")
          compared += 1
        }
      }
    }
    print("\(compared) chains compared")
    #expect(compared > 400)
  }

  private static func chains(of count: Int, _ random: inout SplitMix) -> Chains {
    func map(_ random: inout SplitMix) -> [Int: [Int]] {
      var map: [Int: [Int]] = [:]
      for group in 0..<count where Bool.random(using: &random) {
        let others = (0..<count).filter { $0 != group }.shuffled(using: &random)
        map[group] = Array(others.prefix(Int.random(in: 1...3, using: &random)))
      }
      return map
    }
    var chains = Chains(plain: map(&random))
    if Int.random(in: 0..<3, using: &random) == 0 { chains.common = [count - 1] }
    if Bool.random(using: &random) { chains.tooLong = map(&random) }
    if Bool.random(using: &random) { chains.filtered = map(&random) }
    return chains
  }

  private static func yaml(_ chains: Chains, _ count: Int) -> String {
    var text = "model_list:\n"
    for group in 0..<count {
      text += """
          - model_name: group-\(group)
            litellm_params: {model: openai/m\(group), api_key: os.environ/KEY_\(group)}

        """
    }
    func list(_ map: [Int: [Int]]) -> String {
      let entries = map.sorted { $0.key < $1.key }.map { group, next in
        "{group-\(group): [\(next.map { "group-\($0)" }.joined(separator: ", "))]}"
      }
      return "[\(entries.joined(separator: ", "))]"
    }
    text += "router_settings:\n  num_retries: 0\n  fallbacks: \(list(chains.plain))\n"
    if let common = chains.common {
      text += "  default_fallbacks: [\(common.map { "group-\($0)" }.joined(separator: ", "))]\n"
    }
    if let map = chains.tooLong { text += "  context_window_fallbacks: \(list(map))\n" }
    if let map = chains.filtered { text += "  content_policy_fallbacks: \(list(map))\n" }
    return text
  }
}
