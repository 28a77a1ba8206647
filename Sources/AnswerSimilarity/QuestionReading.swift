import TextPatterns

/// What of a question must be the same for two questions to share an answer.
///
/// How similar two questions are is an encoder's opinion, and encoders hold a negation, a swapped city
/// and another date to be almost the same. So similarity proposes and this decides: it reads of each
/// question its code, quotations, numbers, dates, names, negations, words that mean something, their
/// order and parts, and what is asked of them, and lets two questions pass only where all of it is the
/// same or known to say the same.
///
/// English, German, French and Spanish are read. In any other language two questions pass only if
/// they are the same words, for nobody here can tell what else their words deny.
///
/// A pure value. Reading is linear in the text, comparing in what was read.
package struct QuestionReading: Sendable {
  /// The language's code, or `unknown`.
  package let language: String
  /// The words as they stand, in one case, with what surrounds them: for equality.
  let surface: [String]
  /// Before which of those words a clause ends.
  let breaks: Set<Int>
  let code: [[UInt8]]
  let quotes: [[UInt8]]
  /// Each with what stands beside it: `++i` is not `i++`.
  let symbols: [[String]]
  let identifiers: [String]
  /// Names of several words with hyphens between: `foo-bar` is not `foo bar`.
  let compounds: [[String]]
  /// Nil in a language that is not read.
  let sense: QuestionSense?

  package init(_ text: String) {
    let found = TextLanguage.code(of: Array(text.utf8).span)
    let scanned = QuestionScanner.scan(text)
    var surface: [String] = []
    var breaks: Set<Int> = []
    for token in scanned.tokens {
      if token.kind == .clauseEnd {
        breaks.insert(surface.count)
      } else if token.letters == .name {
        surface.append("^" + token.written)
      } else if token.kind == .number {
        surface.append(token.written + (token.unit ?? ""))
      } else {
        surface.append(token.text + (token.unit ?? ""))
      }
    }
    self.surface = surface
    self.breaks = breaks.subtracting([0, surface.count])
    code = scanned.code
    quotes = scanned.quotes
    identifiers = scanned.tokens.filter { $0.kind == .identifier }.map(\.text)
    let lexicon: Lexicon?
    if found == "unknown" {
      lexicon = Self.likely(scanned)
    } else {
      lexicon = Lexicon.of(found)
    }
    // A sign that is a unit is read as one.
    let tokens = scanned.tokens
    symbols = tokens.indices.filter {
      tokens[$0].kind == .symbol && lexicon?.units[tokens[$0].text] == nil
    }.map { place in
      [place - 1, place, place + 1].map { tokens.indices.contains($0) ? tokens[$0].text : "" }
    }
    compounds = scanned.compounds.filter { lexicon?.isParted($0) != true }
    language = lexicon?.code ?? found
    sense = lexicon.map { SenseReader.read(Self.numbers(of: scanned.tokens, in: $0), $0) }
  }

  /// Nil: nothing the guards know of stands between them.
  ///
  /// It is the same both ways round.
  package func difference(from other: QuestionReading) -> QuestionDifference? {
    guard code == other.code else { return .code }
    guard quotes == other.quotes else { return .quote }
    guard compounds == other.compounds else { return .identifier }
    if surface == other.surface, breaks == other.breaks { return nil }
    guard language == other.language else { return .language }
    guard let sense, let others = other.sense else {
      return surface == other.surface ? .pause : .unreadLanguage
    }
    guard identifiers == other.identifiers else { return .identifier }
    guard symbols == other.symbols else { return .symbol }
    return sense.difference(from: others)
  }

  /// `1,500` is one and a half where the comma is not for thousands.
  private static func numbers(of tokens: [QuestionToken], in lexicon: Lexicon) -> [QuestionToken] {
    guard lexicon.code != "en" else { return tokens }
    return tokens.map { token in
      guard token.kind == .number, token.written.contains(",") else { return token }
      var token = token
      token.text = token.written
      return token
    }
  }

  /// A text too short for its language to be told is in the one whose lists know most of it; in
  /// English if none knows any.
  ///
  /// What is not English is a word of its own then, and has to stand on both sides.
  private static func likely(_ scanned: ScannedQuestion) -> Lexicon? {
    let words = scanned.tokens.filter(\.isWord).map(\.text)
    var best: (lexicon: Lexicon, count: Int)?
    for lexicon in Lexicon.all {
      let count = words.count(where: lexicon.knows)
      if count > best?.count ?? 0 { best = (lexicon, count) }
    }
    if let best, best.count * 5 >= words.count { return best.lexicon }
    let isPlain = words.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }
    return isPlain && words.count <= 5 ? Lexicon.of("en") : nil
  }
}
