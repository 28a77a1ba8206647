import CatalogImport
import Foundation
import PolicyDiagnostics
import PolicySemantics
import RoutingCatalog
import RoutingTestSupport
import Testing

@Suite struct `Hostile price lists` {
  private static let base = """
    {"sample_spec": {"mode": "x"}, "gpt:4": {"mode": "chat", "litellm_provider": "openai",
     "input_cost_per_token": 1.5e-07, "output_cost_per_token": 6e-07, "max_input_tokens": 128000,
     "cache_read_input_token_cost": 7.5e-08, "input_cost_per_token_above_200k_tokens": 3e-07,
     "output_cost_per_token_above_200k_tokens": 1e-06, "supports_vision": true,
     "search_context_cost_per_query": {"low": 0.01}, "source": "https://x.example/é"},
     "e/m": {"mode": "embedding", "litellm_provider": "e p", "input_cost_per_token": 1e-8,
     "output_vector_size": 384}, "w": {"mode": "chat", "litellm_provider": "bedrock",
     "input_cost_per_token": 0.05, "output_cost_per_token": 0}}
    """

  /// What stands in for a value: every type, numbers of every size, texts of every kind.
  private static let values = [
    "null", "true", "[]", "{}", "[[[[[[1]]]]]]", "\"\"", "\"\\u0000\"", "\"sk-0123456789abcdef01\"",
    "\"a\\nb: c\"", "\"\\ud83d\\ude00\"", "\"\\u2028\"", "\"'\\\"\\\\\"", "0", "-0", "-0.0", "-1",
    "1e400", "1e-400", "1e2147483648", "-1e99999999999999999999", "9223372036854775807",
    "9223372036854775808", "0.000000000001", "123456789012345678901234567890",
    "0.1234567890123456789012345678901234567890", "1E+2", "\"chat\"", "\"embedding\"",
    "\"# x\"", "\"{a: b}\"", "\"- a\"", "\"~\"", "\"\\u0085\"", "\"\\ufeff\"", "\"\\u200b\"",
  ]

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `become a sound catalog or a message`(seed: UInt64) throws {
    var numbers = SplitMix(state: seed)
    var read = 0
    let rounds = 1500
    for round in 0..<rounds {
      let bytes =
        round % 2 == 0
        ? Self.withOtherValues(&numbers) : Self.withOtherBytes(&numbers)
      let list: ListText
      do {
        list = try ListText(bytes: bytes)
      } catch let problem as LiteLLMProblem {
        #expect(!problem.words.isEmpty && !problem.words.contains("\n"))
        continue
      }
      read += 1
      for entry in list.draft.entries {
        let words = entry.refusal?.words ?? entry.doubts.reason
        #expect(!words.contains("\n"))
      }
      guard list.draft.hasModels else { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(list.findings == [], "seed \(seed), round \(round): \(text)")
    }
    SharedData.say("\(rounds) hostile lists from seed \(seed), \(read) of them JSON")
    #expect(read > rounds / 4)
  }

  private static func withOtherValues(_ numbers: inout SplitMix) -> [UInt8] {
    var text = base
    for _ in 0..<Int.random(in: 1...3, using: &numbers) {
      let parts = text.split(separator: ": ", omittingEmptySubsequences: false)
      guard parts.count > 1 else { break }
      let at = Int.random(in: 1..<parts.count, using: &numbers)
      let end = parts[at].firstIndex { $0 == "," || $0 == "}" } ?? parts[at].endIndex
      let value = values.randomElement(using: &numbers) ?? "0"
      var changed = parts.map(String.init)
      changed[at] = value + parts[at][end...]
      text = changed.joined(separator: ": ")
    }
    return Array(text.utf8)
  }

  private static func withOtherBytes(_ numbers: inout SplitMix) -> [UInt8] {
    var bytes = Array(base.utf8)
    let marks = Array("{}[]:,\"\\0123456789.eE+-_ \n".utf8) + [0, 0x7F, 0x80, 0xC3, 0xFF]
    for _ in 0..<Int.random(in: 1...3, using: &numbers) where !bytes.isEmpty {
      let at = Int.random(in: 0..<bytes.count, using: &numbers)
      switch Int.random(in: 0..<4, using: &numbers) {
      case 0: bytes.remove(at: at)
      case 1: bytes.insert(marks.randomElement(using: &numbers) ?? 0, at: at)
      case 2: bytes[at] = marks.randomElement(using: &numbers) ?? 0
      default: bytes[at] ^= UInt8(1 << Int.random(in: 0..<7, using: &numbers))
      }
    }
    return bytes
  }

  @Test func `are refused when they nest too deep or name too much`() {
    let deep = String(repeating: "{\"a\":", count: 100) + "1" + String(repeating: "}", count: 100)
    #expect(throws: LiteLLMProblem.self) { try ListText(deep) }
    let long = "{\"\(String(repeating: "a", count: 5000))\": {\"mode\": \"chat\"}}"
    #expect((try? ListText(long))?.only?.refusal?.code == "bad_name")
  }
}
