package import PolicyUnits
package import RoutingBudgets

/// What a look among similar questions came to.
package struct SimilarLook: Hashable, Sendable {
  package let result: Result
  /// The catalog's name of what made the vectors.
  package let encoder: String
  package let threshold: Score
  /// The question whose answer was given; without one the nearest of all.
  ///
  /// Nil if there was none.
  package let nearest: Near?
  /// What kept the nearest question that was near enough from being taken, as a stable word; nil if
  /// nothing did.
  package let stopped: String?

  package enum Result: String, Hashable, Sendable, CaseIterable {
    /// The answer of a similar question was given.
    case hit
    /// No question was near enough, or its answer is no longer there.
    case miss
    /// Some were, and each differs in something that changes the answer.
    case guarded
    /// There was no vector to look with.
    case failed
  }

  /// A question by the request that asked it: its text is not told.
  package struct Near: Hashable, Sendable {
    package let similarity: Score
    package let request: RequestID
  }
}

extension SimilarLook {
  /// For the ledger: a word, then how near which request's question was, then what stopped it.
  ///
  /// `similar 0.953 01KAP…`, `miss 0.41 01KAP…`, `guarded 0.999 01KAP… number`, `failed`.
  var words: String {
    let word = result == .hit ? "similar" : result.rawValue
    let near = nearest.map { " \(Amounts.text($0.similarity)) \($0.request)" } ?? ""
    return word + near + (result == .guarded ? stopped.map { " \($0)" } ?? "" : "")
  }
}
