/// How much a cache holds and what it was good for.
package struct CacheStats: Hashable, Sendable {
  /// On disk; in memory where there is no disk.
  ///
  /// By name.
  package var routes: [Route]
  package var memoryEntries: Int
  package var memoryBytes: Int
  /// Answers that were not written because too many were waiting, since the start.
  package var unwritten: Int
  package var hasDisk: Bool

  package var entries: Int64 { routes.reduce(0) { $0 + $1.entries } }
  package var bytes: Int64 { routes.reduce(0) { $0 + $1.bytes } }
  package var hits: Int64 { routes.reduce(0) { $0 + $1.hits } }
  package var misses: Int64 { routes.reduce(0) { $0 + $1.misses } }
  package var questions: Int64 { routes.reduce(0) { $0 + $1.questions } }
  package var similarHits: Int64 { routes.reduce(0) { $0 + $1.similarHits } }

  package struct Route: Hashable, Sendable {
    package var route: String
    package var entries: Int64
    package var bytes: Int64
    /// Since the file was made; without a disk since the start.
    package var hits: Int64
    package var misses: Int64
    /// Of the answers, those that a similar question finds.
    package var questions: Int64
    /// Look-ups that a similar question's answer served; neither hits nor misses.
    package var similarHits: Int64

    init(route: String, entries: Int64, bytes: Int64, questions: Int64, uses: RouteUses) {
      self.route = route
      self.entries = entries
      self.bytes = bytes
      self.questions = questions
      hits = uses.hits
      misses = uses.misses - uses.similar
      similarHits = uses.similar
    }
  }
}

/// Look-ups of one route.
struct RouteUses: Hashable, Sendable {
  var hits: Int64 = 0
  /// Nothing was kept for just this request.
  var misses: Int64 = 0
  /// Of these, those with the answer of a similar question.
  var similar: Int64 = 0

  static func += (sum: inout RouteUses, more: RouteUses) {
    sum.hits += more.hits
    sum.misses += more.misses
    sum.similar += more.similar
  }
}

/// An answer with the key it is kept under.
package struct StoredAnswer: Sendable {
  package let key: CacheKey
  package let answer: CachedAnswer
}
