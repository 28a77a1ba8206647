import PolicySemantics
import TextPatterns

extension DecisionGraph {
  /// The value of an atom; shared parts it reads have been found.
  @inline(__always)
  func value(
    of atom: Atom, _ facts: inout RequestFacts, _ scratch: inout Scratch
  ) -> Truth {
    let source = Int(atom.source)
    let holds: Bool
    switch atom.operation {
    case .within: holds = atom.spans(facts.values[source])
    case .outside: holds = !atom.spans(facts.values[source])
    case .inMask:
      holds =
        UInt64(bitPattern: atom.operand) &>> UInt64(truncatingIfNeeded: facts.values[source]) & 1
        == 1
    case .inList: holds = list(atom.operand, has: facts.values[source])
    case .lateWithin, .lateOutside:
      guard let isWithin = spansLate(atom, &facts) else { return .unknown }
      holds = isWithin == (atom.operation == .lateWithin)
    case .lateInList:
      guard let value = late(source, &facts) else { return .unknown }
      holds = list(atom.operand, has: value)
    case .scanned: return scanned(atom, &facts, &scratch)
    case .classifier: return classifier(atom, facts)
    case .task: return task(atom.operand, scratch)
    case .points:
      let found = scratch.points[source]
      return parts.pointsTests[Int(atom.operand)].truth(low: found.low, high: found.high)
    }
    return holds ? .yes : .no
  }

  /// Whether a late slot's number is within an atom's span; nil if the text it is of was not kept.
  ///
  /// A text has at most as many characters, lines and tokens as bytes, which often answers for less
  /// than measuring it: the common short request is not counted to learn that it is not a long one.
  private func spansLate(_ atom: Atom, _ facts: inout RequestFacts) -> Bool? {
    let slot = Int(atom.source)
    if facts.values[slot] == SlotValue.unread, facts.logged == nil,
      parts.slots.source(ofSlot: slot)?.isTextSize == true
    {
      let possible = 0...Int64(facts.texts.byteCount)
      if !atom.interval.overlaps(possible) { return false }
      if atom.spans(possible.lowerBound), atom.spans(possible.upperBound) { return true }
    }
    return late(slot, &facts).map(atom.spans)
  }

  /// A slot that is filled when it is first read; nil if the text it is of was not kept.
  func late(_ slot: Int, _ facts: inout RequestFacts) -> Int64? {
    let value = facts.values[slot]
    if value != SlotValue.unread { return value }
    guard facts.logged == nil else {
      facts.failure = .notKept
      return nil
    }
    let found = parts.slots.source(ofSlot: slot).map { measure($0, &facts) } ?? 0
    facts.values[slot] = found
    return found
  }

  private func classifier(_ atom: Atom, _ facts: borrowing RequestFacts) -> Truth {
    let label = facts.values[Int(atom.source)]
    guard label == SlotValue.unread else { return list(atom.operand, has: label) ? .yes : .no }
    // A test that names every label holds whatever the classifier says.
    let classifier = Int(atom.source) - parts.slots.factCount
    return PoolList(atom.operand).count < parts.policy.classifiers[classifier].labels.count
      ? .unknown : .yes
  }

  private func task(_ operand: Int64, _ scratch: borrowing Scratch) -> Truth {
    guard scratch.task.isOpen else {
      let only = parts.tasksRoot == nil ? parts.lastTask : scratch.task.only
      return only.map { list(operand, has: Int64($0)) } == true ? .yes : .no
    }
    var someInside = false
    var someOutside = false
    for task in parts.policy.tasks.indices
    where scratch.task.open[task / 64] >> UInt64(task % 64) & 1 == 1 {
      if list(operand, has: Int64(task)) { someInside = true } else { someOutside = true }
    }
    // No task at all may be left over as well, where a policy has no last one.
    if parts.lastTask == nil && !scratch.task.isClosed { someOutside = true }
    return someInside ? (someOutside ? .unknown : .yes) : .no
  }

  /// Whether a sorted list of the pool has a value.
  private func list(_ operand: Int64, has value: Int64) -> Bool {
    let list = PoolList(operand)
    var low = list.start
    var high = list.start + list.count
    while low < high {
      let middle = (low + high) / 2
      if parts.pool[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low < list.start + list.count && parts.pool[low] == value
  }
}

/// A sorted list in the pool, packed into an atom's operand.
struct PoolList {
  let start: Int
  let count: Int

  init(start: Int, count: Int) {
    self.start = start
    self.count = count
  }

  init(_ operand: Int64) {
    start = Int(operand >> 32)
    count = Int(operand & 0xffff_ffff)
  }

  var operand: Int64 { Int64(start) << 32 | Int64(count) }
}
