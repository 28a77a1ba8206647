/// Unions of neighbouring routes' conditions, so that what a prefix of the routes takes can be
/// subtracted in a few steps.
///
/// A binary tree over the routes: a prefix of ten thousand is fourteen of its nodes at most. A union
/// that would grow too large is left out; then its halves are subtracted one after the other, which
/// stays small where the region does.
final class RouteUnions {
  private let store: DiagramStore
  /// By route: where its condition holds.
  private let guards: [Diagram]
  private var unions: [Stretch: Diagram?] = [:]
  /// Nodes one union may add to the store; fewer where its halves are small, since a union that is
  /// some times their size is not worth having.
  private static let growth = 4_000

  private struct Stretch: Hashable {
    let low: Int
    let high: Int
  }

  init(_ guards: [Diagram], _ store: DiagramStore) {
    self.guards = guards
    self.store = store
  }

  /// What is left of a region when the first `count` routes have taken theirs.
  func rest(of region: Diagram, after count: Int) throws(DiagramsTooLarge) -> Diagram {
    var left = region
    try subtract(from: &left, Stretch(low: 0, high: guards.count), upTo: count)
    return left
  }

  private func subtract(
    from region: inout Diagram, _ stretch: Stretch, upTo end: Int
  ) throws(DiagramsTooLarge) {
    guard region != .never, stretch.low < min(end, stretch.high) else { return }
    if stretch.high <= end, let union = union(stretch) {
      region = try store.minus(region, union)
      return
    }
    guard stretch.high - stretch.low > 1 else {
      region = try store.minus(region, guards[stretch.low])
      return
    }
    let middle = (stretch.low + stretch.high) / 2
    try subtract(from: &region, Stretch(low: stretch.low, high: middle), upTo: end)
    try subtract(from: &region, Stretch(low: middle, high: stretch.high), upTo: end)
  }

  /// The routes among the first `count` whose condition and a region have cells in common, in
  /// written order, at most `limit`.
  func meeting(
    _ region: Diagram, before count: Int, limit: Int
  ) throws(DiagramsTooLarge) -> [Int] {
    var found: [Int] = []
    try collect(region, Stretch(low: 0, high: guards.count), count, limit, &found)
    return found
  }

  private func collect(
    _ region: Diagram, _ stretch: Stretch, _ end: Int, _ limit: Int, _ found: inout [Int]
  ) throws(DiagramsTooLarge) {
    guard stretch.low < min(end, stretch.high), found.count < limit else { return }
    if let union = union(stretch), try store.and(region, union) == .never { return }
    guard stretch.high - stretch.low > 1 else {
      found.append(stretch.low)
      return
    }
    let middle = (stretch.low + stretch.high) / 2
    try collect(region, Stretch(low: stretch.low, high: middle), end, limit, &found)
    try collect(region, Stretch(low: middle, high: stretch.high), end, limit, &found)
  }

  private func union(_ stretch: Stretch) -> Diagram? {
    if stretch.high - stretch.low == 1 { return guards[stretch.low] }
    if let known = unions[stretch] { return known }
    let middle = (stretch.low + stretch.high) / 2
    var found: Diagram?
    if let low = union(Stretch(low: stretch.low, high: middle)),
      let high = union(Stretch(low: middle, high: stretch.high))
    {
      let sizes = store.size(of: low, limit: Self.growth) + store.size(of: high, limit: Self.growth)
      found = store.or(low, high, growingBy: min(Self.growth, 3 * sizes + 64))
    }
    unions[stretch] = .some(found)
    return found
  }
}
