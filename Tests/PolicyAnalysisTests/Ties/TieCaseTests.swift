import PolicyGraph
import PolicySemantics
import Testing

@testable import PolicyAnalysis

/// Routes that some request can take although a tie once said that none can.
@Suite struct `Ties that were too strong` {
  @Test(arguments: [
    // An expression may match the empty text.
    "prompt matches /^$/ and prompt.lines < 1 lines",
    "system matches /x*/ and system.tokens < 1 tokens",
    // Any run of white space is one space, and folding spells one character out as several.
    "prompt mentions \"a          b\" and prompt.chars <= 3 chars",
    "prompt mentions \"\\u{3b1}\\u{313}\\u{300}\\u{3b9}\" and prompt.chars <= 1 chars",
    // An accent on an operator leaves it one.
    "prompt matches /a.\u{301}/ and not prompt contains \"a.\u{301}\"",
    // A long word's estimate shrinks beside many short ones.
    "question.tokens >= 790 tokens and prompt.tokens <= 760 tokens",
  ])
  func `leave a request`(condition: String) throws {
    let graph = try SamplePolicy(
      """
      rung 1
      catalog "catalog.yaml"
      route a when \(condition) { use m }
      otherwise { use m }
      """, tokenizer: "claude"
    ).graph
    let isTaken = try PolicyStudy(graph).ask { regions throws(DiagramsTooLarge) in
      try regions.isFeasible(try regions.decides(RouteID(0)))
    }
    #expect(isTaken)
  }
}
