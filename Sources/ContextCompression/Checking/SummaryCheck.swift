/// Whether a summary says nothing its source does not say, as far as that can be told from the bytes.
///
/// Every number with its unit, date, identifier, name, address, quote and piece of code stands in the
/// source byte for byte. A word that begins a sentence is a word of the source or a common one. At
/// least half the words of each sentence are the source's. A sentence says no exactly where one says
/// no that it stands for: the nearest of the source, and each at least half of whose words it has.
enum SummaryCheck {
  /// The first problem; quadratic in the sentences.
  static func problem(in summary: String, of source: String) -> SpanProblem? {
    guard summary.contains(where: { !$0.isWhitespace }), summary.utf8.count < source.utf8.count
    else { return .summaryLength }
    let place = FactPlace(source)
    for fact in TextFact.all(in: summary) {
      guard place.holds(fact), hasItsUnit(fact, in: source) else { return .summaryFact }
    }
    let originals = TextSentence.all(in: source)
    for sentence in TextSentence.all(in: summary) {
      if originals.contains(where: { $0.text == sentence.text }) { continue }
      guard !opensWithName(sentence, place) else { return .summaryFact }
      if let problem = problem(in: sentence, originals) { return problem }
    }
    return nil
  }

  /// Whether a bare number is one in the source too: `25` is not `25 kg`.
  private static func hasItsUnit(_ fact: TextFact, in source: String) -> Bool {
    guard fact.kind == .number, !fact.text.contains(" ") else { return true }
    return TextFact.all(in: source).contains { known in
      known.text == fact.text
        || known.kind != .number && known.kind != .date
          && FactPlace(known.text).holds(fact)
    }
  }

  /// A word that is large because it begins a sentence may be a name all the same.
  private static func opensWithName(_ sentence: TextSentence, _ place: FactPlace) -> Bool {
    let marks: Set<Character> = ["#", "-", "*", "•", ">", "1", "2", "3", "."]
    let words = sentence.text.split(separator: " ").drop { $0.allSatisfy(marks.contains) }
    guard let first = words.first.map(FactWord.init)?.core, first.first?.isUppercase == true,
      !TextSentence.empty.contains(first.lowercased())
    else { return false }
    return !place.holdsAnyCase(String(first))
  }

  private static func problem(
    in sentence: TextSentence, _ originals: [TextSentence]
  ) -> SpanProblem? {
    let known = originals.reduce(into: Set<UInt64>()) { $0.formUnion($1.terms) }
    guard 2 * sentence.terms.intersection(known).count >= sentence.terms.count else {
      return .summaryWords
    }
    guard !sentence.terms.isEmpty else { return nil }
    let stood = originals.filter { original in
      let shared = original.terms.intersection(sentence.terms).count
      return shared >= 2 && 2 * shared >= original.terms.count
    }
    let nearest = originals.max { nearness($0, sentence) < nearness($1, sentence) }
    let saidNo = (stood + (nearest.map { [$0] } ?? [])).contains(where: \.saysNo)
    return saidNo == sentence.saysNo ? nil : .summaryNegation
  }

  /// Shared words of all words, in millionths.
  private static func nearness(_ one: TextSentence, _ other: TextSentence) -> Int {
    let shared = one.terms.intersection(other.terms).count
    return shared * 1_000_000 / max(1, one.terms.union(other.terms).count)
  }
}
