import Foundation
import JSONWriting
import PolicyExplain
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingRuntime
import Testing

@Suite struct `A recorded request` {
  /// Pairs of a policy and a request; more where `RECORDED_PAIRS` asks for more.
  static let pairs =
    ProcessInfo.processInfo.environment["RECORDED_PAIRS"].flatMap(Int.init) ?? 1_000

  @Test func `is decided and explained as it was when it came`() throws {
    let seed: UInt64 = 0x4EC0
    var seen = Seen()
    for number in 0..<(Self.pairs / 10) {
      var written = RecordedPolicyGenerator(seed: seed &+ UInt64(number))
      let text = written.policy()
      let policy = try TestPolicy(text)
      var requests = RecordedRequestGenerator(random: written.random, policy: policy.policy)
      for _ in 0..<10 {
        let input = requests.request()
        let pair = try RecordedPair(policy, input)
        #expect(pair.difference == nil, "policy \(number) of seed \(seed):\n\(text)\n\(input)")
        seen.add(pair)
        if pair.difference != nil { return }
      }
    }
    print("seed \(seed): \(Self.pairs) pairs, \(seen)")
    #expect(seen.isEverything, "\(seen)")
  }

  /// What the pairs came to: a generator that stops reaching something proves nothing.
  struct Seen: CustomStringConvertible {
    var outcomes: [String: Int] = [:]
    var bytes: [Int] = []

    mutating func add(_ pair: RecordedPair) {
      outcomes[pair.outcome, default: 0] += 1
      if pair.decision.arm != nil { outcomes["arm", default: 0] += 1 }
      if pair.decision.arm?.hashed == .request { outcomes["arm by request", default: 0] += 1 }
      if pair.decision.plan.start > 0 { outcomes["stick", default: 0] += 1 }
      if pair.namesWord { outcomes["word", default: 0] += 1 }
      bytes.append(pair.bytes.count)
    }

    var isEverything: Bool {
      [
        "route", "refused by guard", "refused by route", "refused by budget", "emptied", "needs",
        "arm", "arm by request", "stick", "word",
      ].allSatisfy { outcomes[$0, default: 0] > 0 }
    }

    var description: String {
      let all = bytes.sorted()
      let sizes = "bytes \(all.first ?? 0), \(all[all.count / 2]), \(all.last ?? 0)"
      return outcomes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        .joined(separator: ", ") + "; \(sizes)"
    }
  }

  @Test func `holds no text of a prompt`() throws {
    let policy = try TestPolicy(
      """
      route a when prompt mentions ("refund") or question matches /zeb[a-z]+/ { use small }
      otherwise { split by request { 50% as x { use small } 50% as y { use middle } } }
      """)
    var input = try policy.request("question hello")
    input.messages = [
      .init(role: .system, text: "the marmalade system"),
      .init(role: .user, text: "a REFUND for my zebra, please"),
    ]
    let bytes = try policy.decider.record(policy.decider.decide(input), of: input)
    let text = String(decoding: bytes, as: UTF8.self)
    for word in ["marmalade", "REFUND", "refund", "zebra", "please"] {
      #expect(!text.contains(word))
    }
    let request = try RecordedRequest(bytes, for: policy.decider)
    let explainer = Explainer(graph: policy.decider.graph, policyPath: "policy.rung")
    let shown = ExplanationText(explainer.explain(request, by: policy.decider).explanation).text
    #expect(shown.contains("found \"refund\" in the prompt"))
    #expect(!shown.contains("REFUND") && !shown.contains("zebra"))
  }

  @Test func `belongs to one policy and one catalog`() throws {
    let policy = try TestPolicy("otherwise { use small }")
    let other = try TestPolicy("otherwise { use  small }")
    let input = try policy.request("question hello")
    let bytes = try policy.decider.record(policy.decider.decide(input), of: input)
    #expect(throws: RecordProblem.otherPolicy) {
      _ = try RecordedRequest(bytes, for: other.decider)
    }
    #expect(throws: RecordProblem.version(9)) {
      _ = try RecordedRequest([9] + bytes.dropFirst(), for: policy.decider)
    }
    #expect(throws: RecordProblem.trailing(bytes: 1)) {
      _ = try RecordedRequest(bytes + [0], for: policy.decider)
    }
  }
}
