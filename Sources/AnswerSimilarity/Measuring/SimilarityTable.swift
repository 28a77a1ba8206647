package import PolicyUnits

/// How often a threshold gives an answer again, and how often a wrong one, on labelled pairs.
package struct SimilarityTable: Sendable {
  /// Highest similarity first.
  package let pairs: [MeasuredPair]
  package let rows: [Row]
  /// The threshold of the policy's line.
  package let line: Score

  package struct Row: Sendable {
    package let threshold: Score
    /// By similarity alone.
    package let alone: Counts
    /// With the guards.
    package let guarded: Counts
  }

  package struct Counts: Hashable, Sendable {
    /// Pairs one answer serves, and how many of them would share it.
    package let same: Int
    package let hits: Int
    /// Pairs one answer does not serve, and how many would share it all the same.
    package let different: Int
    package let wrong: Int

    /// The least share of hits that is likely, with 95 % confidence.
    package var hitBound: Double { BinomialBounds.lower(Int64(hits), of: Int64(same)) }

    /// The largest share of wrong hits that is likely, with 95 % confidence; 1 without any pair.
    package var wrongBound: Double { BinomialBounds.upper(Int64(wrong), of: Int64(different)) }
  }

  private static let usual: [Int64] = [
    500_000, 600_000, 700_000, 750_000, 800_000, 850_000, 900_000, 920_000, 950_000, 970_000,
    990_000,
  ]

  /// O(pairs × thresholds).
  package init(_ pairs: [MeasuredPair], line: Score) {
    self.pairs = pairs.sorted { $0.similarity > $1.similarity }
    self.line = line
    rows = Self.thresholds(with: line).map { threshold in
      Row(
        threshold: threshold, alone: Self.counts(pairs, from: threshold) { _ in true },
        guarded: Self.counts(pairs, from: threshold) { $0.difference == nil })
    }
  }

  /// What is tried beside a policy's own threshold, in order.
  static func thresholds(with line: Score) -> [Score] {
    Set(usual.map(Score.init(millionths:)) + [line]).sorted()
  }

  /// The row of the policy's line.
  package var lineRow: Row? { rows.first { $0.threshold == line } }

  /// Pairs that would share a wrong answer at the line's threshold; the most similar first.
  package func wrong(guarded: Bool) -> [MeasuredPair] {
    pairs.filter {
      !$0.pair.isSame && $0.isNear(line) && (!guarded || $0.difference == nil)
    }
  }

  /// What the guards stop of the pairs that are near enough at the line's threshold.
  package var stopped: [(guard: QuestionDifference, wrong: Int, same: Int)] {
    let near = pairs.filter { $0.isNear(line) }
    return QuestionDifference.allCases.compactMap { kind in
      let stopped = near.filter { $0.difference == kind }
      guard !stopped.isEmpty else { return nil }
      let same = stopped.count(where: \.pair.isSame)
      return (kind, stopped.count - same, same)
    }.sorted { ($0.wrong, $1.guard.rawValue) > ($1.wrong, $0.guard.rawValue) }
  }

  private static func counts(
    _ pairs: [MeasuredPair], from threshold: Score, _ passes: (MeasuredPair) -> Bool
  ) -> Counts {
    let shared = pairs.filter { $0.isNear(threshold) && passes($0) }
    let same = pairs.count(where: \.pair.isSame)
    let hits = shared.count(where: \.pair.isSame)
    return Counts(
      same: same, hits: hits, different: pairs.count - same, wrong: shared.count - hits)
  }
}

extension MeasuredPair {
  /// Whether the encoder alone would let them share an answer.
  package func isNear(_ threshold: Score) -> Bool {
    Float(similarity) >= threshold.leastSimilarity
  }
}

extension Score {
  /// The least cosine of two vectors that is not below this threshold, where questions are measured as
  /// where they are answered: vectors have the precision of a `Float`, and the last bit is no difference.
  package var leastSimilarity: Float { Float(Double(millionths) / 1e6 - 1e-6) }
}
