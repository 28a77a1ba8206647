package import PolicySemantics

/// One node of the flat array that holds every condition of a policy.
///
/// Conditions keep the shape they were written in. A node's first child stands right after it and
/// each next child at the `end` of the one before, so a subtree is a range and a walk needs no
/// stack:
/// ```
/// all  atom  any  atom  atom  not  atom
/// └─────┴─────┴────┴─────┘     ┴────┘      end of `any` is the place of `not`
/// ```
/// 16 bytes.
package struct GuardNode: Hashable, Sendable {
  package internal(set) var kind: Kind
  /// The kind of the node above, so that a finished child need not look.
  ///
  /// `.root` at a root.
  var above: Kind
  /// Steps below the root of its piece.
  ///
  /// INVARIANT: below 64; deeper parts are cut off into pieces of their own (see ``GuardBuilder``).
  var depth: UInt8
  var isLastChild: Bool
  /// By kind: the atom of `atom`, the piece of `piece`, the points of `points`.
  var operand: UInt32
  var parent: UInt32
  /// The place after the subtree.
  package internal(set) var end: UInt32

  package enum Kind: UInt8, Hashable, Sendable {
    /// Never a node: what stands above a root.
    case root
    case all, any, not
    case atom
    /// The value of another root: a named condition, or a part too deep to stay in place.
    case piece
    /// The sum of the lines that hold; its children are the lines' conditions.
    case points
    /// The first that holds; its children are the tasks' conditions, without `otherwise`.
    case tasks
  }
}

/// The number of a node of a ``DecisionGraph``.
package typealias NodeID = Identifier<GuardNode>

/// What is known about a condition: it holds, it does not, or that hangs on a classifier nobody has
/// asked.
package enum Truth: UInt8, Hashable, Sendable {
  case no, yes, unknown

  /// The opposite; unknown stays unknown.
  package var negated: Truth {
    switch self {
    case .no: .yes
    case .yes: .no
    case .unknown: .unknown
    }
  }

  /// Whether all parts hold; what is certain decides, and nothing after a no is asked.
  package static func all<Part>(_ parts: [Part], _ holds: (Part) -> Truth) -> Truth {
    var all = Truth.yes
    for part in parts {
      switch holds(part) {
      case .no: return .no
      case .unknown: all = .unknown
      case .yes: continue
      }
    }
    return all
  }

  /// Whether any part holds; what is certain decides, and nothing after a yes is asked.
  package static func any<Part>(_ parts: [Part], _ holds: (Part) -> Truth) -> Truth {
    var any = Truth.no
    for part in parts {
      switch holds(part) {
      case .yes: return .yes
      case .unknown: any = .unknown
      case .no: continue
      }
    }
    return any
  }
}
