/// How many label combinations are kept: each costs memory here and in whoever stores the scrapes.
package struct SeriesLimits: Hashable, Sendable {
  /// Of one metric.
  package var perMetric: Int
  /// Of all together.
  package var inAll: Int

  package init(perMetric: Int = 1_000, inAll: Int = 20_000) {
    self.perMetric = perMetric
    self.inAll = inAll
  }
}
