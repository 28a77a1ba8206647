/// Whether sentences are those of a source with words left out of them.
///
/// What a sentence says depends on which word stands where, and no list of words tells all that may be
/// turned round. So nothing is put in, nothing is moved, and what is left out goes with the words that
/// bind it (``BoundWords``): of `Refunds above 50 EUR are approved by Anna only`, `above` stays with
/// `50`, and `only` stays. A clause may lose words behind its first ones; of several clauses that are
/// kept, none loses any.
struct SentenceCuts {
  private let language: ClosedLanguage?
  private let sentences: [BoundWords]
  private let texts: [String]
  /// Sentences as they stand.
  private let whole: Set<String>
  /// The sentences that have a word.
  private var having: [String: [Int]] = [:]
  /// How many clauses of the source begin with a block.
  private var beginnings: [[String]: Int] = [:]
  /// Steps that are left for all sentences of a summary; behind them, nothing is believed.
  private var steps = 4_000_000

  /// Sentences of a text; linear.
  init(_ source: [String], of text: String) {
    let language = ClosedLanguage.of(text)
    self.language = language
    texts = source
    whole = Set(source)
    guard let language else {
      sentences = []
      return
    }
    sentences = source.map { BoundWords($0, in: language) }
    for (number, sentence) in sentences.enumerated() {
      for word in Set(sentence.words) { having[word, default: []].append(number) }
      for clause in sentence.clauses {
        beginnings[sentence.blocks[clause.blocks.lowerBound].words, default: 0] += 1
      }
    }
  }

  enum Finding: Equatable {
    /// The sentence of the source it is cut from.
    case cut(from: String)
    /// It is cut from none; the sentence that is nearest.
    case none(nearest: String?)
  }

  /// Looks a sentence of a summary up.
  mutating func find(_ sentence: String) -> Finding {
    if whole.contains(sentence) { return .cut(from: sentence) }
    guard let language else { return .none(nearest: nil) }
    let words = BoundWords(sentence, in: language).words
    // Of all its words, the one that fewest sentences have.
    let known = words.filter { having[$0] != nil }
    let rarest = known.min { having[$0]?.count ?? 0 < having[$1]?.count ?? 0 }
    guard let rarest, let candidates = having[rarest] else { return .none(nearest: nil) }
    for number in candidates where isCut(words, from: sentences[number]) {
      return .cut(from: texts[number])
    }
    let mine = Set(words)
    var nearest: (number: Int, shared: Int)?
    for number in candidates.prefix(64) {
      let shared = sentences[number].words.count { mine.contains($0) }
      if shared > nearest?.shared ?? 0 { nearest = (number, shared) }
    }
    return .none(nearest: nearest.map { texts[$0.number] })
  }

  private mutating func isCut(_ words: [String], from sentence: BoundWords) -> Bool {
    guard !words.isEmpty else { return false }
    let vital = sentence.clauses.indices.filter { clause in
      sentence.blocks[sentence.clauses[clause].blocks].contains(where: \.isVital)
    }
    // One clause, shortened, if no other one bounds it.
    for (number, clause) in sentence.clauses.enumerated()
    where !clause.hangs && vital.allSatisfy({ $0 == number }) {
      if isShortened(sentence.blocks[clause.blocks], to: words) { return true }
      if steps <= 0 { return false }
    }
    // Several of them that stand side by side, each whole.
    guard let first = vital.first ?? sentence.clauses.indices.first else { return false }
    let last = vital.last ?? first
    let starts = vital.isEmpty ? sentence.clauses.indices : 0..<first + 1
    for start in starts where !sentence.clauses[start].hangs {
      var place = 0
      for next in start..<sentence.clauses.count {
        let clause = sentence.blocks[sentence.clauses[next].blocks].flatMap(\.words)
        steps -= clause.count
        guard steps > 0, words[place...].starts(with: clause) else { break }
        place += clause.count
        if place == words.count { return vital.isEmpty || next >= last }
      }
    }
    return false
  }

  /// Whether a clause becomes some words by leaving blocks out behind its first one.
  private mutating func isShortened(
    _ blocks: ArraySlice<BoundWords.Block>, to words: [String]
  ) -> Bool {
    guard let first = blocks.first, words.starts(with: first.words) else { return false }
    // Where others begin alike, what stands in the middle tells them apart: only the end may go.
    if beginnings[first.words] ?? 0 > 1 {
      var place = first.words.count
      var rest = blocks.dropFirst()
      while place < words.count, let block = rest.first, words[place...].starts(with: block.words) {
        place += block.words.count
        rest = rest.dropFirst()
      }
      return place == words.count && !rest.contains(where: \.isVital)
    }
    /// How far the words may have been read.
    var reached: Set<Int> = [first.words.count]
    for block in blocks.dropFirst() {
      var next: Set<Int> = block.isVital ? [] : reached
      for place in reached {
        steps -= 1
        if words[place...].starts(with: block.words) { next.insert(place + block.words.count) }
      }
      reached = next
      guard !reached.isEmpty, steps > 0 else { return false }
    }
    return reached.contains(words.count)
  }
}
