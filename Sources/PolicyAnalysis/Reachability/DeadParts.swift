package import PolicySemantics
package import PolicySource

/// A part of a condition that no request meets, or that every request meets.
package struct FixedPart: Hashable, Sendable {
  package let span: Span
  /// The parts that exclude one another, or that leave nothing out; one where a test does by itself.
  ///
  /// Fewest possible in that none can be left out.
  package let parts: [Span]
}

extension RegionSpace {
  /// The smallest parts of a condition that no request meets.
  ///
  /// What a name stands for is looked at where it is declared.
  package func contradictions(
    in condition: CheckedCondition
  ) throws(DiagramsTooLarge) -> [FixedPart] {
    if try isFeasible(try holds(condition)) {
      var found: [FixedPart] = []
      for part in condition.parts { found += try contradictions(in: part) }
      return found
    }
    switch condition {
    case .all(let parts, let span):
      for part in parts where try !isFeasible(try holds(part)) {
        return try contradictions(in: part)
      }
      let core = try core(of: parts) { parts throws(DiagramsTooLarge) in
        var region = Diagram.always
        for part in parts { region = try self.store.and(region, try self.holds(part)) }
        return region
      }
      return [FixedPart(span: span, parts: core)]
    case .any(_, let span), .not(_, let span), .named(_, let span), .test(_, let span):
      return [FixedPart(span: span, parts: [span])]
    }
  }

  /// The smallest parts of a condition that every request meets.
  package func tautologies(
    in condition: CheckedCondition
  ) throws(DiagramsTooLarge) -> [FixedPart] {
    let missed = try store.not(try holds(condition))
    if try isFeasible(missed) {
      var found: [FixedPart] = []
      for part in condition.parts { found += try tautologies(in: part) }
      return found
    }
    switch condition {
    case .any(let parts, let span):
      for part in parts where try !isFeasible(try store.not(try holds(part))) {
        return try tautologies(in: part)
      }
      let core = try core(of: parts) { parts throws(DiagramsTooLarge) in
        var left = Diagram.always
        for part in parts { left = try self.store.minus(left, try self.holds(part)) }
        return left
      }
      return [FixedPart(span: span, parts: core)]
    case .all(_, let span), .not(_, let span), .named(_, let span), .test(_, let span):
      return [FixedPart(span: span, parts: [span])]
    }
  }

  /// The parts that are needed for a region made of all of them to be empty.
  private func core(
    of parts: [CheckedCondition],
    _ region: ([CheckedCondition]) throws(DiagramsTooLarge) -> Diagram
  ) throws(DiagramsTooLarge) -> [Span] {
    var needed = parts
    for index in parts.indices.reversed() {
      var fewer = needed
      fewer.removeAll { $0.span == parts[index].span }
      if try !isFeasible(try region(fewer)) { needed = fewer }
    }
    return needed.map(\.span)
  }
}

extension CheckedCondition {
  /// Its children; none for a name or a test.
  fileprivate var parts: [CheckedCondition] {
    switch self {
    case .all(let parts, _), .any(let parts, _): parts
    case .not(let part, _): [part]
    case .named, .test: []
    }
  }
}
