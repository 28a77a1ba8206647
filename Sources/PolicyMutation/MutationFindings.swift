package import PolicyAnalysis

/// What the tests of a policy notice of the mistakes made in it.
package struct MutationFindings: Sendable {
  /// By place.
  package let mutants: [Entry]

  package init(mutants: [Entry]) { self.mutants = mutants }

  package struct Entry: Sendable {
    package let mutant: Mutant
    package let fate: Fate

    package init(mutant: Mutant, fate: Fate) {
      self.mutant = mutant
      self.fate = fate
    }
  }

  package enum Fate: Sendable {
    /// A test fails or names what is gone, or an `always` is refuted: its title.
    case killed(by: String)
    /// No test notices; one that would, as a `test` block.
    case survived(PolicyCase)
    /// No test notices, and none can: what changes is nothing that a test can see.
    case beyondTests(UnseenMatter)
    /// Proved: it treats every request as the policy does.
    case equivalent
    /// It does not compile, whatever the tests say: `rung check` notices.
    case rejected
    /// Nobody knows whether it does anything else than the policy.
    case notDecided(String)
  }

  package struct Count: Hashable, Sendable {
    package internal(set) var killed = 0
    package internal(set) var survived = 0
    /// By what changes.
    package internal(set) var unseen: [UnseenMatter: Int] = [:]
    package internal(set) var equivalent = 0
    package internal(set) var rejected = 0
    package internal(set) var notDecided = 0

    package var beyondTests: Int { unseen.values.reduce(0, +) }

    /// All that tests are known to be able to notice, and what is not decided, which is counted
    /// against them.
    package var noticeable: Int { killed + survived + notDecided }
  }

  package var count: Count {
    var count = Count()
    for entry in mutants {
      switch entry.fate {
      case .killed: count.killed += 1
      case .survived: count.survived += 1
      case .beyondTests(let matter): count.unseen[matter, default: 0] += 1
      case .equivalent: count.equivalent += 1
      case .rejected: count.rejected += 1
      case .notDecided: count.notDecided += 1
      }
    }
    return count
  }
}
