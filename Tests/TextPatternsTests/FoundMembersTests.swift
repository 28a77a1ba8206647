import RoutingTestSupport
import Testing
import TextPatterns

@Suite struct `The word of a list that was found` {
  private static let words = [
    "refund", "refund policy", "fund", "Paris", "épée", "straße", "c++", "not", "e\u{301}", "ref",
  ]
  private static let texts = [
    "", "REFUND policy", "a refund, please", "fund the fund", "e\u{301}pe\u{301}e",
    "STRASSE straße",
    "c++ is not c", "notrefund", "paris refund\n\npolicy", "Paris and Épée",
  ]

  /// Held against a set of one: the member is in the text exactly if the list holds.
  @Test func `is in the text by itself, and there is one exactly where the list holds`() throws {
    let seed: UInt64 = 0xF0D
    var random = SplitMix(state: seed)
    var found = 0
    for _ in 0..<2_000 {
      var patterns: [TextPattern] = []
      for _ in 0..<(1 + Int.random(in: 0..<4, using: &random)) {
        let list = (0..<(1 + Int.random(in: 0..<4, using: &random))).map { _ in
          Self.words.randomElement(using: &random) ?? ""
        }
        patterns.append(Bool.random(using: &random) ? .mentions(list) : .contains(list))
      }
      patterns.append(.matches("ref"))
      let text = (0..<(1 + Int.random(in: 0..<3, using: &random))).map { _ in
        Self.texts.randomElement(using: &random) ?? ""
      }
      .joined(separator: [" ", "", "\n"].randomElement(using: &random) ?? "")
      let bytes = Array(text.utf8)
      let set = try PatternSet(patterns)
      var scan = TextScan(of: set)
      scan.start()
      let members = set.foundMembers(in: bytes.span, mentions: true, contains: true)
      for (index, pattern) in patterns.enumerated() {
        let holds = try scan.holds(index, in: bytes.span)
        switch pattern {
        case .mentions(let list), .contains(let list):
          #expect(holds == (members[index] >= 0), "seed \(seed): \(pattern) in \(text)")
          guard members[index] >= 0 else { continue }
          found += 1
          let word = list[Int(members[index])]
          var alone = pattern
          if case .mentions = pattern {
            alone = .mentions([word])
          } else {
            alone = .contains([word])
          }
          var single = TextScan(of: try PatternSet([alone]))
          single.start()
          #expect(try single.holds(0, in: bytes.span), "seed \(seed): \(word) in \(text)")
        case .startsWith, .matches, .has:
          #expect(members[index] == -1)
        }
      }
    }
    print("seed \(seed): \(found) lists held")
    #expect(found > 500)
  }

  @Test func `is the one that ends first, the longest there`() throws {
    let set = try PatternSet([
      .mentions(["policy", "refund policy", "refund"]), .contains(["fund", "refund", "und p"]),
    ])
    let bytes = Array("a refund policy".utf8)
    let members = set.foundMembers(in: bytes.span, mentions: true, contains: true)
    #expect(members == [2, 1])
    #expect(set.foundMembers(in: bytes.span, mentions: false, contains: true) == [-1, 1])
  }
}
