import AnswerSimilarity
import PolicyLint
import PolicyUnits
import Testing

@Suite struct `A threshold nobody has measured` {
  @Test func `is noted, and an exact cache is not`() throws {
    try check(
      UnmeasuredSimilarity.self,
      """
      route a when stream {
        cache exact for 1h
        cache similar >= ⟦0.92⟧ by minilm for 1h per user
        use small
      }
      route b when tools = 0 { cache exact for 1h use small }
      \(rest)
      """,
      messages: ["nothing shows how often `minilm` is wrong at this threshold"])
  }

  private static func evidence(
    of encoder: String = "minilm", guards: String = QuestionGuards.fingerprint,
    from threshold: Int64 = 900_000, different: Int64 = 299, wrong: Int64 = 0
  ) -> MeasuredEvidence {
    MeasuredEvidence(
      name: "e.json",
      content: .similar(
        SimilarityEvidence(
          encoder: encoder, guards: guards, threshold: Score(millionths: threshold),
          different: different, wrong: wrong)))
  }

  private static let route =
    "route a when stream { cache similar >= ⟦0.92⟧ by minilm for 1h use small }"

  @Test(arguments: [
    (evidence(of: "other"), "`e.json` measured another encoder: `other`, not `minilm`"),
    (
      evidence(guards: "then"),
      "`e.json` was measured with other guards than this version has: measure again"
    ),
    (
      evidence(from: 930_000), "`e.json` measured from 0.93 on, and this threshold is lower"
    ),
    (evidence(different: 298), "`e.json` has too few pairs: 298, and 299 are wanted"),
    (
      evidence(different: 400, wrong: 1),
      "`e.json` has 1 wrong of 400: up to 1.19% may be, and 1% is allowed"
    ),
  ])
  func `is told what its evidence lacks`(evidence: MeasuredEvidence, message: String) throws {
    try check(
      UnmeasuredSimilarity.self, Self.route + "\n\(rest)", messages: [message],
      evidence: [evidence])
  }

  @Test(arguments: [
    evidence(), evidence(from: 920_000), evidence(different: 1000, wrong: 3),
  ])
  func `is content with enough of it`(evidence: MeasuredEvidence) throws {
    let unmarked = Self.route.filter { $0 != "⟦" && $0 != "⟧" }
    try check(UnmeasuredSimilarity.self, unmarked + "\n\(rest)", evidence: [evidence])
    // Other evidence beside it takes nothing away.
    try check(
      UnmeasuredSimilarity.self, unmarked + "\n\(rest)",
      evidence: [
        Self.evidence(of: "other"), evidence, MeasuredEvidence(name: "g", content: .other("gate")),
      ])
  }

  @Test func `hears of the evidence that comes nearest`() throws {
    try check(
      UnmeasuredSimilarity.self, Self.route + "\n\(rest)",
      messages: ["`e.json` has too few pairs: 10, and 299 are wanted"],
      evidence: [Self.evidence(of: "other"), Self.evidence(different: 10)])
  }
}
