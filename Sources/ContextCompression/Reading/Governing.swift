/// What a sentence that governs others speaks of.
///
/// `Everything below is void.` says nothing of the world and all of what stands beneath it: dropped, it
/// turns the rest round. Such a sentence is never dropped, and what it points at keeps the piece that
/// stands nearest, so that `above` and `below` go on meaning what they meant.
struct Governing: Equatable {
  /// Whether it points up the page, and down.
  var back = false
  var forth = false
  /// Whether it counts (`the first two rules`), so that what it points at stays whole.
  var counts = false
  /// Whether it points at a table.
  var table = false

  /// Nil for a sentence that speaks of the world.
  ///
  /// In doubt it governs: that costs a sentence, the other way round costs the meaning. Linear.
  static func of(_ bytes: [UInt8], _ range: Range<Int>) -> Governing? {
    let sentence = Sentence(bytes, range)
    guard !sentence.words.isEmpty, sentence.governs else { return nil }
    return sentence.reach
  }

  /// Whether a line that leads in speaks of more than the list or paragraph below it: `Everything below
  /// is void:`.
  static func reachesFar(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    let sentence = Sentence(bytes, range)
    return sentence.has(.all) || sentence.has(.alters) || sentence.has(.revokes)
      || sentence.has(.limits)
  }

  /// The words of a sentence and what each says.
  private struct Sentence {
    struct Word {
      let range: Range<Int>
      let says: GoverningWords
    }

    let bytes: [UInt8]
    private(set) var words: [Word] = []

    init(_ bytes: [UInt8], _ range: Range<Int>) {
      self.bytes = bytes
      words = TextWords.all(in: bytes, range).map { Word(range: $0, says: .of(bytes, $0)) }
    }

    func has(_ kind: GoverningWords) -> Bool { words.contains { $0.says.contains(kind) } }

    private func isWord(_ number: Int, _ word: StaticString) -> Bool {
      guard words.indices.contains(number) else { return false }
      let range = words[number].range
      guard range.count == word.utf8CodeUnitCount else { return false }
      return zip(bytes[range], "\(word)".utf8).allSatisfy { $0.folded == $1 }
    }

    private func stand(_ one: StaticString, _ two: StaticString) -> Bool {
      words.indices.contains { isWord($0, one) && isWord($0 + 1, two) }
    }

    /// Whether the word begins a sentence, and what follows it is a colon or a comma; an item of a
    /// list may hold several sentences.
    private func leads(_ word: Word) -> Bool {
      if let first = words.first, word.range != first.range {
        var before = word.range.lowerBound
        while before > 0, bytes[before - 1].isWhite || bytes[before - 1] == 0x2A { before -= 1 }
        guard before > 0, [0x2E, 0x21, 0x3F].contains(bytes[before - 1]) else { return false }
      }
      var place = word.range.upperBound
      while place < bytes.count, bytes[place] == 0x2A || bytes[place] == 0x5F { place += 1 }
      return place < bytes.count && (bytes[place] == 0x3A || bytes[place] == 0x2C)
    }

    var governs: Bool {
      if has(.revokes) || takesBack { return true }
      if words.contains(where: { $0.says.contains(.corrects) && leads($0) }) { return true }
      let alters = has(.alters)
      let limits = has(.limits)
      if isPlaced { return !has(.refers) || alters || limits || has(.holds) }
      let isOfText = pointsAtText
      if isOfText { return !has(.refers) || alters || limits }
      if has(.text), alters { return true }
      let isCounted = has(.counts) && has(.piece)
      return has(.holds) && limits && (has(.text) || has(.points) || has(.all) || isCounted)
    }

    /// `no longer`, `nicht mehr`, `ne … plus`, `ya no`; `was wrong`; `unless otherwise stated`; `out of
    /// date`; `from now on`.
    private var takesBack: Bool {
      if stand("no", "longer") || stand("any", "longer") || stand("nicht", "mehr") { return true }
      if stand("ya", "no") || stand("unless", "otherwise") || stand("unless", "stated") {
        return true
      }
      if stand("now", "on") || stand("scratch", "that") || stand("never", "mind") { return true }
      for number in words.indices {
        if words[number].says.contains(.being), words.indices.contains(number + 1),
          words[number + 1].says.contains(.wrong)
        {
          return true
        }
        if isWord(number, "out"), isWord(number + 1, "of"), isWord(number + 2, "date") {
          return true
        }
        if isWord(number, "ne") || isWord(number, "n"),
          (number + 1..<number + 5).contains(where: { isWord($0, "plus") })
        {
          return true
        }
      }
      return false
    }

    /// `this section`, `these price lists`.
    private var pointsAtText: Bool {
      words.indices.contains { number in
        words[number].says.contains(.points)
          && words[number...].dropFirst().prefix(2).contains(where: Self.isText)
      }
    }

    private static func isText(_ word: Word) -> Bool {
      word.says.contains(.text) || word.says.contains(.piece)
    }

    private var isPlaced: Bool { words.indices.contains { isPlace($0) } }

    /// Whether a word points up or down the page and not to a time or an amount.
    private func isPlace(_ number: Int) -> Bool {
      let says = words[number].says
      guard says.contains(.back) || says.contains(.forth) else { return false }
      let next = words[number...].dropFirst().prefix(3)
      if says.contains(.ofText) {
        return next.contains(where: Self.isText)
      }
      if next.prefix(2).contains(where: { $0.says.contains(.time) }) { return false }
      guard isWord(number, "above") || isWord(number, "below") else { return true }
      // `above 8 degrees`, `above that`, `above average`, `XL or above`.
      if number > 0, isWord(number - 1, "or") { return false }
      guard let after = next.first else { return true }
      if after.says.contains(.being) || after.says.contains(.holds) { return true }
      let gap = bytes[words[number].range.upperBound..<after.range.lowerBound]
      let isAmount =
        bytes[after.range.lowerBound].isDigit || gap.contains { $0 == 0x24 || $0 >= 0x80 }
      let isMeasure =
        ["that", "this", "it", "all", "zero", "freezing", "average", "normal", "sea", "ground"]
        .contains(String(decoding: bytes[after.range], as: UTF8.self).lowercased())
      return !isAmount && !isMeasure
    }

    /// What it points at; to both sides where it names none.
    var reach: Governing {
      var reach = Governing()
      for number in words.indices where isPlace(number) {
        if words[number].says.contains(.back) { reach.back = true }
        if words[number].says.contains(.forth) { reach.forth = true }
      }
      let isPlaced = reach.back || reach.forth
      // `This no longer applies.` is of what stands before it.
      if !isPlaced, let first = words.first,
        first.says.contains(.points) || first.says.contains(.corrects)
      {
        reach.back = true
      }
      reach.table = isPlaced && has(.table)
      reach.counts = has(.counts) && (isPlaced || has(.text) || has(.piece))
      if reach.counts, !isPlaced { (reach.back, reach.forth) = (true, true) }
      return reach
    }
  }
}
