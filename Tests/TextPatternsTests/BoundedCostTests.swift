import RoutingTestSupport
import Testing
import TextPatterns

/// Texts and patterns made to be slow: each is answered, and in bounded time.
@Suite struct BoundedCostTests {
  private static let size = 100 * 1_024

  /// Known bad for matchers that backtrack, or that build large automata.
  private static let patterns = [
    "[ab]*a[ab]{20}c", "(a+)+b", "(a|aa)+b", "(a|a?)+b", "(.*a){20}b", "(a*)*b", "((a+)+)+b",
    "a?a?a?a?a?a?a?a?a?a?aaaaaaaaaab", "(x+x+)+y", "^(a+)+$", "(a|b|ab)*bc", "([a-z]+)*[0-9]$",
    "(?i)(a.*b.*c.*d)+e", "[a-c]*a[a-c]{15}d", "(.{1,10}){1,10}z", "(?s).*.*.*.*=.*", "(ab?)*c",
    "(\\w+\\s?)+!", "(\\d+)+x", "[^b]*a[^b]{12}b", "(a{1,50}){1,10}b", "(aa|aab?)*c",
    "(?:a+){2,20}b", "a.{0,60}b.{0,60}c", "(a?){40}a{40}b", "((a|b)*c|d)*e", "(a*b*)*c",
    "\\pL{1,3}\\pN", "(\\S+\\s+){20}x", "(a|[ab])*abb{10}c",
  ]

  /// 8 KB is about the longest text that all of them look at together; 100 KiB each takes alone.
  @Test(arguments: [8_000, Self.size])
  func `answers thirty bad patterns in bounded time`(size: Int) throws {
    let set = try PatternSet(Self.patterns.map(TextPattern.matches))
    var random = GeneratedText(seed: 42)
    let texts: [[UInt8]] = [
      Array(repeating: 0x61, count: size),
      (0..<size).map { _ in random.number(below: 2) == 0 ? 0x61 : 0x62 },
      (0..<size).map { _ in UInt8(0x61 + random.number(below: 26)) },
    ]
    for text in texts {
      var scan = TextScan(of: set)
      let clock = ContinuousClock()
      let took = try clock.measure { _ = try scan.holds(0, in: text.span) }
      SharedData.say("text patterns: 30 bad patterns over \(size) bytes took \(took)")
      // Ten times what it takes.
      #expect(took < .seconds(5))
    }
  }

  @Test func `finds the same with each pattern alone as with all together`() throws {
    var alone = PatternLimits()
    alone.jointRegexWork = 0
    let sets = [
      try PatternSet(Self.patterns.map(TextPattern.matches)),
      try PatternSet(Self.patterns.map(TextPattern.matches), limits: alone),
    ]
    var random = GeneratedText(seed: 7)
    var hits = 0
    for _ in 0..<200 {
      let text = (0..<random.number(below: 60)).map { _ in
        Array("aaabbbcdexyz =!9".utf8)[random.number(below: 16)]
      }
      let found = try sets.map { set in
        var scan = TextScan(of: set)
        return try Self.patterns.indices.map { try scan.holds($0, in: text.span) }
      }
      #expect(found[0] == found[1], "\(String(decoding: text, as: UTF8.self))")
      hits += found[0].count { $0 }
    }
    #expect(hits > 200)
  }

  @Test func `scans keywords made to overlap without going back`() throws {
    let set = try PatternSet([
      .mentions([String(repeating: "a ", count: 500) + "b"]),
      .mentions([String(repeating: "+", count: 1_000) + "b"]),
      .contains([String(repeating: "a ", count: 500) + "b"]),
    ])
    for piece in ["a ", "+"] {
      let text = Array(String(repeating: piece, count: Self.size / piece.utf8.count).utf8)
      var scan = TextScan(of: set)
      var hits = 0
      let took = try ContinuousClock().measure {
        for index in 0..<3 where try scan.holds(index, in: text.span) { hits += 1 }
      }
      #expect(hits == 0)
      #expect(took < .seconds(5), "\(took)")
    }
  }

  @Test(
    arguments: [
      "{\"a\":", "{\"", "[[[[", "{\"a\":[", "a@", "a@b.", "+1", "(555) ", "eyJ", "sk-",
      "-----BEGIN ",
      "token=", "|", "a,b\n", "4111 ", "e\u{301}\u{323}", "\u{301}\u{323}", "0", "www.", "://",
      "{\"{",
    ])
  func `looks for features in linear time`(_ piece: String) throws {
    let set = try PatternSet(TextFeatureKind.allCases.map { .has([$0]) } + [.mentions(["é"])])
    func time(_ bytes: Int) throws -> Duration {
      let text = Array(String(repeating: piece, count: bytes / piece.utf8.count).utf8)
      var scan = TextScan(of: set)
      return try ContinuousClock().measure {
        for index in 0..<set.count { _ = try scan.holds(index, in: text.span) }
      }
    }
    let took = try time(Self.size)
    #expect(took < .seconds(10), "\(took)")
  }
}
