import PolicySemantics

/// Numbers of one request bound one another.
enum MeasureTies {
  static func constraints(_ space: FieldSpace) -> [TheoryConstraint] {
    var found: [TheoryConstraint?] = []
    for part in TextPart.allCases {
      // A line but the last ends with a character.
      found.append(space.pairs(.lines(part), .chars(part), least: { max(0, $0 - 1) }))
      found.append(space.pairs(.chars(part), .lines(part), least: { min($0, 1) }))
      // No estimate gives a character five tokens; a text's is rounded up once.
      found.append(space.pairs(.tokens(part), .chars(part), least: { max(0, ($0 - 1) / 5) }))
      guard part != .prompt else { continue }
      // The prompt holds every other text. Estimates of tokens are no sums: they take back up to a
      // tenth of a long word's where short ones stand beside it.
      found.append(space.pairs(.chars(part), .chars(.prompt), least: { $0 }))
      found.append(space.pairs(.lines(part), .lines(.prompt), least: { $0 }))
      found.append(
        space.pairs(.tokens(part), .tokens(.prompt), least: { max(0, $0 - $0 / 10 - 8) }))
    }
    found.append(space.pairs(.turn, .messages, least: { $0 }))
    for size in [AnalysisField.chars(.question), .tokens(.question), .lines(.question)] {
      found.append(space.pairs(size, .turn, least: { min($0, 1) }))
    }
    let tools = space.variables.indices.filter {
      if case .tool = space.variables[$0].field { true } else { false }
    }
    if let count = space.level(of: .tools), !tools.isEmpty {
      found.append(.atMost(levels: tools, count: count))
    }
    return found.compactMap { $0 }
  }
}

/// The clock's fields come from one instant.
enum MomentTies {
  static func constraints(_ space: FieldSpace) -> [TheoryConstraint] {
    let tie = space.pairs(.date, .weekday) { date, weekday in
      guard case .range(let days) = date, case .label(let label) = weekday,
        let wanted = Weekday.allCases.firstIndex(where: { $0.rawValue == label })
      else { return true }
      if days.upperBound - days.lowerBound >= 6 { return true }
      return days.contains { Weekday.index(ofDay: $0) == wanted }
    }
    return tie.map { [$0] } ?? []
  }
}

extension Weekday {
  /// The place of a day's weekday in the week; 1970-01-01 was a Thursday.
  static func index(ofDay day: Int64) -> Int { Int(((day + 3) % 7 + 7) % 7) }
}

/// Who asks: a key without a tenant is its own tenant.
enum IdentityTies {
  static func constraints(_ space: FieldSpace) -> [TheoryConstraint] {
    let tie = space.pairs(.identity(.key), .identity(.tenant)) { key, tenant in
      key == .absent || tenant != .absent
    }
    return tie.map { [$0] } ?? []
  }
}

extension FieldSpace {
  /// The tie that `second` is never below what `least` makes of `first`, which rises.
  func pairs(
    _ first: AnalysisField, _ second: AnalysisField, least: (Int64) -> Int64
  ) -> TheoryConstraint? {
    pairs(first, second) { a, b in
      guard case .range(let low) = a, case .range(let high) = b else { return true }
      return high.upperBound >= least(low.lowerBound)
    }
  }
}
