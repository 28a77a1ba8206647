package import PolicyGraph
package import PolicySemantics
package import PolicyUnits
package import RoutingRuntime

/// What changes from one policy to another.
package struct PolicyDifference: Sendable {
  /// Regions whose treatment changes; those that touch most first.
  package internal(set) var changes: [PolicyChange] = []
  /// Declarations that read requests differently, whatever the routes.
  package internal(set) var declarations: [DeclarationChange] = []
  /// Where or how the catalog sends calls, whatever is decided: all of kind ``ChangeKind/calls``.
  ///
  /// A comparison of graphs knows nothing of it: who has both catalogs adds it.
  package var calls: [DeclarationChange] = []
  /// Routes that do the same under another name, old before new.
  package internal(set) var renamed: [(old: String, new: String)] = []
  /// Requests that another route takes and treats the same: no aspect of them changes, only the name
  /// that the answer's header, the ledger and tests have.
  package internal(set) var rerouted: [PolicyChange] = []
  /// Questions without an answer.
  package internal(set) var undecided: [UndecidedQuestion] = []

  /// Whether every request is treated the same, exactly; under whichever name.
  package var isEquivalent: Bool { decidesTheSame && calls.isEmpty }

  /// Whether the same is decided of every request, whatever becomes of its calls.
  package var decidesTheSame: Bool {
    changes.isEmpty && declarations.isEmpty && undecided.isEmpty
  }

  package var kinds: Set<ChangeKind> {
    var kinds: Set<ChangeKind> = []
    for change in changes { kinds.formUnion(change.kinds) }
    for change in declarations { kinds.insert(change.kind) }
    for change in calls { kinds.insert(change.kind) }
    if !renamed.isEmpty { kinds.insert(.renamed) }
    if !rerouted.isEmpty { kinds.insert(.rerouted) }
    if !undecided.isEmpty { kinds.insert(.undecided) }
    return kinds
  }
}

/// Requests whose treatment changes in one way.
package struct PolicyChange: Sendable {
  /// The routes that take them, before and after; nil where they are refused before any route, and
  /// for a change that has nothing to do with routes.
  package let routes: [RoutePair]
  package let aspects: [AspectChange]
  package internal(set) var kinds: Set<ChangeKind>
  package let region: RegionDescription
  package internal(set) var evidence: Evidence

  package struct RoutePair: Hashable, Sendable {
    package let old: RouteID?
    package let new: RouteID?
  }

  package enum Evidence: Sendable {
    /// A request of the region, and what both policies decided about it.
    case witness(DifferenceWitness)
    /// No request could be built: the tests that stood in the way.
    case notBuilt(tests: [String])
  }
}

/// A request on which two policies differ, as the one evaluator saw it.
package struct DifferenceWitness: Sendable {
  package let witness: Witness
  package let old: Outcome
  package let new: Outcome

  /// What a question is made longer with.
  package static let filler = " and more"

  package enum Outcome: Sendable {
    case decided(Decision)
    /// The request does not fit the policy's facts.
    case refused(FactProblem)

    /// What the request costs at most; nothing where it is refused.
    package var worst: CostFigure {
      switch self {
      case .decided(let decision): decision.worstCost
      case .refused: .known(.zero)
      }
    }
  }

  /// The change in worst-case cost.
  package let cost: CostShift

  /// What a request costs at most, before and after.
  package struct CostShift: Sendable {
    package let old: CostFigure
    package let new: CostFigure
    /// How many characters longer the request's question is than the witness's: a longer one may
    /// show what a short one does not.
    ///
    /// It is in the region too.
    package let extraCharacters: Int

    /// By how much it grew; nil where either is unknown or nothing.
    package var ratio: Share? {
      guard let before = old.money, let after = new.money, before > .zero else { return nil }
      let millionths = Int128(after.nanos) * 1_000_000 / Int128(before.nanos)
      return Share(millionths: Int64(clamping: millionths))
    }
  }
}

/// A declaration that differs, whatever the routes make of it.
package struct DeclarationChange: Hashable, Sendable {
  package let kind: ChangeKind
  /// What is declared: `fact plan`, `zone`.
  package let name: String
  /// Nil where a policy does not have it.
  package let old: String?
  package let new: String?
  /// What that means for a request, if it is not plain.
  package let note: String?

  package init(
    kind: ChangeKind, name: String, old: String?, new: String?, note: String? = nil
  ) {
    self.kind = kind
    self.name = name
    self.old = old
    self.new = new
    self.note = note
  }
}

/// Something that could not be decided, by name.
package struct UndecidedQuestion: Hashable, Sendable {
  package let question: String
  package let reason: String
}
