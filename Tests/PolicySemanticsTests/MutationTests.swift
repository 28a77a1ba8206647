import Foundation
import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax
import RoutingTestSupport
import Testing

/// Whatever is done to a good policy, checking it ends with findings that point into it.
@Suite struct MutationTests {
  /// A small generator, so that a seed gives the same run everywhere.
  struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  static let policies: [String] = ["starter", "helpdesk", "research", "support"].compactMap {
    try? String(
      contentsOf: ShippedPoliciesTests.folder.appending(path: "\($0)/policy.rung"),
      encoding: .utf8)
  }

  @Test func `a policy with tokens deleted, doubled, swapped or borrowed is checked to the end`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = Seeded(state: seed)
    let pool = Self.policies.flatMap { pieces(of: $0) }
    #expect(Self.policies.count == 4)
    var (runs, clean, findings) = (0, 0, 0)
    var seen: Set<String> = []
    for _ in 0..<600 {
      var tokens = pieces(of: Self.policies.randomElement(using: &random) ?? "")
      for _ in 0...Int.random(in: 0...2, using: &random) {
        mutate(&tokens, pool, &random)
      }
      let text = tokens.joined(separator: " ")
      let checked = check(text)
      runs += 1
      clean += checked.diagnostics.isEmpty ? 1 : 0
      findings += checked.diagnostics.count
      seen.formUnion(codes(checked.diagnostics))
      #expect((checked.value == nil) == checked.diagnostics.hasErrors, "seed \(seed): \(text)")
      #expect(
        checked.diagnostics.allSatisfy { Int($0.span.end) <= text.utf8.count },
        "seed \(seed): \(text)")
    }
    let sayings = "mutated policies: \(runs), \(clean) still clean, \(findings) findings,"
    SharedData.say("\(sayings) \(seen.count) codes, seed \(seed)")
    #expect(seen.count > 20)
  }

  private func pieces(of text: String) -> [String] {
    let file = SourceFile(path: "policy.rung", text: text)
    return PolicyParser.parse(file).value.tokens.tokens.map { file.text(of: $0.span) }
  }

  private func mutate(_ tokens: inout [String], _ pool: [String], _ random: inout Seeded) {
    guard tokens.count > 2 else { return }
    let place = Int.random(in: 0..<tokens.count, using: &random)
    let other = Int.random(in: 0..<tokens.count, using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: tokens.remove(at: place)
    case 1: tokens.insert(tokens[place], at: place)
    case 2: tokens.swapAt(place, other)
    case 3: tokens[place] = tokens[other]
    default: tokens[place] = pool.randomElement(using: &random) ?? ""
    }
  }
}
