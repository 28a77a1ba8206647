import PolicySemantics
import PolicySource

/// Lays conditions out as flat nodes, without recursion: any depth lowers.
///
/// A subtree 62 steps below its root moves into a piece of its own and leaves a `piece` node behind,
/// so that the evaluator's marks, one bit per depth, fit one word.
struct GuardBuilder {
  var parts: GraphParts
  private var atomBuilder = AtomBuilder()
  /// Parts cut off, with the piece each becomes.
  private var deep: [(piece: Int, condition: CheckedCondition)] = []
  private static let deepest = 62

  init(parts: GraphParts) { self.parts = parts }

  mutating func lower(_ condition: CheckedCondition?) -> UInt32? {
    condition.map { lower($0) }
  }

  /// Lays out one condition; its root is the node returned.
  mutating func lower(_ condition: CheckedCondition) -> UInt32 {
    let root = UInt32(parts.nodes.count)
    lay(Step(condition, above: .root, parent: root, depth: 0, isLast: true))
    return root
  }

  /// Lays out a `points` or `tasks` node and the conditions under it.
  mutating func lowerChildren(
    _ conditions: [CheckedCondition], under kind: GuardNode.Kind, operand: UInt32, span: Span
  ) -> (root: UInt32, children: [UInt32]) {
    let root = UInt32(parts.nodes.count)
    append(
      kind, Step(nil, above: .root, parent: root, depth: 0, isLast: true), operand: operand, span)
    var children: [UInt32] = []
    for (index, condition) in conditions.enumerated() {
      children.append(UInt32(parts.nodes.count))
      lay(
        Step(
          condition, above: kind, parent: root, depth: 1, isLast: index == conditions.count - 1))
    }
    parts.nodes[Int(root)].end = UInt32(parts.nodes.count)
    return (root, children)
  }

  /// Lays out what was cut off, and what is cut off from that.
  mutating func lowerDeepParts() {
    var next = 0
    while next < deep.count {
      let part = deep[next]
      parts.pieces[part.piece] = lower(part.condition)
      next += 1
    }
  }

  consuming func finish() -> GraphParts { parts }

  /// What is left to lay out: a condition, or the end of a node whose children are laid.
  private struct Step {
    let condition: CheckedCondition?
    let above: GuardNode.Kind
    let parent: UInt32
    let depth: Int
    let isLast: Bool

    init(
      _ condition: CheckedCondition?, above: GuardNode.Kind, parent: UInt32, depth: Int,
      isLast: Bool
    ) {
      self.condition = condition
      self.above = above
      self.parent = parent
      self.depth = depth
      self.isLast = isLast
    }
  }

  private mutating func lay(_ first: Step) {
    var steps = [first]
    while let step = steps.popLast() {
      guard let condition = step.condition else {
        parts.nodes[Int(step.parent)].end = UInt32(parts.nodes.count)
        continue
      }
      switch condition {
      case .all(let children, let span):
        lay(children, as: .all, step, span, &steps)
      case .any(let children, let span):
        lay(children, as: .any, step, span, &steps)
      case .not(let child, let span):
        lay([child], as: .not, step, span, &steps)
      case .named(let id, let span):
        append(.piece, step, operand: UInt32(id.index), span)
      case .test(let test, let span):
        append(.atom, step, operand: atomBuilder.atom(for: test, in: &parts), span)
      }
    }
  }

  private mutating func lay(
    _ children: [CheckedCondition], as kind: GuardNode.Kind, _ step: Step, _ span: Span,
    _ steps: inout [Step]
  ) {
    guard step.depth < GuardBuilder.deepest else {
      guard let condition = step.condition else { return }
      deep.append((parts.pieces.count, condition))
      append(.piece, step, operand: UInt32(parts.pieces.count), span)
      parts.pieces.append(0)
      return
    }
    let node = UInt32(parts.nodes.count)
    append(kind, step, operand: 0, span)
    // The node ends when its last child is laid.
    steps.append(Step(nil, above: kind, parent: node, depth: 0, isLast: true))
    for (index, child) in children.enumerated().reversed() {
      steps.append(
        Step(
          child, above: kind, parent: node, depth: step.depth + 1,
          isLast: index == children.count - 1))
    }
  }

  private mutating func append(
    _ kind: GuardNode.Kind, _ step: Step, operand: UInt32, _ span: Span
  ) {
    parts.nodes.append(
      GuardNode(
        kind: kind, above: step.above, depth: UInt8(step.depth), isLastChild: step.isLast,
        operand: operand, parent: step.parent, end: UInt32(parts.nodes.count + 1)))
    parts.nodeSpans.append(span)
  }
}
