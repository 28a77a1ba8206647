import RoutingTestSupport
import Testing
import TextPatterns

@testable import PolicyLint

/// A list without the keywords the rule takes out, held against the whole list.
@Suite struct `Generated lists of keywords` {
  @Test(arguments: [false, true])
  func `find the same texts without those inside another`(isExact: Bool) throws {
    let seed: UInt64 = 0x5EED_0011
    var random = SplitMix(state: seed)
    var shortened = 0
    var compared = 0
    for _ in 0..<3000 {
      let texts = Array(
        Set((0..<Int.random(in: 2...6, using: &random)).map { _ in word(&random, upTo: 3) })
      ).sorted().filter { $0.contains { !$0.isWhitespace } }
      guard texts.count > 1 else { continue }
      let inner = KeywordHolders(texts, isExact: isExact).inner
      let kept = texts.indices.filter { inner[$0] == nil }.map { texts[$0] }
      #expect(!kept.isEmpty, "seed \(seed): \(texts)")
      guard kept.count < texts.count else { continue }
      shortened += 1
      var scan = TextScan(
        of: try PatternSet(
          isExact
            ? [.contains(texts), .contains(kept)] : [.mentions(texts), .mentions(kept)]))
      for _ in 0..<20 {
        let text =
          word(&random, upTo: 3) + texts[Int.random(in: texts.indices, using: &random)]
          + word(&random, upTo: 3)
        scan.start()
        let whole = try scan.holds(0, in: text.utf8.span)
        let short = try scan.holds(1, in: text.utf8.span)
        compared += 1
        #expect(whole == short, "seed \(seed): \(texts) and \(kept) in \(text.debugDescription)")
      }
    }
    print("generated lists: \(shortened) shortened, \(compared) texts, seed \(seed)")
    #expect(shortened > 200)
  }

  private func word(_ random: inout SplitMix, upTo count: Int) -> String {
    let letters = [
      "a", "b", "A", "é", "e", "\u{301}", " ", "  ", "\t", "ß", "s", "S", ".", "+", "_", "税", "ข",
      "이",
      "\u{1100}", "\u{1161}", "İ", "i", "\u{307}", "7", "'", "Σ", "ς", "ﬁ",
    ]
    return (0..<Int.random(in: 0...count, using: &random)).map { _ in
      letters[Int.random(in: letters.indices, using: &random)]
    }.joined()
  }
}
