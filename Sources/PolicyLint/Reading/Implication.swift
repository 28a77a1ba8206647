import PolicySemantics
import TextPatterns

/// Whether one test of a request makes a condition hold, whatever else the request is.
///
/// Says yes only where it is certain: `or` and names are followed, words are held against each other
/// by the code that looks for them.
struct Implication {
  let policy: CheckedPolicy
  /// The test that holds.
  let given: RequestTest
  /// How many names are followed into each other.
  private static let deepest = 32

  init(_ given: RequestTest, in policy: CheckedPolicy) {
    self.given = given
    self.policy = policy
  }

  func makesHold(_ condition: CheckedCondition) -> Bool {
    var named: [ConditionID: Bool] = [:]
    return holds(condition, depth: 0, &named)
  }

  /// `named` is what is known of names that were met before: one may be read in many places.
  private func holds(
    _ condition: CheckedCondition, depth: Int, _ named: inout [ConditionID: Bool]
  ) -> Bool {
    switch condition {
    case .all(let parts, _): return parts.allSatisfy { holds($0, depth: depth, &named) }
    case .any(let parts, _): return parts.contains { holds($0, depth: depth, &named) }
    case .not: return false
    case .named(let id, _):
      if let known = named[id] { return known }
      let found = depth < Self.deepest && holds(policy[id].condition, depth: depth + 1, &named)
      named[id] = found
      return found
    case .test(let test, _): return test == given || holds(test)
    }
  }

  private func holds(_ test: RequestTest) -> Bool {
    guard case .text(let given, let some) = given, case .text(let part, let wider) = test,
      given == part || part == .prompt
    else { return false }
    switch (some, wider) {
    case (.mentions(let words), .mentions(let among)):
      return words.allSatisfy { holds(.mentions(among), in: $0) }
    case (.contains(let texts), .contains(let among)):
      return texts.allSatisfy { holds(.contains(among), in: $0) }
    case (.startsWith(let text), .contains(let among)):
      return holds(.contains(among), in: text)
    case (.has(let features), .has(let among)):
      return features.allSatisfy(among.contains)
    case (.matches, .matches):
      return some == wider
    case (.mentions, _), (.contains, _), (.startsWith, _), (.has, _), (.matches, _): return false
    }
  }

  private func holds(_ pattern: TextPattern, in text: String) -> Bool {
    guard let set = try? PatternSet([pattern]) else { return false }
    var scan = TextScan(of: set)
    scan.start()
    return (try? scan.holds(0, in: text.utf8.span)) ?? false
  }
}
