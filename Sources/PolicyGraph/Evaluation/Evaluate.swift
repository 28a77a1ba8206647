extension DecisionGraph {
  /// Evaluates one condition: the only function that does.
  ///
  /// Routes, tasks, guards, budgets and compressions, explanations and analysis all come here.
  ///
  /// It walks the subtree's range of nodes from left to right. A test gives a value; the value
  /// climbs while it decides the node above, and otherwise the walk goes on with the next sibling:
  /// `and` stops at the first no, `or` at the first yes. What hangs on an unanswered classifier is
  /// unknown, and does not stop either: `unknown and no` is no. Whether an unfinished node has an
  /// unknown child is one bit, by its depth. When a test reads something shared that has not been
  /// found in this round (a named condition, points, the task), the walk notes where it was, finds
  /// that first, and looks at the test again; so nothing recurses, and nothing is found twice.
  ///
  /// - Complexity: O(nodes of the subtree and of what it shares).
  func evaluate(_ start: UInt32, _ facts: inout RequestFacts, _ scratch: inout Scratch) -> Truth {
    var root = start
    var at = start
    var marks: UInt64 = 0
    let bottom = scratch.frames.count
    while true {
      let node = parts.nodes[Int(at)]
      var value: Truth
      switch node.kind {
      case .atom:
        let atom = parts.atoms[Int(node.operand)]
        if atom.isShared, let target = missing(atom, scratch) {
          scratch.frames.append(Frame(resume: at, root: root, marks: marks))
          (root, at, marks) = (target, target, 0)
          continue
        }
        value = self.value(of: atom, &facts, &scratch)
      case .piece:
        let found = scratch.pieces[Int(node.operand)]
        guard found >> 2 == scratch.round, let truth = Truth(rawValue: UInt8(found & 3)) else {
          let target = parts.pieces[Int(node.operand)]
          scratch.frames.append(Frame(resume: at, root: root, marks: marks))
          (root, at, marks) = (target, target, 0)
          continue
        }
        value = truth
      case .all, .any, .not, .points, .tasks, .root:
        marks &= ~(1 << UInt64(node.depth))
        if node.kind == .points { begin(points: node.operand, &scratch) }
        if node.kind == .tasks { beginTasks(&scratch) }
        if node.end > at + 1 {
          at += 1
          continue
        }
        value = node.kind == .any ? .no : .yes
      }
      // The value is that of the node at `at`; let it climb.
      if let next = climb(from: &at, root, &value, &marks, &scratch) {
        at = next
        continue
      }
      guard scratch.frames.count > bottom, let frame = scratch.frames.popLast() else {
        return value
      }
      keep(value, for: parts.nodes[Int(frame.resume)], root, &scratch)
      (root, at, marks) = (frame.root, frame.resume, frame.marks)
    }
  }

  /// Takes a value upwards until a node above needs another child.
  ///
  /// - Returns: that child, or nil if the root has its value.
  @inline(__always)
  private func climb(
    from at: inout UInt32, _ root: UInt32, _ value: inout Truth, _ marks: inout UInt64,
    _ scratch: inout Scratch
  ) -> UInt32? {
    while at != root {
      let node = parts.nodes[Int(at)]
      switch node.above {
      case .all:
        if value != .no {
          let mark: UInt64 = 1 << UInt64(node.depth &- 1)
          if value == .unknown { marks |= mark }
          if !node.isLastChild { return node.end }
          value = marks & mark == 0 ? .yes : .unknown
        }
      case .any:
        if value != .yes {
          let mark: UInt64 = 1 << UInt64(node.depth &- 1)
          if value == .unknown { marks |= mark }
          if !node.isLastChild { return node.end }
          value = marks & mark == 0 ? .no : .unknown
        }
      case .not:
        value = value.negated
      case .points:
        add(value, to: parts.nodes[Int(node.parent)].operand, &scratch)
        if !node.isLastChild { return node.end }
      case .tasks:
        if !settleTask(value, isLast: node.isLastChild, &scratch) { return node.end }
      case .atom, .piece, .root:
        return nil
      }
      at = node.parent
    }
    return nil
  }

  /// The root of the shared part an atom reads, if this round has not found it yet.
  private func missing(_ atom: Atom, _ scratch: borrowing Scratch) -> UInt32? {
    if atom.operation == .task {
      return scratch.task.round == scratch.round ? nil : parts.tasksRoot
    }
    let points = Int(atom.source)
    return scratch.points[points].round == scratch.round ? nil : parts.pointsRoots[points]
  }

  /// Notes the value of a shared part for the node that asked for it.
  private func keep(
    _ value: Truth, for asking: GuardNode, _ root: UInt32, _ scratch: inout Scratch
  ) {
    switch parts.nodes[Int(root)].kind {
    case .points: scratch.points[Int(parts.nodes[Int(root)].operand)].round = scratch.round
    case .tasks: scratch.task.round = scratch.round
    case .all, .any, .not, .atom, .piece, .root:
      scratch.pieces[Int(asking.operand)] = scratch.round << 2 | UInt64(value.rawValue)
    }
  }
}

extension Atom {
  /// Whether it reads something that takes a walk of its own.
  var isShared: Bool { operation == .task || operation == .points }
}
