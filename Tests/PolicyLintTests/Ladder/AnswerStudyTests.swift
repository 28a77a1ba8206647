import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicyWorkspace
import RoutingCatalog
import RoutingGates
import RoutingRuntime
import RoutingTestSupport
import Testing

@testable import PolicyLint

@Suite struct `What is said of gates, against answers` {
  /// Tests that get in each other's way.
  private static let tests = [
    "refusal", "json", #"answer contains "no""#, #"answer contains "not now""#,
    #"answer starts with "no""#, #"answer mentions ("now", "later")"#, #"answer mentions "later""#,
    "length < 4 chars", "length >= 4 chars", "length = 0 bytes", "length > 8 bytes",
    "length <= 2 lines", "length >= 3 tokens", "finish = stop", "finish in (stop, length)",
    "finish != stop", "answer has numbers",
  ]
  private static let pieces = [
    "", "no", "not now", "later", "{}", "12", "I'm sorry, I can't", "é", "\n", " ",
  ]
  private static let finishes: [FinishReason?] = [nil, .stop, .length, .toolCalls, .contentFilter]

  private static func condition(_ random: inout SplitMix, depth: Int) -> String {
    let kind = depth == 0 ? 0 : Int.random(in: 0..<4, using: &random)
    switch kind {
    case 1, 2:
      let word = kind == 1 ? " and " : " or "
      let parts = (0..<Int.random(in: 2...3, using: &random)).map { _ in
        condition(&random, depth: depth - 1)
      }
      return "(" + parts.joined(separator: word) + ")"
    case 3: return "not (" + condition(&random, depth: depth - 1) + ")"
    default: return tests[Int.random(in: 0..<tests.count, using: &random)]
    }
  }

  private static func policy(_ condition: String) -> CheckedPolicy? {
    let files = [
      "catalog.yaml": sampleCatalog,
      "policy.rung": """
      rung 1
      catalog "catalog.yaml"
      gate g = \(condition)
      ladder l { tier small accept g  tier medium }
      otherwise { use l }
      """,
    ]
    return PolicyLoader.load(
      path: "policy.rung", read: { files[$0].map { Array($0.utf8) } },
      catalog: { file in
        let parsed = CatalogReader.read(file)
        return (parsed.value?.vocabulary, parsed.diagnostics)
      }
    ).checked
  }

  @Test func `no answer passes a gate none should, or fails one all should`() throws {
    let seed: UInt64 = 20_261_121
    var random = SplitMix(state: seed)
    let request = GateRequest(question: "is it done?", context: "")
    var answers: [AnswerFacts] = []
    for first in Self.pieces {
      for second in Self.pieces {
        for finish in Self.finishes {
          answers.append(AnswerFacts(text: first + second, finish: finish))
        }
      }
    }
    var (gates, never, always) = (0, 0, 0)
    for _ in 0..<600 {
      let text = Self.condition(&random, depth: 3)
      guard let policy = Self.policy(text), case .decides(let condition) = policy.gates[0].body
      else { continue }
      gates += 1
      let book = try GateBook(policy)
      let canHold = AnswerStudy.canHold([condition], in: policy)
      let canFail = AnswerStudy.canFail(condition, in: policy)
      if canHold == false { never += 1 }
      if canFail == false { always += 1 }
      guard canHold == false || canFail == false else { continue }
      for answer in answers {
        guard case .verdict(let verdict)? = book.evaluate(GateID(0), answer, request) else {
          continue
        }
        #expect(verdict ? canHold != false : canFail != false, "\(text): \(answer), seed \(seed)")
      }
    }
    print("gates: \(gates) made with seed \(seed), \(never) never accept, \(always) always do")
    #expect(gates > 400 && never > 20 && always > 5)
  }
}
