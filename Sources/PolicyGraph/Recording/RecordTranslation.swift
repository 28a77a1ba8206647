import PolicySemantics

/// What one policy recorded of requests, for another policy.
///
/// A test both policies make in the same words of the same text has its recorded answer; so have sizes
/// and the language. What the old policy did not look at stays unknown. Made once for a pair of policies.
package final class RecordTranslation: Sendable {
  package let old: DecisionGraph
  package let new: DecisionGraph
  /// By text and test of the new policy, the test of the old one; -1 for none.
  private let tests: [[Int]]
  /// By field the new policy reads, its slot in the old one; -1 for none.
  private let slots: [Int]

  /// O(tests of both policies).
  package init(from old: DecisionGraph, to new: DecisionGraph) {
    self.old = old
    self.new = new
    tests = zip(old.parts.scans.patterns, new.parts.scans.patterns).map { before, after in
      let places = Dictionary(
        before.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      return after.map { places[$0] ?? -1 }
    }
    slots = new.parts.slots.read.map { old.slot(reading: $0) ?? -1 }
  }

  /// The declared facts of a recorded request, as its caller could have given them, by name.
  package func givenFacts(_ recorded: RecordedFacts) -> [String: GivenFact] {
    var given: [String: GivenFact] = [:]
    for (index, fact) in old.policy.facts.enumerated() {
      let value = recorded.values[index]
      given[fact.name] =
        switch fact.type {
        case .bool: .bool(value != 0)
        case .count: .integer(value)
        case .labels(let labels): .text(labels[Int(value)])
        case .text: .text(recorded.factTexts[index])
        }
    }
    return given
  }

  /// The names a recorded request came with.
  package func identities(_ recorded: RecordedFacts) -> RequestIdentities { recorded.identities }

  /// Takes over what was found; false if the new policy reads a count that nobody recorded.
  func fill(_ facts: inout RequestFacts, from recorded: RecordedFacts) -> Bool {
    let first = new.parts.slots.factCount + new.parts.slots.classifierCount
    for (index, source) in new.parts.slots.read.enumerated() {
      switch source {
      case .stream, .format, .maxTokens, .model, .identity, .hour, .date, .weekday, .healthy,
        .budgetUsedShare, .budgetLeftShare, .budgetUsed, .budgetLeft:
        // The request without its texts says these, or the reader of the log does.
        continue
      case .language:
        guard slots[index] >= 0, let code = recorded.texts.language else { continue }
        facts.values[first + index] = new.number(ofName: code)
      case .chars, .tokens, .lines:
        if slots[index] >= 0 { facts.values[first + index] = recorded.values[slots[index]] }
      case .tools, .images, .messages, .turn, .temperature:
        guard slots[index] >= 0 else { return false }
        facts.values[first + index] = recorded.values[slots[index]]
      }
    }
    guard new.parts.scans.tools.isEmpty || !old.parts.scans.tools.isEmpty else { return false }
    facts.logged = answers(recorded)
    return true
  }

  private func answers(_ recorded: RecordedFacts) -> LoggedAnswers {
    var known: [[UInt64]] = []
    var hits: [[UInt64]] = []
    for (place, tests) in tests.enumerated() {
      let words = (tests.count + 63) / 64
      var knownHere = [UInt64](repeating: 0, count: words)
      var hitsHere = knownHere
      let found = recorded.texts.answers.isEmpty ? TextAnswers() : recorded.texts.answers[place]
      for (test, before) in tests.enumerated() where before >= 0 {
        guard found.done & old.parts.scans.kinds[place][before].mark != 0 else { continue }
        knownHere[test / 64] |= 1 << UInt64(test % 64)
        if found.holds(before) { hitsHere[test / 64] |= 1 << UInt64(test % 64) }
      }
      known.append(knownHere)
      hits.append(hitsHere)
    }
    return LoggedAnswers(known: known, hits: hits)
  }
}
