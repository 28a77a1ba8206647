import RoutingTestSupport
import Testing
import TextPatterns

/// The scan held against the reference on generated patterns and texts.
@Suite struct AgreementTests {
  @Test(arguments: 0..<8)
  func `agrees with the reference on generated texts`(_ part: UInt64) throws {
    let seed = UInt64.random(in: 1...UInt64.max)
    var random = GeneratedText(seed: seed)
    var pairs = 0
    var hits = 0
    for _ in 0..<320 {
      let patterns = (0..<1 + random.number(below: 6)).map { _ in random.pattern() }
      let set = try PatternSet(patterns)
      var scan = TextScan(of: set)
      for _ in 0..<20 {
        let text = random.text(around: patterns.flatMap(\.words))
        let bytes = Array(text.utf8)
        scan.start()
        for (index, pattern) in patterns.enumerated() {
          let holds = try scan.holds(index, in: bytes.span)
          let expected = ReferenceMatcher.holds(pattern, in: text)
          let first = try set.firstMatch(of: index, in: bytes.span)
          hits += holds ? 1 : 0
          if holds != expected || (first != nil) != expected {
            Issue.record(
              """
              seed \(seed): \(pattern) in \(text.debugDescription) \
              \(text.unicodeScalars.map { String($0.value, radix: 16) }): \(expected), scan \
              says \(holds), first match \(String(describing: first))
              """)
            return
          }
        }
        pairs += 1
      }
    }
    SharedData.say("text patterns: \(pairs) generated pairs agree, \(hits) hits, seed \(seed)")
    #expect(hits > 100)
  }
}
