import PolicySemantics
import PolicySource
import TextPatterns

/// What a word in a text says about other tests of it, and of the prompt that holds it.
///
/// - A text that mentions `refund policy` mentions `refund`: found by the matcher itself, on the
///   word. Likewise `contains`, and what `starts with` a text contains all of it.
/// - What the question has, the prompt has. A single word of system text or context is in the prompt
///   too (several words might stand in two messages), and a single word of the prompt is in one of
///   the three.
/// - A text with a word has characters.
enum TextTies {
  static func constraints(_ space: FieldSpace) -> [TheoryConstraint] {
    var found: [TheoryConstraint] = []
    let probes = space.variables.indices.compactMap { level -> Probe? in
      guard case .text(let part, let probe) = space.variables[level].field else { return nil }
      return Probe(level: level, part: part, probe: probe)
    }
    let index = WordIndex(probes)
    found += exclusions(probes, space)
    for probe in probes {
      if let tie = implication(of: probe, index, space) { found.append(tie) }
      if let tie = spreading(of: probe, space) { found.append(tie) }
      found += sizes(of: probe, space)
    }
    return found
  }

  struct Probe {
    let level: Int
    let part: TextPart
    let probe: TextProbe

    /// The texts of which one at least stands in a text that passes.
    var members: [ExactText] {
      switch probe {
      case .mentions(let words), .contains(let words): words
      case .startsWith(let text): [text]
      case .matches, .has: []
      }
    }
  }

  /// A member stands for everything that is found in it; the class implies what one of its members
  /// does.
  ///
  /// If one member implies nothing, the class does not either.
  private static func implication(
    of probe: Probe, _ index: WordIndex, _ space: FieldSpace
  ) -> TheoryConstraint? {
    var alternatives: Set<[Int]> = []
    for member in probe.members {
      var implied: Set<Int> = []
      for part in [probe.part, .prompt] where part == probe.part || travels(member, probe.part) {
        let found = index.levels(found: member, by: probe.probe, in: part)
        // What stands first in a part need not stand first in the prompt.
        implied.formUnion(
          found.filter { part == probe.part || !space.variables[$0].field.isStart })
      }
      implied.remove(probe.level)
      if implied.isEmpty { return nil }
      alternatives.insert(implied.sorted())
    }
    guard !alternatives.isEmpty else { return nil }
    return .implies(
      level: probe.level, anyOf: alternatives.sorted { $0.lexicographicallyPrecedes($1) })
  }

  /// A text starts with two texts only if one of them starts with the other.
  private static func exclusions(_ probes: [Probe], _ space: FieldSpace) -> [TheoryConstraint] {
    let starts = probes.filter { space.variables[$0.level].field.isStart }.prefix(100)
    var found: [TheoryConstraint] = []
    for (index, a) in starts.enumerated() {
      for b in starts.dropFirst(index + 1) where a.part == b.part {
        guard let first = a.members.first?.text.utf8, let second = b.members.first?.text.utf8,
          !first.starts(with: second), !second.starts(with: first)
        else { continue }
        found.append(.pairs(first: a.level, second: b.level, allowed: [[0..<2], [0..<1]]))
      }
    }
    return found
  }

  /// Whether a text found in a part is found in the prompt as well.
  private static func travels(_ member: ExactText, _ part: TextPart) -> Bool {
    part == .question || !hasSpace(member)
  }

  /// By scalar: a character may begin with another scalar and have its space inside.
  private static func hasSpace(_ member: ExactText) -> Bool {
    member.text.unicodeScalars.contains(where: \.properties.isWhitespace)
  }

  /// A single word of the prompt stands in one of its three parts.
  private static func spreading(of probe: Probe, _ space: FieldSpace) -> TheoryConstraint? {
    guard probe.part == .prompt else { return nil }
    let kind: FieldCollector.TextListKey.Kind
    switch probe.probe {
    case .mentions: kind = .mentions
    case .contains: kind = .contains
    case .startsWith, .matches, .has: return nil
    }
    var levels: Set<Int> = []
    for member in probe.members {
      guard !hasSpace(member) else { return nil }
      for part in [TextPart.system, .question, .context] {
        guard let field = space.textClass(of: member, part, kind),
          let level = space.level(of: field)
        else { return nil }
        levels.insert(level)
      }
    }
    return .implies(level: probe.level, anyOf: levels.sorted().map { [$0] })
  }

  private static func sizes(of probe: Probe, _ space: FieldSpace) -> [TheoryConstraint] {
    let field = AnalysisField.text(probe.part, probe.probe)
    guard let least = leastScalars(probe) else { return [] }
    var measures: [(AnalysisField, Int64)] = [
      (.chars(probe.part), least), (.tokens(probe.part), 1), (.lines(probe.part), 1),
    ]
    // Only a user's message can be the question.
    if probe.part == .question { measures.append((.turn, 1)) }
    return measures.compactMap { measure, least in
      space.pairs(field, measure) { holds, size in
        guard holds == .yes, case .range(let range) = size else { return true }
        return range.upperBound >= least
      }
    }
  }

  /// The fewest characters of a text that passes; nil where an empty one may.
  private static func leastScalars(_ probe: Probe) -> Int64? {
    switch probe.probe {
    case .mentions(let words): words.map { leastScalars(mentioning: $0.text) }.min()
    case .contains, .startsWith:
      Int64(max(1, probe.members.map(\.text.unicodeScalars.count).min() ?? 1))
    case .has: 1
    case .matches: nil
    }
  }

  /// Any run of white space in a keyword is one space of the text.
  private static func leastScalars(mentioning word: String) -> Int64 {
    let pieces = word.unicodeScalars.split(whereSeparator: \.properties.isWhitespace)
    let least = pieces.reduce(0) { $0 + max(1, leastScalars(folding: Array($1))) }
    return Int64(max(1, least + pieces.count - 1))
  }

  /// Folding spells out `ß` and the ligatures of ASCII letters; of others, one character becomes four
  /// at most, and the dot above an `i` is dropped.
  private static func leastScalars(folding piece: [Unicode.Scalar]) -> Int {
    guard piece.allSatisfy(\.isASCII) else {
      return (piece.count { $0.value != 0x307 } + 3) / 4
    }
    let letters = String(String.UnicodeScalarView(piece)).lowercased().unicodeScalars.map { $0 }
    var least = [0]
    for end in 1...max(1, letters.count) where end <= letters.count {
      var here = least[end - 1] + 1
      for length in [2, 3] where length <= end {
        let joined = String(String.UnicodeScalarView(letters[(end - length)..<end]))
        if ligatures.contains(joined) { here = min(here, least[end - length] + 1) }
      }
      least.append(here)
    }
    return least[letters.count]
  }

  private static let ligatures: Set = ["ss", "st", "ff", "fi", "fl", "ffi", "ffl"]
}

extension AnalysisField {
  fileprivate var isStart: Bool {
    if case .text(_, .startsWith) = self { true } else { false }
  }
}

/// Which words of a policy stand in which others: by the matcher that reads requests.
private struct WordIndex {
  private let found: [Key: [Int]]
  /// Past this many words the ties between them are left out: what they would have decided is then
  /// not decided.
  private static let most = 2_000

  private struct Key: Hashable {
    let part: TextPart
    let how: How
    let text: ExactText
  }

  private enum How: Hashable { case mentions, contains, startsWith }

  init(_ probes: [TextTies.Probe]) {
    var found: [Key: [Int]] = [:]
    for how in [How.mentions, .contains, .startsWith] {
      // What may be implied, and the texts that may imply it.
      let targets = probes.flatMap { probe in
        Self.patterns(of: probe.probe, for: how).map { (probe, $0) }
      }
      let texts = Set(probes.filter { Self.how($0.probe) == how }.flatMap(\.members)).sorted()
      guard targets.count <= Self.most, texts.count <= Self.most, !targets.isEmpty,
        let set = try? PatternSet(targets.map(\.1))
      else { continue }
      var scan = TextScan(of: set)
      for text in texts {
        let bytes = Array(text.text.utf8)
        scan.start()
        for (index, target) in targets.enumerated()
        where (try? scan.holds(index, in: bytes.span)) == true {
          found[Key(part: target.0.part, how: how, text: text), default: []].append(target.0.level)
        }
      }
    }
    self.found = found
  }

  func levels(found member: ExactText, by probe: TextProbe, in part: TextPart) -> [Int] {
    guard let how = Self.how(probe) else { return [] }
    return found[Key(part: part, how: how, text: member)] ?? []
  }

  private static func how(_ probe: TextProbe) -> How? {
    switch probe {
    case .mentions: .mentions
    case .contains: .contains
    case .startsWith: .startsWith
    case .matches, .has: nil
    }
  }

  /// The tests that a text found by `how` may pass for sure, as patterns to hold the text against.
  private static func patterns(of probe: TextProbe, for how: How) -> [TextPattern] {
    switch (probe, how) {
    case (.mentions(let words), .mentions): [.mentions(words.texts)]
    case (.contains(let texts), .contains), (.contains(let texts), .startsWith):
      [.contains(texts.texts)]
    case (.startsWith(let text), .startsWith): [.startsWith(text.text)]
    case (.mentions, _), (.contains, _), (.startsWith, _), (.matches, _), (.has, _): []
    }
  }
}
