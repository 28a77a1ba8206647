package import RoutingBudgets

/// Which answers are to go: those that match everything it names, and all of them if it names nothing.
package struct CachePurge: Hashable, Sendable {
  package var route: String?
  package var tenant: String?
  /// The catalog's name of the model that answered.
  package var model: String?
  /// Only what was stored before.
  package var before: Timestamp?

  package init(
    route: String? = nil, tenant: String? = nil, model: String? = nil, before: Timestamp? = nil
  ) {
    self.route = route
    self.tenant = tenant
    self.model = model
    self.before = before
  }

  func covers(_ answer: CachedAnswer) -> Bool {
    if let route, route != answer.origin.route { return false }
    if let tenant, tenant != answer.origin.tenant { return false }
    if let model, model != answer.origin.model { return false }
    if let before, answer.stored >= before { return false }
    return true
  }
}

/// The purges of this process and, as far as they were heard of, of others, in order.
///
/// An answer that was asked for before a purge and comes after it may tell what the purge was to make
/// forgotten: whoever asks takes the number of the last purge along, and the answer is held against
/// all that came since.
struct PurgeHistory {
  private var last = 0
  private var kept: [CachePurge] = []

  /// As many are remembered; what is older than all of them counts as purged.
  private static let most = 256

  /// To be taken before a call is made.
  var number: Int { last }

  mutating func add(_ purge: CachePurge) {
    last += 1
    kept.append(purge)
    if kept.count > Self.most { kept.removeFirst() }
  }

  func covers(_ answer: CachedAnswer, askedAt number: Int) -> Bool {
    let missed = last - number
    guard missed > 0 else { return false }
    guard missed <= kept.count else { return true }
    return kept.suffix(missed).contains { $0.covers(answer) }
  }
}
