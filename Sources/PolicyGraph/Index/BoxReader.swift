import PolicySemantics

/// Reads the boxes of a guard: it can only hold inside one of them.
///
/// A condition becomes alternatives of boxes, `and` as their products and `or` as their sums. What a
/// box cannot say (texts, tasks, points, classifiers) and what grows past a limit becomes wider,
/// never narrower.
struct BoxReader {
  private let parts: GraphParts
  /// By piece and polarity.
  private var known: [Int: [RouteBox]] = [:]

  private static let boxLimit = 8
  /// Deeper conditions and longer chains of names are left open.
  private static let depthLimit = 96

  private static let open = [RouteBox()]

  init(_ parts: GraphParts) { self.parts = parts }

  /// At most 8 boxes; none if the guard can never hold.
  mutating func boxes(of root: UInt32) -> [RouteBox] {
    read(root, holding: true, depth: 0)
  }

  private mutating func read(_ at: UInt32, holding: Bool, depth: Int) -> [RouteBox] {
    guard depth < BoxReader.depthLimit else { return BoxReader.open }
    let node = parts.nodes[Int(at)]
    switch node.kind {
    case .all:
      return read(childrenOf: at, holding: holding, depth: depth, together: holding)
    case .any:
      return read(childrenOf: at, holding: holding, depth: depth, together: !holding)
    case .not:
      return read(at + 1, holding: !holding, depth: depth + 1)
    case .piece:
      let key = Int(node.operand) * 2 + (holding ? 1 : 0)
      if let boxes = known[key] { return boxes }
      let boxes = read(parts.pieces[Int(node.operand)], holding: holding, depth: depth + 1)
      known[key] = boxes
      return boxes
    case .atom:
      return read(parts.atoms[Int(node.operand)], holding: holding)
    case .points, .tasks, .root:
      return BoxReader.open
    }
  }

  private mutating func read(
    childrenOf node: UInt32, holding: Bool, depth: Int, together: Bool
  ) -> [RouteBox] {
    let end = parts.nodes[Int(node)].end
    var at = node + 1
    var boxes = together ? BoxReader.open : []
    while at < end {
      let child = read(at, holding: holding, depth: depth + 1)
      boxes = together ? BoxReader.product(boxes, child) : BoxReader.sum(boxes, child)
      if together && boxes.isEmpty { return [] }
      at = parts.nodes[Int(at)].end
    }
    return boxes
  }

  private static func product(_ a: [RouteBox], _ b: [RouteBox]) -> [RouteBox] {
    if a.count * b.count > boxLimit {
      let (few, many) = a.count <= b.count ? (a, b) : (b, a)
      return few.compactMap { box in hull(many).flatMap { box.intersection($0) } }
    }
    return a.flatMap { box in b.compactMap { box.intersection($0) } }
  }

  private static func sum(_ a: [RouteBox], _ b: [RouteBox]) -> [RouteBox] {
    let all = a + b
    if all.contains(where: \.sides.isEmpty) { return open }
    return all.count <= boxLimit ? all : hull(all).map { [$0] } ?? []
  }

  private static func hull(_ boxes: [RouteBox]) -> RouteBox? {
    guard let first = boxes.first else { return nil }
    return boxes.dropFirst().reduce(first) { $0.hull($1) }
  }

  private func read(_ atom: Atom, holding: Bool) -> [RouteBox] {
    let slot = atom.source
    let number = atom.operand
    switch atom.operation {
    case .within, .outside:
      return interval(atom.interval, slot, inside: holding == (atom.operation == .within))
    case .inMask:
      let mask = UInt64(bitPattern: number)
      let labels = (0..<64).filter { mask >> UInt64($0) & 1 == 1 }.map(Int64.init)
      return holding ? only(labels, slot) : all(but: labels, slot)
    case .inList:
      let list = PoolList(number)
      let values = Array(parts.pool[list.start..<list.start + list.count])
      return holding ? only(values, slot) : all(but: values, slot)
    case .lateWithin, .lateOutside, .lateInList, .classifier, .task, .points, .scanned:
      return BoxReader.open
    }
  }

  private func only(_ values: [Int64], _ slot: UInt32) -> [RouteBox] {
    RouteBox.Side(slot: slot, values: values).map { [RouteBox($0)] } ?? []
  }

  private func all(but values: [Int64], _ slot: UInt32) -> [RouteBox] {
    guard let domain = domain(of: Int(slot)), domain <= RouteBox.Side.valueLimit else {
      return BoxReader.open
    }
    return only((0..<Int64(domain)).filter { !values.contains($0) }, slot)
  }

  /// The numbers of an interval, or those around it.
  private func interval(
    _ range: ClosedRange<Int64>, _ slot: UInt32, inside: Bool
  ) -> [RouteBox] {
    let (low, high) = (range.lowerBound, range.upperBound)
    if inside { return [RouteBox(RouteBox.Side(slot: slot, low: low, high: high))] }
    if low == high, domain(of: Int(slot)) != nil { return all(but: [low], slot) }
    var boxes: [RouteBox] = []
    if low > .min { boxes.append(RouteBox(RouteBox.Side(slot: slot, low: .min, high: low - 1))) }
    if high < .max {
      boxes.append(RouteBox(RouteBox.Side(slot: slot, low: high + 1, high: .max)))
    }
    // Around a single name or number is nearly everything: not worth two places in the index.
    return boxes.count > 1 ? BoxReader.open : boxes
  }

  /// How many values a slot can have, counted from 0; nil if they are not a short list.
  private func domain(of slot: Int) -> Int? {
    if slot < parts.slots.factCount {
      switch parts.policy.facts[slot].type {
      case .bool: return 2
      case .labels(let labels): return labels.count
      case .count, .text: return nil
      }
    }
    switch parts.slots.source(ofSlot: slot) {
    case .stream, .healthy: return 2
    case .format: return 3
    case .weekday: return 7
    case nil, .hour, .date, .maxTokens, .temperature, .tools, .images, .messages, .turn,
      .budgetUsedShare, .budgetLeftShare, .budgetUsed, .budgetLeft, .model, .identity, .chars,
      .tokens, .lines, .language:
      return nil
    }
  }
}
