import PolicySemantics
import PolicySource

/// Choosing what makes a test pass, and joining what was chosen.
extension TextComposer {
  /// A text that passes a test, and where it may stand.
  struct Piece {
    let text: [UInt8]
    var mayFollow = true
    var mayPrecede = true
  }

  func piece(for level: Int, in part: TextPart, _ attempt: Attempt) -> Piece? {
    guard case .text(_, let probe) = space.variables[level].field else { return nil }
    let words = fillers(part, attempt)
    for candidate in attempt.rotated(candidates(for: probe, in: part, attempt)).prefix(96) {
      let text = Array(candidate.utf8)
      var found: Piece?
      for variant in Variant.all(text, around: words) {
        guard passes(variant.text, level, part), isClean(variant.text, part, attempt)
        else { continue }
        if found == nil { found = Piece(text: text, mayFollow: false, mayPrecede: false) }
        if variant.hasBefore { found?.mayFollow = true }
        if variant.hasAfter { found?.mayPrecede = true }
      }
      if let found { return found }
    }
    return nil
  }

  /// A text alone, and with filler before and after it.
  struct Variant {
    var text: [UInt8]
    var hasBefore = false
    var hasAfter = false

    static func all(_ text: [UInt8], around words: [[UInt8]]) -> [Variant] {
      var variants = [Variant(text: text)]
      for word in words.prefix(3) {
        for space in [[0x20], [0x0a]] as [[UInt8]] {
          variants.append(Variant(text: word + space + text, hasBefore: true))
          variants.append(Variant(text: text + space + word, hasAfter: true))
          variants.append(
            Variant(
              text: word + space + text + space + word, hasBefore: true, hasAfter: true))
        }
      }
      return variants
    }
  }

  func candidates(
    for probe: TextProbe, in part: TextPart, _ attempt: Attempt
  ) -> [String] {
    switch probe {
    case .mentions(let words):
      // In capitals a word is no longer contained.
      let plain = Self.plainFirst(words.texts)
      return plain.prefix(64)
        + plain.prefix(10).flatMap {
          [$0.prefix(1).uppercased() + $0.dropFirst(), $0.uppercased()]
        }
    case .contains(let words):
      // Inside another word it is no longer mentioned.
      let plain = Self.plainFirst(words.texts)
      return plain.prefix(64) + plain.prefix(10).flatMap { ["x\($0)x", "x\($0)", "\($0)x"] }
    case .startsWith(let text): return [text.text]
    case .has(let feature): return FeatureSamples.samples(of: feature)
    case .matches(let pattern):
      if attempt.variation % 2 == 1 {
        // A pattern of the whole text must hold the other words within.
        let words = wordsBeside(pattern, in: part, attempt)
        let full = PatternSampler.samples(of: pattern.text, count: 12, inserting: words)
        if !words.isEmpty, !full.isEmpty { return full }
      }
      if let known = samples[pattern] { return known }
      let found = PatternSampler.samples(of: pattern.text, count: 24)
      samples[pattern] = found
      return found
    }
  }

  /// A word of every other list that a part, or the prompt, must have.
  func wordsBeside(
    _ pattern: ExactText, in part: TextPart, _ attempt: Attempt
  ) -> [String] {
    let levels = (attempt.demand.required[part] ?? []) + (attempt.demand.required[.prompt] ?? [])
    return levels.compactMap { level in
      guard case .text(_, let probe) = space.variables[level].field else { return nil }
      switch probe {
      case .mentions(let words), .contains(let words):
        return words.texts.min { (Self.oddity($0), $0) < (Self.oddity($1), $1) }
      case .startsWith, .matches, .has: return nil
      }
    }
  }

  /// Plain words read best.
  private static func plainFirst(_ words: [String]) -> [String] {
    words.sorted { a, b in
      let (first, second) = (oddity(a), oddity(b))
      return first == second ? a < b : first < second
    }
  }

  static func oddity(_ word: String) -> Int {
    word.unicodeScalars.count { !$0.properties.isAlphabetic }
  }

  // MARK: Joining

  /// The pieces of a part as one text.
  ///
  /// With levels to satisfy, all must hold and nothing forbidden may; without, the first join will
  /// do, since more is to come.
  func joined(
    _ pieces: [Piece], _ part: TextPart, _ attempt: Attempt, satisfying levels: [Int]?
  ) throws(RequestBuilder.Failure) -> [UInt8] {
    let first = pieces.filter { !$0.mayFollow }
    let middle = pieces.filter { $0.mayFollow && $0.mayPrecede }
    let last = pieces.filter { $0.mayFollow && !$0.mayPrecede }
    let ordered = (first + middle + last).map(\.text)
    let joints = ([" ", "\n", ", ", ". ", "\n\n"] as [String]).map { Array($0.utf8) }
    guard let levels else { return Array(ordered.joined(separator: joints[0])) }
    let words = fillers(part, attempt)
    var fallback: [UInt8]?
    for joint in joints {
      let text = Array(ordered.joined(separator: joint))
      for variant in Variant.all(text, around: words) {
        guard levels.allSatisfy({ passes(variant.text, $0, part) }),
          isClean(variant.text, part, attempt, asPrompt: false)
        else { continue }
        if isClean(variant.text, part, attempt) { return variant.text }
        fallback = fallback ?? variant.text
      }
    }
    if let fallback { return fallback }
    throw failure(attempt.demand.levels(around: part))
  }
}
