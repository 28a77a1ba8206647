package import PolicyUnits

/// What a cache of similar answers would have done on questions in the order they came.
///
/// Each is held against all before it of the same partition, as if nothing were ever forgotten: a
/// cache with a lifetime hits no more often.
package struct SimilarityReplay: Sendable {
  /// A question and where its answer may be given.
  package struct Question: Sendable {
    package let text: String
    package let partition: String

    package init(_ text: String, in partition: String) {
      self.text = text
      self.partition = partition
    }
  }

  package struct Row: Sendable {
    package let threshold: Score
    /// Questions that would have got an earlier one's answer, by similarity alone and with guards.
    package let alone: Int
    package let guarded: Int
  }

  package let questions: Int
  /// The same text as one before: an exact cache would do.
  package let repeated: Int
  package let rows: [Row]
  /// Pairs that would have shared an answer at the line's threshold with the guards, or would have
  /// without them; each once, the most similar first.
  package let pairs: [MeasuredPair]

  /// The most questions: the work grows with their square.
  package static let most = 10_000
  /// Below it nobody shares anything.
  private static let floor = 0.5
  /// Candidates the guards look at for each question.
  private static let candidates = 16

  /// `similarity` is the one of run time: a threshold means the same on both sides.
  package init(
    _ asked: [Question], line: Score, similarity: (_ one: String, _ other: String) -> Float
  ) {
    questions = asked.count
    var repeated = 0
    var best: [(alone: Double, guarded: Double)] = []
    var pairs: [[String]: MeasuredPair] = [:]
    var earlier: [String: [Remembered]] = [:]
    var seen: [String: Set<String>] = [:]
    for question in asked {
      guard seen[question.partition, default: []].insert(question.text).inserted else {
        repeated += 1
        continue
      }
      let reading = QuestionReading(question.text)
      let remembered = earlier[question.partition, default: []]
      let near = remembered.map {
        (similarity: Double(similarity($0.text, question.text)), known: $0)
      }

      .filter { $0.similarity >= Self.floor }
      .sorted { $0.similarity > $1.similarity }
      var guarded = 0.0
      for (place, candidate) in near.prefix(Self.candidates).enumerated() {
        let difference = candidate.known.reading.difference(from: reading)
        let measured = MeasuredPair(
          LabelledPair(candidate.known.text, question.text, isSame: false),
          similarity: candidate.similarity, difference: difference)
        if measured.isNear(line), place == 0 || difference == nil {
          pairs[[candidate.known.text, question.text].sorted()] = measured
        }
        if difference == nil {
          guarded = candidate.similarity
          break
        }
      }
      best.append((near.first?.similarity ?? 0, guarded))
      earlier[question.partition, default: []].append(
        Remembered(text: question.text, reading: reading))
    }
    self.repeated = repeated
    self.pairs = pairs.values.sorted {
      ($0.similarity, $1.pair.one) > ($1.similarity, $0.pair.one)
    }
    rows = SimilarityTable.thresholds(with: line).map { threshold in
      Row(
        threshold: threshold, alone: best.count { Float($0.alone) >= threshold.leastSimilarity },
        guarded: best.count { Float($0.guarded) >= threshold.leastSimilarity })
    }
  }

  private struct Remembered {
    let text: String
    let reading: QuestionReading
  }
}
