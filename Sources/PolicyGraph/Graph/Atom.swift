package import PolicySemantics

/// One distinct test of a request, compiled to what it reads and what it compares with.
///
/// 16 bytes.
package struct Atom: Hashable, Sendable {
  var operation: Operation
  /// What it reads, by operation: a value slot, a scan, or the points' index.
  var source: UInt32
  /// What it compares with, by operation: a number, a mask of labels, a place in a pool, a bit.
  var operand: Int64

  package enum Operation: UInt8, Hashable, Sendable {
    // Over a value slot that is filled when the facts are made.
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    /// The operand has the bit of the value, which is in 0..<64.
    case inMask
    /// The value is in the sorted list the operand points at.
    case inList
    // The same over a slot that is filled when it is first read: text measures and the language.
    case lateEqual, lateNotEqual, lateLess, lateLessOrEqual, lateGreater, lateGreaterOrEqual
    case lateInList
    /// The classifier's label is in the list the operand points at.
    case classifier
    /// The task is in the list the operand points at.
    case task
    /// The sum compares; the operand points at the comparison.
    case points
    /// A bit of a scan: of one text, or of the tools.
    case scanned
  }
}

/// A place in ``DecisionGraph/atoms``.
package typealias AtomID = Identifier<Atom>

/// Where a condition stands in a policy.
package enum ConditionSite: Hashable, Sendable {
  case route(RouteID)
  case task(TaskID)
  case named(ConditionID)
  /// The line's index within the points.
  case pointsLine(PointsID, Int)
  case budget(BudgetID)
  case compression(CompressionID)
  case guarding(GuardID)
  /// Index into `CheckedPolicy.always`.
  case always(Int)
}
