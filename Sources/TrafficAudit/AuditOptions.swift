package import RoutingBudgets

/// What an audit looks at.
package struct AuditOptions: Sendable {
  /// What the table of spending is grouped by.
  package var by: [AuditDimension]
  /// Requests before it are not counted, unless they are held against the others.
  package var since: Timestamp?
  /// With ``since``: the time from here to there is held against the same time after it.
  package var against: Timestamp?
  package var prices: AuditPrices

  package init(
    by: [AuditDimension], since: Timestamp? = nil, against: Timestamp? = nil,
    prices: AuditPrices = .none
  ) {
    self.by = by
    self.since = since
    self.against = against
    self.prices = prices
  }

  enum Period { case earlier, counted, outside }

  /// Which of the times that were asked for a moment lies in.
  func period(of time: Timestamp) -> Period {
    guard let since else { return .counted }
    guard let against else { return time < since ? .outside : .counted }
    if time < against { return .outside }
    if time < since { return .earlier }
    let length = since.milliseconds - against.milliseconds
    return time.milliseconds - since.milliseconds < length ? .counted : .outside
  }
}

/// What requests are told apart by.
package enum AuditDimension: String, CaseIterable, Sendable {
  case task, model, route, tenant, day
}
