import AnswerSimilarity
package import PolicyUnits
package import RoutingBudgets

/// A question that was asked before, near one that is asked now.
package struct SimilarCandidate: Sendable {
  /// As it was written.
  package let question: String
  /// The request that was answered.
  package let request: RequestID
  /// The cosine of the angle between both, less than a right angle; never above 1.
  package let similarity: Score
  let key: CacheKey
}

/// What stands near a question.
package struct SimilarFound: Sendable {
  /// Near enough, the nearest first.
  package let candidates: [SimilarCandidate]
  /// The nearest of all, near enough or not; nil if nothing was asked before.
  package let nearest: SimilarCandidate?
}

// Answers to similar questions: proposed by their nearness, found by their key.
extension AnswerStore {
  /// Near questions that are proposed at most: where so many are stopped, the next are no better.
  static let mostCandidates = 32

  /// The questions near this one, of its own partition and no other.
  ///
  /// Their answers may be gone by then: each is to be asked for. O(questions of the partition).
  package func near(
    _ question: SimilarQuestion, atLeast threshold: Score
  ) async -> SimilarFound {
    let rows = await memory.similar.rows(of: question) { [self] in await load(question) }
    guard let rows else { return SimilarFound(candidates: [], nearest: nil) }
    // Rounded to millionths afterwards, so half of one below counts.
    let least = threshold.leastSimilarity
    let near = rows.nearest(to: question.vector, least: least, most: Self.mostCandidates)
    func candidate(_ place: NearRows.Place) -> SimilarCandidate {
      let row = rows.row(at: place.row)
      let millionths = (min(1, max(0, Double(place.similarity))) * 1e6).rounded()
      return SimilarCandidate(
        question: row.text, request: row.request,
        similarity: Score(millionths: Int64(millionths)),
        key: CacheKey(partition: question.key.partition, digest: row.key))
    }
    return SimilarFound(
      candidates: near.places.map(candidate).filter { $0.similarity >= threshold },
      nearest: near.nearest.map(candidate))
  }

  private func load(_ question: SimilarQuestion) async -> SimilarIndex.Loaded {
    guard let disk else { return [] }
    // What waits to be written belongs to it.
    await desk?.flush()
    do {
      let (now, most) = (clock(), limits.similarEntries)
      return try await disk.read { db in
        try CacheRows.questions(
          in: question.key.partition, dimension: question.vector.dimension, at: now, most: most, db)
      }
    } catch {
      desk?.note(error)
      return []
    }
  }

  /// A candidate's answer, if it is still good; `after` wants nothing that was stored before.
  ///
  /// Not counted: see ``countSimilar(_:isHit:)``.
  package func answer(
    of candidate: SimilarCandidate, after: Timestamp? = nil
  ) async -> CachedAnswer? {
    let now = clock()
    var answer = memory.answer(candidate.key, at: now)
    if answer == nil { answer = await onDisk(candidate.key) }
    guard let answer, answer.isFresh(at: now) else {
      memory.similar.remove(candidate.key)
      return nil
    }
    return after.map { answer.stored >= $0 } ?? true ? answer : nil
  }

  /// Counts a look-up among similar questions; `isFirst` where none for the same request went before.
  package func countSimilar(_ route: String, isHit: Bool, isFirst: Bool) {
    if isFirst { memory.countMiss(route) }
    if isHit { memory.countSimilar(route) }
  }

  /// Keeps an answer to be found by its question, until its time is up: at once in memory, soon in the
  /// file.
  ///
  /// False if it is too large, past its time, or was purged since `ticket` was taken.
  @discardableResult
  package func keep(
    _ answer: CachedAnswer, for question: SimilarQuestion, since ticket: Ticket
  ) -> Bool {
    guard answer.body.count <= limits.largestAnswer, answer.isFresh(at: clock()),
      memory.keep(answer, under: question.key, askedAt: ticket.purges)
    else { return false }
    memory.similar.keep(question, request: answer.origin.request)
    desk?.keep(answer, under: question.key, question, purges: ticket.purges)
    return true
  }
}
