package import PolicySemantics

/// One distinct test of a request, compiled to what it reads and what it compares with.
///
/// 24 bytes.
package struct Atom: Hashable, Sendable {
  var operation: Operation
  /// What it reads, by operation: a value slot, a scan, or the points' index.
  var source: UInt32
  /// What it compares with, by operation: the least number, a mask of labels, a place in a pool, a
  /// bit.
  var operand: Int64
  /// Of `within` and `outside`: how far the greatest number lies above the least.
  var width: UInt64 = 0

  package enum Operation: UInt8, Hashable, Sendable {
    // Over a value slot that is filled when the facts are made. All comparisons are one of two, so
    // that deciding seldom branches where it did not expect to.
    /// The value is one of the numbers from the operand on.
    case within
    case outside
    /// The operand has the bit of the value, which is in 0..<64.
    case inMask
    /// The value is in the sorted list the operand points at.
    case inList
    // The same over a slot that is filled when it is first read: text measures and the language.
    case lateWithin, lateOutside, lateInList
    /// The classifier's label is in the list the operand points at.
    case classifier
    /// The task is in the list the operand points at.
    case task
    /// The sum compares; the operand points at the comparison.
    case points
    /// A bit of a scan: of one text, or of the tools.
    case scanned
  }

  /// Whether a number lies between the operand and the operand plus width.
  @inline(__always)
  func spans(_ value: Int64) -> Bool { UInt64(bitPattern: value &- operand) <= width }

  /// The numbers of `within`, or those `outside` leaves out.
  var interval: ClosedRange<Int64> {
    operand...max(operand, Int64(bitPattern: UInt64(bitPattern: operand) &+ width))
  }
}

/// The number of an atom of a ``DecisionGraph``.
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
