import PolicyDiagnostics
import PolicySemantics
import PolicySource
import RoutingTestSupport
import Testing

@Suite struct ManyMistakesTests {
  /// Thirty-three mistakes that do not depend on each other; the comment behind each line says which.
  static let policy = """
    rung 1
    catalog "catalog.yaml"
    facts {
      plan  : free | pro = fre          # 1 unknown value
      seats : count = "3"               # 2 a text for a number
      idle  : bool = false              # 3 never used
    }
    classifier area : law | other {
      reads promt                       # 4 no such text
      ask qwen3-8b "Which field?"
      on failure others                 # 5 no such label
    }
    condition long = prompt.tokens >= 8k chars          # 6 the unit
    condition twice = stream
    condition twice = turn >= 2                         # 7 declared twice
    points hard { 30 when tools  20 when plan = pro }   # 8 a number for a yes or no
    task code when prompt has cod                       # 9 no such feature
    task rest otherwise
    budget cash = EUR 20 per tenant per day             # 10 another currency
    limit flow = 60 requests per tennant per minute     # 11 no such owner
    gate helpful = judge(qwen3-23b, "Helpful?")         # 12 no such model
    gate solid = not refusal and finish = stopped       # 13 no such reason
    gate full = length >= 20                            # 14 no unit
    ladder two(max_budget = 5s) {                       # 15 a duration for money
      tier qwen3-8b accept helpful                      # 16 a score without a threshold
      tier qwen3-32b accept solid >= 0.8                # 17 a yes/no with one
      tier qwen3-long accept full effort huge           # 18 no such effort
    }
    compress trim { target system to 50% with extractive }                 # 19 protected
    guard near when region = eu { only models where model.region = ue }    # 20, 21
    route a when hour >= 8 { use two }                                     # 22 no zone
    route b when prompt matches /a(b/ { use qwen3-8b }                     # 23 not RE2
    route c when hard >= 60 { cache exact for 1h }                         # 24, 25
    route d when twice and long { use two timeout 3s compress trim }       # 26 an option
    route e when area = law { split by user { 90% use qwen3-8b 5% use qwen3-32b } }     # 27
    route f when seats < 0 { set top_k 3 use qwen3-8b }                    # 28, 29
    route g when task = cod { use requested }                              # 30, 31
    otherwise { use deepseek-v5-flash }                                    # 33
    """

  @Test func `thirty-three mistakes are thirty-three findings in one pass`() throws {
    let found = check(Self.policy).diagnostics
    let golden = GoldenFile("thirty-three-mistakes.findings")
    let text = PolicySemanticsTests.shown(found, in: Self.policy)
    #expect(try golden.expected(instead: text) == text)
    #expect(found.count == 33)
  }
}
