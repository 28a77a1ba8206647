import PolicyUnits
import Testing

@testable import AnswerSimilarity

@Suite struct `Measuring pairs` {
  private static let line = Score(millionths: 850_000)

  /// Pairs of plain words, so that the guards see what differs.
  private func pair(_ one: String, _ other: String, _ isSame: Bool, _ similarity: Double)
    -> MeasuredPair
  {
    MeasuredPair(LabelledPair(one, other, isSame: isSame), similarity: similarity)
  }

  @Test func `299 clean pairs show that at most 1 in 100 is wrong, and 298 do not`() throws {
    for (count, isEnough) in [(299, true), (298, false)] {
      let pairs = (0..<count).map { pair("is \($0) km far", "is \($0 + 1) km far", false, 0.99) }
      let row = try #require(SimilarityTable(pairs, line: Self.line).lineRow)
      #expect(row.guarded.wrong == 0 && row.alone.wrong == count)
      #expect((row.guarded.wrongBound <= 0.01) == isEnough, "\(row.guarded.wrongBound)")
      #expect(row.alone.wrongBound == 1)
    }
  }

  @Test func `hits and wrong hits are counted from the threshold on, with guards and without`()
    throws
  {
    let table = SimilarityTable(
      [
        pair("how do I log in", "how do I sign in", true, 0.85),
        pair("how do I log in", "how can I log in", true, 0.849_99),
        pair("turn it on", "turn it off", false, 0.97),
        pair("a b c d", "a b c d e", false, 0.2),
        pair("how do I bake bread", "how do I make bread", true, 0.9),
      ], line: Self.line)
    let row = try #require(table.lineRow)
    #expect(row.alone == SimilarityTable.Counts(same: 3, hits: 2, different: 2, wrong: 1))
    #expect(row.guarded == SimilarityTable.Counts(same: 3, hits: 1, different: 2, wrong: 0))
    #expect(table.wrong(guarded: false).map(\.similarity) == [0.97])
    #expect(table.wrong(guarded: true).isEmpty)
    let stopped = table.stopped.map { "\($0.guard.rawValue) \($0.wrong) \($0.same)" }
    #expect(stopped == ["opposite 1 0", "word 0 1"])
    #expect(table.rows.map(\.threshold) == table.rows.map(\.threshold).sorted())
    let none = try #require(SimilarityTable([], line: Self.line).lineRow)
    #expect(none.alone.wrongBound == 1 && none.alone.hitBound == 0)
  }

  @Test(arguments: [
    ([[1, 0], [1, 0, 0], [0, 1]] as [[Float]], EncoderProblem.lengths(2, 3, text: "two")),
    ([[1, 0], [.nan, 0], [0, 1]], .noNumbers(text: "two")),
    ([[1, 0], [.infinity, 0], [0, 1]], .noNumbers(text: "two")),
    ([[1, 0], [0, 0], [0, 1]], .zero(text: "two")),
    ([[1, 0], [1, 0], [1, 0]], .constant(3, of: 3)),
    ([[], [], []], .zero(text: "one")),
  ])
  func `a broken encoder is named`(vectors: [[Float]], expected: EncoderProblem) {
    let found = EncoderCheck.problem(["one", "two", "three"], vectors)
    #expect(found == expected)
    #expect(expected.description.count > 10)
  }

  @Test func `texts of the same words may share a vector, and the same text must`() {
    let texts = ["Oslo to Bergen", "Bergen to Oslo?", "rain", "snow"]
    let found = EncoderCheck.problem(texts, [[1, 0], [1, 0], [0, 1], [1, 1]])
    #expect(found == nil)
    let again = EncoderCheck.problem("rain", [0, 1], again: [0, 2])
    #expect(again == nil)
    let other = EncoderCheck.problem("rain", [0, 1], again: [1, 1])
    #expect(other != nil)
    let longer = EncoderCheck.problem("rain", [0, 1], again: [0, 1, 0])
    #expect(longer == .lengths(2, 3, text: "rain"))
  }

  @Test func `a log is held against what came before in the same partition`() throws {
    let texts = ["log in", "sign in", "log in", "log out", "sign in"]
    let vectors: [String: [Float]] = [
      "log in": [1, 0], "sign in": [0.9, 0.1], "log out": [1, 0.01],
    ]
    let asked = texts.enumerated().map {
      SimilarityReplay.Question($1, in: $0 == 4 ? "another" : "one")
    }
    let replay = SimilarityReplay(asked, line: Self.line) { one, other in
      Float(Cosine.of(vectors[one] ?? [], vectors[other] ?? []))
    }
    #expect(replay.questions == 5 && replay.repeated == 1)
    let row = try #require(replay.rows.first { $0.threshold == Self.line })
    // `sign in` by both; `log out` by similarity alone; in another partition nothing.
    #expect(row.alone == 2 && row.guarded == 1)
    #expect(replay.pairs.count == 2)
  }
}
