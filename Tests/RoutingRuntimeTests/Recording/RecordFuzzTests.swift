import Foundation
import PolicyExplain
import PolicyGraph
import PolicySource
import RoutingRuntime
import Testing

@Suite struct `Bytes that are no record` {
  static let rounds =
    ProcessInfo.processInfo.environment["RECORDED_MUTATIONS"].flatMap(Int.init) ?? 5_000

  /// Whatever the bytes: an error that says what is wrong, or values that can be decided and
  /// explained.
  @Test func `never end the process`() throws {
    let seed: UInt64 = 0xF022
    var random = SeededGenerator(seed: seed)
    var counts = (read: 0, refused: 0)
    for round in 0..<(Self.rounds / 100) {
      var written = RecordedPolicyGenerator(seed: seed &+ UInt64(round))
      let policy = try TestPolicy(written.policy())
      var requests = RecordedRequestGenerator(random: written.random, policy: policy.policy)
      let input = requests.request()
      let bytes = try policy.decider.record(policy.decider.decide(input), of: input)
      let explainer = Explainer(graph: policy.decider.graph, policyPath: "policy.rung")
      for _ in 0..<100 {
        let mutated = mutate(bytes, &random)
        do throws(RecordProblem) {
          let request = try RecordedRequest(mutated, for: policy.decider)
          let (decision, explanation) = explainer.explain(request, by: policy.decider)
          #expect(!ExplanationText(explanation, showingAll: true).text.isEmpty)
          _ = decision.mark
          counts.read += 1
        } catch {
          #expect(!error.description.isEmpty)
          counts.refused += 1
        }
      }
    }
    print("seed \(seed): \(counts.read) read, \(counts.refused) refused")
    #expect(counts.read > Self.rounds / 20 && counts.refused > Self.rounds / 20)
  }

  @Test func `that end early are refused at every length`() throws {
    var written = RecordedPolicyGenerator(seed: 5)
    let policy = try TestPolicy(written.policy())
    var requests = RecordedRequestGenerator(random: written.random, policy: policy.policy)
    let input = requests.request()
    let bytes = try policy.decider.record(policy.decider.decide(input), of: input)
    for length in bytes.indices {
      #expect(throws: RecordProblem.self) {
        _ = try RecordedRequest(Array(bytes[..<length]), for: policy.decider)
      }
    }
  }

  /// Behind the mark of the policy, which would refuse all else at once.
  private func mutate(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let at = Int.random(in: 9..<bytes.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: at)
      case 3 where bytes.count > 12: bytes.remove(at: at)
      case 4:
        // The largest number a byte string can spell.
        bytes.replaceSubrange(at...at, with: Array(repeating: 0xFF, count: 9) + [0x01])
      default: bytes[at] = bytes[at] &+ 1
      }
    }
    return bytes
  }
}
