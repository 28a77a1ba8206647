import PolicyGraph
import PolicySemantics
import PolicySyntax
import RoutingRuntime

/// What is known of one policy's conditions before any classifier has answered: where they may hold,
/// and where they hold whatever the answers.
///
/// Three values, as the evaluator has them, and not what could be deduced: `x = a or x = b` is open
/// until the classifier has spoken, even if there is no third label.
final class OpenConditions {
  struct Bounds {
    let may: Diagram
    let must: Diagram
  }

  private let regions: RegionSpace
  private let side: Int
  private let policy: CheckedPolicy
  private var named: [ConditionID: Bounds] = [:]
  private var tasks: [Diagram]?
  private var store: DiagramStore { regions.store }

  init(_ regions: RegionSpace, _ side: Int) {
    self.regions = regions
    self.side = side
    policy = regions.graphs[side].policy
  }

  /// The requests whose route hangs on a classifier.
  func asked() throws(DiagramsTooLarge) -> Diagram {
    var left = Diagram.always
    var asked = Diagram.never
    for route in policy.routes {
      guard left != .never else { break }
      let bounds = try bounds(route.condition)
      let open = try store.minus(bounds.may, bounds.must)
      asked = try store.or(asked, try store.and(left, open))
      left = try store.minus(left, bounds.may)
    }
    return asked
  }

  private func bounds(_ condition: CheckedCondition?) throws(DiagramsTooLarge) -> Bounds {
    guard let condition else { return Bounds(may: .always, must: .always) }
    switch condition {
    case .all(let parts, _):
      var all = Bounds(may: .always, must: .always)
      for part in parts {
        let one = try bounds(part)
        all = Bounds(
          may: try store.and(all.may, one.may), must: try store.and(all.must, one.must))
      }
      return all
    case .any(let parts, _):
      var any = Bounds(may: .never, must: .never)
      for part in parts {
        let one = try bounds(part)
        any = Bounds(may: try store.or(any.may, one.may), must: try store.or(any.must, one.must))
      }
      return any
    case .not(let part, _):
      let one = try bounds(part)
      return Bounds(may: try store.not(one.must), must: try store.not(one.may))
    case .named(let id, _):
      if let known = named[id] { return known }
      let found = try bounds(policy[id].condition)
      named[id] = found
      return found
    case .test(let test, _): return try bounds(test, condition)
    }
  }

  private func bounds(
    _ test: RequestTest, _ condition: CheckedCondition
  ) throws(DiagramsTooLarge) -> Bounds {
    switch test {
    case .label(.classifier, _): return Bounds(may: .always, must: .never)
    case .label(.task, let labels): return try bounds(ofTasks: Set(labels))
    case .number(.points(let id), let comparison, let number):
      return try bounds(of: policy[id], comparison, number)
    case .flag, .label, .number, .name, .text, .offersTool:
      let known = try regions.holds(condition, in: side)
      return Bounds(may: known, must: known)
    }
  }

  /// A task may be the request's if its condition may hold and none before it must.
  private func bounds(ofTasks labels: Set<Int>) throws(DiagramsTooLarge) -> Bounds {
    var possible = tasks ?? []
    if tasks == nil {
      var left = Diagram.always
      for task in policy.tasks {
        let one = try bounds(task.condition)
        possible.append(try store.and(left, one.may))
        left = try store.minus(left, one.must)
      }
      tasks = possible
    }
    var (inside, outside) = (Diagram.never, Diagram.never)
    for (index, region) in possible.enumerated() {
      if labels.contains(index) {
        inside = try store.or(inside, region)
      } else {
        outside = try store.or(outside, region)
      }
    }
    return Bounds(may: inside, must: try store.minus(inside, outside))
  }

  /// By the least and the most the sum can come to.
  private func bounds(
    of points: CheckedPoints, _ comparison: Comparison, _ number: Int64
  ) throws(DiagramsTooLarge) -> Bounds {
    var sums: [Sums: Diagram] = [Sums(low: 0, high: 0): .always]
    for line in points.lines {
      let one = try bounds(line.condition)
      let open = try store.minus(one.may, one.must)
      let never = try store.not(one.may)
      var next: [Sums: Diagram] = [:]
      for (sum, region) in sums.sorted(by: { $0.key < $1.key }) {
        for (part, reached) in [
          (never, sum), (open, sum.adding(0, line.weight)),
          (one.must, sum.adding(line.weight, line.weight)),
        ] {
          let here = try store.and(region, part)
          if here != .never { next[reached] = try store.or(next[reached] ?? .never, here) }
        }
      }
      sums = next
    }
    var (may, must) = (Diagram.never, Diagram.never)
    for (sum, region) in sums.sorted(by: { $0.key < $1.key }) {
      if sum.may(comparison, number) { may = try store.or(may, region) }
      if sum.must(comparison, number) { must = try store.or(must, region) }
    }
    return Bounds(may: may, must: must)
  }
}

/// Between what two figures a sum of points lies.
private struct Sums: Hashable, Comparable {
  let low: Int64
  let high: Int64

  static func < (a: Self, b: Self) -> Bool { (a.low, a.high) < (b.low, b.high) }

  func adding(_ least: Int64, _ most: Int64) -> Sums {
    Sums(low: Self.sum(low, least), high: Self.sum(high, most))
  }

  private static func sum(_ a: Int64, _ b: Int64) -> Int64 {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
  }

  func must(_ comparison: Comparison, _ number: Int64) -> Bool {
    switch comparison {
    case .equal: low == number && high == number
    case .notEqual: number < low || high < number
    case .less, .lessOrEqual: comparison.holds(high, number)
    case .greater, .greaterOrEqual: comparison.holds(low, number)
    }
  }

  func may(_ comparison: Comparison, _ number: Int64) -> Bool {
    switch comparison {
    case .equal: low <= number && number <= high
    case .notEqual: !(low == number && high == number)
    case .less, .lessOrEqual: comparison.holds(low, number)
    case .greater, .greaterOrEqual: comparison.holds(high, number)
    }
  }
}
