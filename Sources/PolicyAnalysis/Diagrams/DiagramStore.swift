/// Keeps diagrams reduced, each node once.
///
/// A variable is a level; its values are cells `0..<domain`. A node holds runs of neighbouring cells
/// that lead to the same diagram, so a field of ten thousand tenants costs what its tests mention:
/// ```
/// tenant   0..<7 ─▶ never    7..<8 ─▶ (plan …)    8..<10001 ─▶ never
/// ```
/// Nodes are never freed; the limits end a computation that grows.
package final class DiagramStore {
  package let limits: DiagramLimits
  /// Cells of each level's variable, at least one.
  let domains: [Int32]
  /// By diagram; those of the terminals are past every variable.
  private(set) var levels: [Int32]
  /// Where the runs of a diagram begin; they end where those of the next begin.
  private var firstRuns: [UInt32]
  private(set) var runs: [Run] = []
  /// Open addressing over a power of two: the diagrams by what they hold.
  private var table: [UInt32]
  private var cache: OperationCache
  var steps = 0
  private var mostSteps: Int
  /// Nodes the operation at hand may grow the store to.
  private var ceiling: Int
  /// Runs of the nodes being made, one node's above the other's.
  private var pending: [Run] = []
  private var frames: [Frame] = []
  /// By node: the walk that came by last, and what ``cheapest(in:costs:)`` found below it.
  var marks: [UInt32] = []
  var walk: UInt32 = 0
  var best: [Best] = []

  /// Cells up to `end` that are in no run before lead to `child`.
  struct Run: Hashable {
    var end: Int32
    var child: UInt32
  }

  static let terminalLevel = Int32.max

  package init(domains: [Int], limits: DiagramLimits = DiagramLimits()) {
    self.limits = limits
    ceiling = limits.nodes
    mostSteps = limits.steps
    self.domains = domains.map { Int32(clamping: max(1, $0)) }
    levels = [Self.terminalLevel, Self.terminalLevel]
    firstRuns = [0, 0, 0]
    table = Array(repeating: 0, count: 1 << 10)
    cache = OperationCache()
  }

  package var nodeCount: Int { levels.count - 2 }

  /// The level of a diagram's variable; past every variable for a terminal.
  @inline(__always)
  func level(_ diagram: UInt32) -> Int32 { levels[Int(diagram)] }

  @inline(__always)
  func runRange(_ diagram: UInt32) -> Range<Int> {
    Int(firstRuns[Int(diagram)])..<Int(firstRuns[Int(diagram) + 1])
  }

  /// The assignments whose cell at `level` is in one of the ranges, which ascend and do not touch.
  package func literal(
    level: Int, cells: [Range<Int>]
  ) throws(DiagramsTooLarge) -> Diagram {
    pending.removeAll(keepingCapacity: true)
    let base = 0
    var at: Int32 = 0
    for range in cells where !range.isEmpty {
      let (low, high) = (Int32(clamping: range.lowerBound), Int32(clamping: range.upperBound))
      if low > at { push(Run(end: low, child: 0), base) }
      push(Run(end: high, child: 1), base)
      at = high
    }
    if at < domains[level] { push(Run(end: domains[level], child: 0), base) }
    return Diagram(index: try make(Int32(level), from: base))
  }

  // MARK: Operations

  package func and(_ a: Diagram, _ b: Diagram) throws(DiagramsTooLarge) -> Diagram {
    try run(.and, a, b)
  }

  package func or(_ a: Diagram, _ b: Diagram) throws(DiagramsTooLarge) -> Diagram {
    try run(.or, a, b)
  }

  /// What is in `a` and not in `b`.
  package func minus(_ a: Diagram, _ b: Diagram) throws(DiagramsTooLarge) -> Diagram {
    try run(.minus, a, b)
  }

  package func not(_ a: Diagram) throws(DiagramsTooLarge) -> Diagram {
    try minus(.always, a)
  }

  /// Counts the steps of another question from none; the limits hold as well.
  func startCounting(upTo most: Int) {
    steps = 0
    mostSteps = min(most, limits.steps)
  }

  /// Ends a question that only looks at diagrams again and again.
  func checkSteps() throws(DiagramsTooLarge) {
    guard steps <= mostSteps else { throw tooLarge() }
  }

  /// Whether another question may well fit.
  var hasRoom: Bool { nodeCount < limits.nodes / 2 }

  /// The union, if the store grows by no more than `nodes` for it.
  package func or(_ a: Diagram, _ b: Diagram, growingBy nodes: Int) -> Diagram? {
    ceiling = min(limits.nodes, nodeCount + nodes)
    defer { ceiling = limits.nodes }
    return try? run(.or, a, b)
  }

  private func run(
    _ operation: Operation, _ a: Diagram, _ b: Diagram
  ) throws(DiagramsTooLarge) -> Diagram {
    // What an operation that gave up left behind.
    pending.removeAll(keepingCapacity: true)
    frames.removeAll(keepingCapacity: true)
    return Diagram(index: try apply(operation, a.index, b.index))
  }

  enum Operation: UInt64 {
    case and = 1
    case or = 2
    case minus = 3
  }

  /// The result where one operand alone decides it.
  @inline(__always)
  private func shortcut(_ operation: Operation, _ a: UInt32, _ b: UInt32) -> UInt32? {
    switch operation {
    case .and:
      if a == 0 || b == 0 { return 0 }
      if a == 1 || a == b { return b }
      return b == 1 ? a : nil
    case .or:
      if a == 1 || b == 1 { return 1 }
      if a == 0 || a == b { return b }
      return b == 0 ? a : nil
    case .minus:
      if a == 0 || b == 1 || a == b { return 0 }
      return b == 0 ? a : nil
    }
  }

  /// The result where it takes no work, or was found before.
  @inline(__always)
  private func known(_ operation: Operation, _ a: UInt32, _ b: UInt32) -> UInt32? {
    if let result = shortcut(operation, a, b) { return result }
    let swaps = operation != .minus && a > b
    return swaps ? cache.result(of: operation, b, a) : cache.result(of: operation, a, b)
  }

  /// Two diagrams on the way to their result: those above wait for it.
  private struct Frame {
    let a: UInt32
    let b: UInt32
    let level: Int32
    /// Where the node's runs begin among the pending.
    let base: Int
    /// The next run of each, or -1 for one that begins below this level: it is the same in every cell.
    var i: Int
    var j: Int
    /// The cells up to here have their runs, once what is waited for is there.
    var end: Int32 = 0
  }

  private func frame(_ operation: Operation, _ first: UInt32, _ second: UInt32) -> Frame {
    let swaps = operation != .minus && first > second
    let (a, b) = swaps ? (second, first) : (first, second)
    let level = min(level(a), level(b))
    return Frame(
      a: a, b: b, level: level, base: pending.count,
      i: self.level(a) == level ? Int(firstRuns[Int(a)]) : -1,
      j: self.level(b) == level ? Int(firstRuns[Int(b)]) : -1)
  }

  /// Goes down the levels and up again with a stack of its own: as deep as there are variables.
  private func apply(
    _ operation: Operation, _ first: UInt32, _ second: UInt32
  ) throws(DiagramsTooLarge) -> UInt32 {
    if let result = known(operation, first, second) { return result }
    frames.append(frame(operation, first, second))
    while var top = frames.popLast() {
      if let (a, b) = advance(&top, operation) {
        frames.append(top)
        frames.append(frame(operation, a, b))
        continue
      }
      let result = try make(top.level, from: top.base)
      cache.keep(result, of: operation, top.a, top.b)
      guard let above = frames.last else { return result }
      push(Run(end: above.end, child: result), above.base)
    }
    return 0
  }

  /// Walks the runs of two diagrams side by side, up to a pair whose result is not known yet; nil at
  /// the end.
  ///
  /// Where a run of one decides by itself, those of the other are leapt over by bisection: taking
  /// one tenant out of ten thousand looks at a dozen runs.
  private func advance(_ frame: inout Frame, _ operation: Operation) -> (UInt32, UInt32)? {
    let last = domains[Int(frame.level)]
    let decided: UInt32 = operation == .or ? 1 : 0
    let deciding: UInt32 = operation == .and ? 0 : 1
    while frame.end < last {
      steps += 1
      let one = frame.i < 0 ? Run(end: last, child: frame.a) : runs[frame.i]
      let other = frame.j < 0 ? Run(end: last, child: frame.b) : runs[frame.j]
      if one.child == decided, one.end > other.end {
        frame.end = one.end
        frame.j = leap(from: frame.j, to: one.end, in: runRange(frame.b))
        if frame.i >= 0 { frame.i += 1 }
        push(Run(end: frame.end, child: decided), frame.base)
        continue
      }
      if other.child == deciding, other.end > one.end {
        frame.end = other.end
        frame.i = leap(from: frame.i, to: other.end, in: runRange(frame.a))
        if frame.j >= 0 { frame.j += 1 }
        push(Run(end: frame.end, child: decided), frame.base)
        continue
      }
      frame.end = min(one.end, other.end)
      if frame.i >= 0, one.end == frame.end { frame.i += 1 }
      if frame.j >= 0, other.end == frame.end { frame.j += 1 }
      guard let child = known(operation, one.child, other.child) else {
        return (one.child, other.child)
      }
      push(Run(end: frame.end, child: child), frame.base)
    }
    return nil
  }

  /// The first run at or after `index` that goes past `cell`.
  private func leap(from index: Int, to cell: Int32, in range: Range<Int>) -> Int {
    var low = index
    var step = 1
    while low + step < range.upperBound, runs[low + step - 1].end <= cell {
      low += step
      step *= 2
    }
    var high = min(low + step, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].end <= cell { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // MARK: Nodes

  @inline(__always)
  private func push(_ run: Run, _ base: Int) {
    if pending.count > base, pending[pending.count - 1].child == run.child {
      pending[pending.count - 1].end = run.end
    } else {
      pending.append(run)
    }
  }

  /// The node with the pending runs from `base` on, which are taken away.
  private func make(_ level: Int32, from base: Int) throws(DiagramsTooLarge) -> UInt32 {
    let count = pending.count - base
    if count == 1 { return pending.removeLast().child }
    defer { pending.removeLast(count) }
    steps += 1 + count / 8
    guard steps <= mostSteps else { throw tooLarge() }
    if (levels.count + 1) * 2 > table.count { growTable() }
    var place = Int(truncatingIfNeeded: hash(level, pending[base...])) & (table.count - 1)
    while table[place] != 0 {
      let found = table[place]
      if levels[Int(found)] == level, holds(found, pendingFrom: base, count) { return found }
      place = (place + 1) & (table.count - 1)
    }
    guard nodeCount < ceiling, runs.count < limits.nodes * 16 else { throw tooLarge() }
    let index = UInt32(levels.count)
    levels.append(level)
    runs.append(contentsOf: pending[base...])
    firstRuns.append(UInt32(runs.count))
    table[place] = index
    return index
  }

  private func tooLarge() -> DiagramsTooLarge {
    DiagramsTooLarge(nodes: nodeCount)
  }

  private func holds(_ node: UInt32, pendingFrom base: Int, _ count: Int) -> Bool {
    let range = runRange(node)
    guard range.count == count else { return false }
    for offset in 0..<count where runs[range.lowerBound + offset] != pending[base + offset] {
      return false
    }
    return true
  }

  private func hash(_ level: Int32, _ runs: ArraySlice<Run>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: level) &* 0x9E37_79B9_7F4A_7C15
    for run in runs {
      hash ^= UInt64(truncatingIfNeeded: run.end) << 32 | UInt64(run.child)
      hash = (hash ^ (hash >> 29)) &* 0xBF58_476D_1CE4_E5B9
    }
    return hash ^ (hash >> 32)
  }

  private func growTable() {
    table = Array(repeating: 0, count: table.count * 2)
    for node in 2..<levels.count {
      var place =
        Int(truncatingIfNeeded: hash(levels[node], runs[runRange(UInt32(node))]))
        & (table.count - 1)
      while table[place] != 0 { place = (place + 1) & (table.count - 1) }
      table[place] = UInt32(node)
    }
  }
}
