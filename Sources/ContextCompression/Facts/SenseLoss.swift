/// What binds the words of one text otherwise in another: `above 50` where the other has `below 50`.
enum SenseLoss {
  /// Spans of a text whose words stand in a sentence of the other that is about the same, bound by
  /// other words or in another order.
  ///
  /// What is gone with all it binds is no loss of this kind. Quadratic in the sentences.
  static func spans(of one: String, in other: String) -> [TextFact] {
    guard let language = ClosedLanguage.of(one) else { return [] }
    let theirs = Sentences.all(in: other).map(TextSentence.init)
    let same = Set(theirs.map(\.text))
    let blocks = Set(theirs.flatMap { BoundWords($0.text, in: language).blocks.map(Self.key) })
    var found: [TextFact] = []
    for sentence in Sentences.all(in: one).map(TextSentence.init)
    where !same.contains(sentence.text) {
      var nearest: (sentence: TextSentence, shared: Int)?
      for candidate in theirs where candidate.isAbout(sentence) {
        let shared = candidate.terms.intersection(sentence.terms).count
        if shared > max(1, nearest?.shared ?? 0) { nearest = (candidate, shared) }
      }
      guard let nearest else { continue }
      let comparison = Comparison(
        mine: BoundWords(sentence.text, in: language),
        theirs: BoundWords(nearest.sentence.text, in: language), blocks: blocks)
      found += comparison.spans
    }
    return found
  }

  private static func key(_ block: BoundWords.Block) -> String {
    block.words.joined(separator: " ")
  }

  private struct Comparison {
    let mine: BoundWords
    let theirs: BoundWords
    /// The blocks of all sentences of the other text: two of its sentences may have become one.
    let blocks: Set<String>

    var spans: [TextFact] {
      var bindings: [String: Set<String>] = [:]
      for block in theirs.blocks {
        if let carrier = block.carrier { bindings[carrier, default: []].formUnion(block.binding) }
      }
      let said = Set(theirs.words)
      var found: [TextFact] = []
      for block in mine.blocks {
        let telling = block.binding.filter { SenseWords.tell($0) }
        let isLost =
          if let carrier = block.carrier, let bound = bindings[carrier] {
            // `never` may become `not`.
            telling.contains { word in
              !bound.contains(word)
                && !(SenseWords.denies(word) && bound.contains(where: SenseWords.denies))
            }
          } else {
            telling.contains { SenseWords.bound($0) && !said.contains($0) }
              && !blocks.contains(SenseLoss.key(block))
          }
        guard isLost else { continue }
        found.append(TextFact(kind: .sense, text: FactReader.oneBlank(block.text)))
      }
      return found + swapped
    }

    /// Two numbers, or two names, the other way round: `9:00 to 17:00`.
    private var swapped: [TextFact] {
      let (one, two) = (Self.marked(mine), Self.marked(theirs))
      let common = Set(one.map(\.key)).intersection(two.map(\.key))
      let (first, second) = (
        one.filter { common.contains($0.key) }, two.filter { common.contains($0.key) }
      )
      guard first.count > 1, first.count == second.count, first.map(\.key) != second.map(\.key)
      else { return [] }
      // From the first place where they differ to the last.
      let places = first.indices.filter { first[$0].key != second[$0].key }
      guard let start = places.first, let end = places.last else { return [] }
      let span = first[start...end].map(\.text).joined(separator: " … ")
      return [TextFact(kind: .sense, text: span)]
    }

    /// The numbers and names, each that stands there once.
    private static func marked(_ words: BoundWords) -> [(key: String, text: String)] {
      var counts: [String: Int] = [:]
      var found: [(key: String, text: String)] = []
      for (number, block) in words.blocks.enumerated() {
        guard let carrier = block.carrier,
          let written = block.text.split(whereSeparator: \.isWhitespace).last
        else { continue }
        let isName = number > 0 && written.first?.isUppercase == true
        guard isName || carrier.contains(where: \.isNumber) else { continue }
        counts[carrier, default: 0] += 1
        found.append((carrier, String(written)))
      }
      return found.filter { counts[$0.key] == 1 }
    }
  }
}

/// The function words that turn round what they bind where another one stands in their place.
private enum SenseWords {
  static func tell(_ word: String) -> Bool {
    telling.contains(Array(word.utf8), 0..<word.utf8.count)
  }

  /// Whether the word bounds a whole sentence.
  static func bound(_ word: String) -> Bool {
    bounding.contains(Array(word.utf8), 0..<word.utf8.count)
  }

  static func denies(_ word: String) -> Bool {
    denying.contains(Array(word.utf8), 0..<word.utf8.count)
  }

  private static let bounds = """
    only solely merely unless except until alone nur lediglich ausschließlich bis außer sauf seulement \
    uniquement solo sólo solamente salvo excepto hasta
    """
  private static let denials = """
    not no never none nothing neither nor cannot without nicht kein keine keinen keiner keinem nie \
    niemals ohne ne pas jamais sans aucun aucune nunca jamás sin ningún ninguna
    """
  private static let bounding = WordSet(bounds)
  private static let denying = WordSet(denials)
  private static let telling = WordSet(
    """
    \(bounds) \(denials) all every each some several many few most both either can could may might must \
    shall should ought above below over under before after within beyond up down from between inside \
    outside more less fewer least against alle jeder jede jedes einige mehrere viele wenige beide darf \
    dürfen muss müssen kann können soll sollen über unter vor nach innerhalb außerhalb ab von mehr \
    weniger tous toutes chaque plusieurs peut peuvent doit doivent avant après dès depuis entre plus \
    moins sous sur todos todas cada varios puede pueden debe deben antes después desde entre más menos \
    sobre bajo
    """)
}
