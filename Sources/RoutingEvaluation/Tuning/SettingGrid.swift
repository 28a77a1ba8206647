package import PolicyUnits

/// The thresholds of one ladder that are tried, place by place.
package struct SettingGrid: Sendable {
  /// One threshold of the ladder.
  package struct Axis: Sendable {
    /// Tier and gate of its `accept` list, from 0.
    package let tier: Int
    package let pass: Int
    /// From the one that accepts most on; the policy's own is among them.
    package let values: [Score]
    /// How many there are at which an outcome changes; `values` may be fewer.
    package let distinct: Int
    /// The place of the policy's own in `values`.
    package let own: Int

    package init(tier: Int, pass: Int, values: [Score], distinct: Int, own: Int) {
      self.tier = tier
      self.pass = pass
      self.values = values
      self.distinct = distinct
      self.own = own
    }
  }

  package let axes: [Axis]

  package init(_ axes: [Axis]) { self.axes = axes }

  /// 1 without thresholds.
  package var count: Int { axes.reduce(1) { $0 * $1.values.count } }

  /// How many values each of so many axes may have in at most `room` settings; where there are too many
  /// axes for three each, the first ones have three and the others stay as they are.
  package static func sizes(_ axes: Int, room: Int) -> [Int] {
    var swept = axes
    while swept > 0, power(3, swept) > room { swept -= 1 }
    var most = 3
    while swept > 0, most < room, power(most + 1, swept) <= room { most += 1 }
    return (0..<axes).map { $0 < swept ? most : 1 }
  }

  /// The greatest number where it is more.
  private static func power(_ base: Int, _ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { product, _ in
      let (next, overflow) = product.multipliedReportingOverflow(by: base)
      return overflow ? .max : next
    }
  }

  /// The setting of the policy.
  package var own: [Int] { axes.map(\.own) }

  /// The places of a setting on the axes, by its number.
  package subscript(number: Int) -> [Int] {
    var rest = number
    return axes.map { axis in
      defer { rest /= axis.values.count }
      return rest % axis.values.count
    }
  }

  package func number(of places: [Int]) -> Int {
    var number = 0
    for (axis, place) in zip(axes, places).reversed() {
      number = number * axis.values.count + place
    }
    return number
  }

  /// One step laxer on one axis each.
  package func laxer(than places: [Int]) -> [Int] {
    axes.indices.compactMap { axis in
      guard places[axis] > 0 else { return nil }
      var other = places
      other[axis] -= 1
      return number(of: other)
    }
  }

  /// At most `most` of the values in order, evenly, with both ends and the policy's own; the policy's
  /// own alone where `most` is below 3.
  package static func axis(
    tier: Int, pass: Int, scores: Set<Score>, own: Score, isFalling: Bool, most: Int
  ) -> Axis {
    let order = scores.union([own]).sorted { isFalling ? $0 > $1 : $0 < $1 }
    var values = order
    if most < 3 {
      values = [own]
    } else if order.count > most {
      let last = max(1, most - 2)
      let kept = Set((0...last).map { order[$0 * (order.count - 1) / last] }).union([own])
      values = order.filter(kept.contains)
    }
    return Axis(
      tier: tier, pass: pass, values: values, distinct: scores.count,
      own: values.firstIndex(of: own) ?? 0)
  }
}
