/// Whether a summary says nothing its source does not say, as far as that can be told from the bytes.
///
/// Each sentence is one of the source with words left out (``SentenceCuts``), and every number with its
/// unit, date, identifier, name, address, quote and piece of code in it stands in that one byte for byte.
/// On doubt it is not believed.
enum SummaryCheck {
  /// The first problem; linear but for what one sentence is compared with, which is bounded.
  static func problem(in summary: String, of source: String) -> SpanProblem? {
    guard summary.contains(where: { !$0.isWhitespace }), summary.utf8.count < source.utf8.count
    else { return .summaryLength }
    var known = KnownFacts(source)
    for fact in TextFact.all(in: summary) where !known.hold(fact) { return .summaryFact }
    let originals = Sentences.all(in: source).map(FactReader.oneBlank)
    var cuts = SentenceCuts(originals, of: source)
    let words = KnownWords(source)
    for text in Sentences.all(in: summary) {
      let sentence = FactReader.oneBlank(text)
      guard !words.opensWithName(sentence) else { return .summaryFact }
      switch cuts.find(sentence) {
      case .cut(let original):
        let place = FactPlace(original)
        for fact in TextFact.all(in: sentence) where !place.holds(fact) { return .summaryFact }
      case .none(let nearest):
        guard words.knowHalf(of: sentence), let nearest else { return .summaryWords }
        let isTurned = TextSentence(nearest).saysNo != TextSentence(sentence).saysNo
        return isTurned ? .summaryNegation : .summarySentence
      }
    }
    return nil
  }
}

/// The facts of a source.
private struct KnownFacts {
  private let texts: Set<String>
  private let place: FactPlace
  /// Numbers may stand within what is more than a number.
  private let wider: FactPlace
  /// How often the source is still read through for a fact it does not have as such.
  private var readings = 512

  init(_ source: String) {
    let facts = TextFact.all(in: source)
    texts = Set(facts.map(\.text))
    place = FactPlace(source)
    wider = FactPlace(
      facts.filter { $0.kind != .number && $0.kind != .date }.map(\.text).joined(separator: "\n"))
  }

  /// Whether a fact stands there; `25` does not where `25 kg` does.
  mutating func hold(_ fact: TextFact) -> Bool {
    if texts.contains(fact.text) { return true }
    guard readings > 0 else { return false }
    readings -= 1
    guard fact.kind == .number, !fact.text.contains(" ") else { return place.holds(fact) }
    return wider.holds(fact)
  }
}

/// The words of a source.
private struct KnownWords {
  private let words: Set<String>

  init(_ source: String) { words = Set(Self.words(of: source)) }

  private static func words(of text: String) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
  }

  /// A word that is large because it begins a sentence may be a name all the same.
  func opensWithName(_ sentence: String) -> Bool {
    let marks: Set<Character> = ["#", "-", "*", "•", ">", "1", "2", "3", "."]
    let parts = sentence.split(separator: " ").drop { $0.allSatisfy(marks.contains) }
    guard let first = parts.first.map(FactWord.init)?.core, first.first?.isUppercase == true else {
      return false
    }
    return Self.words(of: String(first)).contains {
      !words.contains($0) && !TextSentence.empty.contains($0)
    }
  }

  func knowHalf(of sentence: String) -> Bool {
    let said = Self.words(of: sentence).filter { !TextSentence.empty.contains($0) }
    return 2 * said.count(where: words.contains) >= said.count
  }
}
