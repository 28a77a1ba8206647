/// What follows from a pattern's shape alone. Each says yes only where it is certain.
extension RegexNode {
  /// Whether the pattern, looked for anywhere, is found in every text.
  var isFoundEverywhere: Bool {
    emptyMatches.contains { $0.isEmpty || $0 == [.start] || $0 == [.end] }
  }

  /// Whether no text has a match.
  var isFoundNowhere: Bool { !mayMatch(isBehindText: false, isBeforeText: false) }

  /// What must hold at a place where nothing is taken from the text.
  private struct Demands: OptionSet, Hashable {
    let rawValue: UInt8

    static let start = Demands(rawValue: 1)
    static let end = Demands(rawValue: 2)
    static let other = Demands(rawValue: 4)
  }

  /// The ways to match without taking a character, by what each asks of the place.
  private var emptyMatches: Set<Demands> {
    switch self {
    case .literal, .set: []
    case .assertion(.start, _): [.start]
    case .assertion(.end, _): [.end]
    case .assertion(.wordEdge, _), .assertion(.noWordEdge, _): [.other]
    case .choice(let parts): parts.reduce(into: []) { $0.formUnion($1.emptyMatches) }
    case .repeated(let part, let least, _): least == 0 ? [[]] : part.emptyMatches
    case .sequence(let parts):
      parts.reduce([[]]) { ways, part in
        let more = part.emptyMatches
        return Set(ways.flatMap { way in more.map { way.union($0) } })
      }
    }
  }

  /// The least number of characters a match takes.
  private var leastWidth: Int {
    switch self {
    case .literal, .set: 1
    case .assertion: 0
    case .choice(let parts): parts.map(\.leastWidth).min() ?? 0
    case .repeated(let part, let least, _): least == 0 ? 0 : part.leastWidth
    case .sequence(let parts): parts.reduce(0) { min($0 + $1.leastWidth, 1) }
    }
  }

  /// Whether there may be a match, given whether the pattern takes characters before and after.
  private func mayMatch(isBehindText: Bool, isBeforeText: Bool) -> Bool {
    switch self {
    case .literal, .set: return true
    case .assertion(.start(ofLine: false), _): return !isBehindText
    case .assertion(.end(ofLine: false), _): return !isBeforeText
    case .assertion: return true
    case .choice(let parts):
      return parts.contains { $0.mayMatch(isBehindText: isBehindText, isBeforeText: isBeforeText) }
    case .repeated(let part, let least, _):
      return least == 0 || part.mayMatch(isBehindText: isBehindText, isBeforeText: isBeforeText)
    case .sequence(let parts):
      // What stands after each part, then what stands before it.
      var isBefore = [Bool](repeating: isBeforeText, count: parts.count)
      for index in parts.indices.dropLast().reversed() {
        isBefore[index] = isBefore[index + 1] || parts[index + 1].leastWidth > 0
      }
      var isBehind = isBehindText
      for (part, isBefore) in zip(parts, isBefore) {
        guard part.mayMatch(isBehindText: isBehind, isBeforeText: isBefore) else { return false }
        isBehind = isBehind || part.leastWidth > 0
      }
      return true
    }
  }
}

extension RegexNode {
  /// The text the pattern spells, if it is nothing but characters, case included.
  var exactText: String? {
    switch self {
    case .literal(let scalar, let ignoresCase):
      return ignoresCase && scalar.properties.isCased ? nil : String(Character(scalar))
    case .sequence(let parts):
      var text = ""
      for part in parts {
        guard let more = part.exactText else { return nil }
        text += more
      }
      return text
    case .set, .assertion, .choice, .repeated: return nil
    }
  }

  /// The parts of a sequence with the sequences in it laid flat.
  var flat: [RegexNode] {
    guard case .sequence(let parts) = self else { return [self] }
    return parts.flatMap(\.flat)
  }
}

extension RegexNode {
  /// The same, whatever the case.
  var plainText: String? {
    switch self {
    case .literal(let scalar, _): return String(Character(scalar))
    case .sequence(let parts):
      var text = ""
      for part in parts {
        guard let more = part.plainText else { return nil }
        text += more
      }
      return text
    case .set, .assertion, .choice, .repeated: return nil
    }
  }

  /// Whether it may always be passed over.
  var mayBeNothing: Bool {
    guard case .repeated(_, let least, _) = self else { return false }
    return least == 0
  }
}
