import RoutingTestSupport
import Testing
import TextPatterns

@testable import PolicyLint

/// What the rules claim of a pattern, held against RE2 on generated patterns and texts.
@Suite struct `Claims about generated patterns` {
  @Test func `hold for every text RE2 is shown`() throws {
    let seed: UInt64 = 0x5EED_0007
    var random = SplitMix(state: seed)
    var counts = (read: 0, everywhere: 0, nowhere: 0, plain: 0)
    for _ in 0..<4000 {
      let pattern = RandomPattern.make(&random)
      guard PatternSet.problem(in: .matches(pattern)) == nil else { continue }
      guard let tree = RegexReader.read(pattern) else { continue }
      counts.read += 1
      let plain = PlainRegex.plain(tree)
      var patterns: [TextPattern] = [.matches(pattern)]
      if let plain {
        counts.plain += 1
        patterns += plain.isStart ? [.startsWith(plain.texts[0])] : [.contains(plain.texts)]
      }
      if tree.isFoundEverywhere { counts.everywhere += 1 }
      if tree.isFoundNowhere { counts.nowhere += 1 }
      var scan = TextScan(of: try PatternSet(patterns))
      for text in RandomPattern.texts(&random) {
        scan.start()
        let holds = try scan.holds(0, in: text.utf8.span)
        if tree.isFoundEverywhere {
          #expect(holds, "seed \(seed): /\(pattern)/ in \(text.debugDescription)")
        }
        if tree.isFoundNowhere {
          #expect(!holds, "seed \(seed): /\(pattern)/ in \(text.debugDescription)")
        }
        if plain != nil {
          let isPlain = try scan.holds(1, in: text.utf8.span)
          #expect(holds == isPlain, "seed \(seed): /\(pattern)/ in \(text.debugDescription)")
        }
      }
    }
    print("generated patterns: \(counts), seed \(seed)")
    #expect(
      counts.read > 2000 && counts.everywhere > 100 && counts.nowhere > 50 && counts.plain > 100)
  }
}

private enum RandomPattern {
  private static let atoms = [
    "a", "b", "ü", "^", "$", "\\b", "\\B", ".", "\\w", "[ab]", "[^a]", "\\A", "\\z", "\\n", " ",
    "\\.",
    "\\x{61}", "\\Qa.\\E", "(?m)", "(?i)", "(?s)", "[]a]", "[[:alpha:]-]", "\\pL", "{", "\\/",
  ]

  static func make(_ random: inout SplitMix, depth: Int = 0) -> String {
    var pattern = ""
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      var part = ""
      if depth < 3, Int.random(in: 0..<5, using: &random) == 0 {
        let opening = [
          "(", "(?:", "(?i:", "(?m:", "(?P<x\(Int.random(in: 0..<999, using: &random))>",
        ]
        part = opening[Int.random(in: 0..<opening.count, using: &random)]
        part += make(&random, depth: depth + 1) + ")"
      } else {
        let plain = Bool.random(using: &random) ? 3 : atoms.count
        part = atoms[Int.random(in: 0..<plain, using: &random)]
      }
      switch Int.random(in: 0..<14, using: &random) {
      case 0: part += "*"
      case 1: part += "?"
      case 2: part += "+"
      case 3: part += "{2}"
      case 4: part += "{0,1}?"
      case 5: part += "|"
      default: break
      }
      pattern += part
    }
    return pattern
  }

  static func texts(_ random: inout SplitMix) -> [String] {
    let letters = ["a", "b", "ü", "A", "\n", " ", ".", "x", "_", "{", "/"]
    return ["", "a", "\n", "ab", "b a"]
      + (0..<30).map { _ in
        (0..<Int.random(in: 0...8, using: &random)).map { _ in
          letters[Int.random(in: 0..<letters.count, using: &random)]
        }.joined()
      }
  }
}
