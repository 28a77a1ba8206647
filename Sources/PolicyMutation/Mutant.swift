package import PolicyDiagnostics
package import PolicySource

/// A policy with one small mistake: what a good test would notice.
package struct Mutant: Hashable, Sendable {
  package let change: Change
  /// What makes the mistake; all in one file.
  package let edits: [Edit]
  /// The text of the policy it is about.
  package let span: Span
  /// That text, and what stands there instead; empty where nothing does.
  package let before: String
  package let after: String
  package let reach: Reach

  package enum Change: String, CaseIterable, Sendable {
    case droppedCondition = "dropped_condition"
    case swappedConnective = "swapped_connective"
    case droppedNot = "dropped_not"
    case shiftedNumber = "shifted_number"
    case removedGuard = "removed_guard"
    case removedRoute = "removed_route"
    case reorderedRoutes = "reordered_routes"
    case reorderedTasks = "reordered_tasks"
    case removedTier = "removed_tier"
    case reorderedTiers = "reordered_tiers"
    case removedFallback = "removed_fallback"
    case widenedScope = "widened_scope"
  }

  /// The requests a mistake may have treated otherwise: the others need not be tried on it.
  package enum Reach: Hashable, Sendable {
    /// Those that another route takes, or that have another task.
    ///
    /// The mistake lies in the conditions of routes and tasks or in their order, and what is done for
    /// a request hangs on these only through the route and the task that are found.
    case taking
    /// Those that this route takes: the mistake lies in what it does.
    case route(String)
    case anything
  }

  /// The bytes of its file with the mistake in it.
  package func bytes(of file: SourceFile) -> [UInt8] {
    var bytes = file.bytes
    for edit in edits.sorted(by: { $0.span.start > $1.span.start }) {
      bytes.replaceSubrange(
        Int(edit.span.start)..<Int(edit.span.end), with: Array(edit.replacement.utf8))
    }
    return bytes
  }
}
