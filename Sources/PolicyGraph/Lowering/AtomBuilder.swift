import PolicySemantics
import PolicySyntax

/// Compiles each distinct test once.
struct AtomBuilder {
  private var known: [RequestTest: UInt32] = [:]

  mutating func atom(for test: RequestTest, in parts: inout GraphParts) -> UInt32 {
    if let atom = known[test] { return atom }
    let atom = UInt32(parts.atoms.count)
    parts.atoms.append(AtomBuilder.compile(test, in: &parts))
    parts.tests.append(test)
    known[test] = atom
    return atom
  }

  private static func compile(_ test: RequestTest, in parts: inout GraphParts) -> Atom {
    switch test {
    case .flag(let flag):
      Atom(operation: .within, source: slot(of: flag, in: &parts), operand: 1)
    case .label(let field, let labels):
      label(field, labels.map(Int64.init), in: &parts)
    case .number(let field, let comparison, let number):
      self.number(field, comparison, number, in: &parts)
    case .name(let field, let names):
      name(field, names, in: &parts)
    case .text(let part, let test):
      parts.scans.add(test, of: part)
    case .offersTool(let names):
      parts.scans.addTools(names)
    }
  }

  private static func slot(of flag: Flag, in parts: inout GraphParts) -> UInt32 {
    switch flag {
    case .stream: UInt32(parts.slots.slot(of: .stream))
    case .fact(let id): UInt32(parts.slots.slot(of: id))
    case .healthy(let model): UInt32(parts.slots.slot(of: .healthy(model)))
    }
  }

  private static func label(
    _ field: LabelField, _ labels: [Int64], in parts: inout GraphParts
  ) -> Atom {
    let slot: Int
    switch field {
    case .task:
      return Atom(operation: .task, source: 0, operand: list(labels, in: &parts))
    case .classifier(let id):
      return Atom(
        operation: .classifier, source: UInt32(parts.slots.slot(of: id)),
        operand: list(labels, in: &parts))
    case .format: slot = parts.slots.slot(of: .format)
    case .weekday: slot = parts.slots.slot(of: .weekday)
    case .fact(let id): slot = parts.slots.slot(of: id)
    }
    if labels.count == 1, let label = labels.first {
      return Atom(operation: .within, source: UInt32(slot), operand: label)
    }
    if labels.allSatisfy({ (0..<64).contains($0) }) {
      let mask = labels.reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
      return Atom(operation: .inMask, source: UInt32(slot), operand: Int64(bitPattern: mask))
    }
    return Atom(operation: .inList, source: UInt32(slot), operand: list(labels, in: &parts))
  }

  private static func number(
    _ field: NumberField, _ comparison: Comparison, _ number: Int64, in parts: inout GraphParts
  ) -> Atom {
    let source: SlotSource
    switch field {
    case .points(let id):
      parts.pointsTests.append(PointsTest(comparison: comparison, number: number))
      return Atom(
        operation: .points, source: UInt32(id.index),
        operand: Int64(parts.pointsTests.count - 1))
    case .fact(let id):
      return compare(parts.slots.slot(of: id), isLate: false, comparison, number)
    case .maxTokens: source = .maxTokens
    case .temperature: source = .temperature
    case .tools: source = .tools
    case .images: source = .images
    case .messages: source = .messages
    case .turn: source = .turn
    case .chars(let part): source = .chars(part)
    case .tokens(let part): source = .tokens(part)
    case .lines(let part): source = .lines(part)
    case .hour: source = .hour
    case .date: source = .date
    case .budgetUsedShare(let id): source = .budgetUsedShare(id)
    case .budgetLeftShare(let id): source = .budgetLeftShare(id)
    case .budgetUsed(let id): source = .budgetUsed(id)
    case .budgetLeft(let id): source = .budgetLeft(id)
    }
    return compare(
      parts.slots.slot(of: source), isLate: source.isLate, comparison, number)
  }

  private static func name(
    _ field: NameField, _ names: [String], in parts: inout GraphParts
  ) -> Atom {
    let slot: Int
    switch field {
    case .model: slot = parts.slots.slot(of: .model)
    case .language: slot = parts.slots.slot(of: .language)
    case .identity(let identity): slot = parts.slots.slot(of: .identity(identity))
    case .fact(let id): slot = parts.slots.slot(of: id)
    }
    let isLate = parts.slots.source(ofSlot: slot)?.isLate == true
    let numbers = names.map { Int64(parts.names.intern($0)) }
    if numbers.count == 1, let number = numbers.first {
      return Atom(
        operation: isLate ? .lateWithin : .within, source: UInt32(slot), operand: number)
    }
    return Atom(
      operation: isLate ? .lateInList : .inList, source: UInt32(slot),
      operand: list(numbers, in: &parts))
  }

  private static func list(_ values: [Int64], in parts: inout GraphParts) -> Int64 {
    let list = PoolList(start: parts.pool.count, count: values.count)
    parts.pool.append(contentsOf: values.sorted())
    return list.operand
  }

  /// A comparison as an interval, or what an interval leaves out.
  private static func compare(
    _ slot: Int, isLate: Bool, _ comparison: Comparison, _ number: Int64
  ) -> Atom {
    switch comparison {
    case .equal: interval(slot, isLate, number...number)
    case .notEqual: interval(slot, isLate, number...number, isOutside: true)
    case .less: interval(slot, isLate, number...Int64.max, isOutside: true)
    case .lessOrEqual: interval(slot, isLate, Int64.min...number)
    case .greater: interval(slot, isLate, Int64.min...number, isOutside: true)
    case .greaterOrEqual: interval(slot, isLate, number...Int64.max)
    }
  }

  private static func interval(
    _ slot: Int, _ isLate: Bool, _ range: ClosedRange<Int64>, isOutside: Bool = false
  ) -> Atom {
    let operation: Atom.Operation =
      isOutside ? (isLate ? .lateOutside : .outside) : (isLate ? .lateWithin : .within)
    return Atom(
      operation: operation, source: UInt32(slot), operand: range.lowerBound,
      width: UInt64(bitPattern: range.upperBound &- range.lowerBound))
  }
}
