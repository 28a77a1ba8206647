/// What each way of answering costs against how often it is right, on the questions all of them have.
package struct CostFrontier: Sendable {
  package struct Point: Sendable {
    package let name: String
    package let kind: EvaluationEntry.Kind
    package let summary: EvaluationSummary
    /// No other is at least as often right and costs no more, one of the two strictly; nil where its
    /// cost is but a bound and another is as often right: it may cost less than that.
    package internal(set) var isOnFrontier: Bool?
    /// The first, by cost, that stands before it.
    package internal(set) var dominatedBy: String?
  }

  /// By mean cost, cheapest first.
  package let points: [Point]
  /// How many questions they have in common.
  package let questions: Int
  /// Those that lack a question the policies have, or a price.
  package let leftOut: [String]

  /// The policies' common questions count; a model that lacks one of them is left out.
  ///
  /// The oracle is shown and never dominates. A cost that is a bound, which counts as that, is held
  /// against no one: it may stand before a dearer one, and none stands before it.
  package init(_ entries: [EvaluationEntry], seed: UInt64) {
    let count = entries.first?.outcomes.count ?? 0
    let policies = entries.filter { $0.kind == .policy }
    let common = (0..<count).filter { index in
      policies.allSatisfy { $0.outcomes[index].undecided == nil }
    }
    questions = common.count
    var points: [Point] = []
    var leftOut: [String] = []
    for entry in entries {
      let summary = EvaluationSummary(entry, common, seed: seed)
      guard summary.decided == common.count, summary.cost.mean != nil else {
        leftOut.append(entry.name)
        continue
      }
      points.append(
        Point(name: entry.name, kind: entry.kind, summary: summary, isOnFrontier: true))
    }
    points.sort { ($0.cost, $1.summary.right.hits) < ($1.cost, $0.summary.right.hits) }
    for index in points.indices {
      let point = points[index]
      let others = points.indices.filter { $0 != index && points[$0].kind != .oracle }
        .map { points[$0] }
      let better = others.first { $0.dominates(point) }
      points[index].dominatedBy = better?.name
      if point.kind == .oracle || better != nil {
        points[index].isOnFrontier = false
      } else if point.summary.cost.bounded > 0,
        others.contains(where: { $0.summary.right.hits >= point.summary.right.hits })
      {
        points[index].isOnFrontier = nil
      }
    }
    self.points = points
    self.leftOut = leftOut
  }
}

extension CostFrontier.Point {
  fileprivate var cost: Int128 { summary.cost.mean?.sum ?? 0 }

  fileprivate func dominates(_ other: Self) -> Bool {
    // What costs at most so much may cost less than anything.
    guard other.summary.cost.bounded == 0 else { return false }
    let (right, otherRight) = (summary.right.hits, other.summary.right.hits)
    return cost <= other.cost && right >= otherRight && (cost < other.cost || right > otherRight)
  }
}
