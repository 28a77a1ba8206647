/// A sentence as blocks of words that stand and fall together.
///
/// A function word says something of what stands behind it: `above 50`, `without a receipt`, `may not
/// return`, `only members`. So a block is the function words before a word that carries meaning, with
/// that word; those at the end of a clause are a block of their own. Articles and forms of *to be* bind
/// nothing and are in none.
struct BoundWords {
  /// In order.
  private(set) var blocks: [Block] = []
  /// What stands between commas, conjunctions and the like.
  private(set) var clauses: [Clause] = []

  struct Block {
    /// In one case.
    let words: [String]
    /// Whether the last word carries meaning; else all are function words.
    let carries: Bool
    /// Whether the sentence says another thing without it: it denies, bounds or sets a condition.
    let isVital: Bool
    /// As it stands in the sentence.
    let text: Substring

    /// The function words.
    var binding: ArraySlice<String> { carries ? words.dropLast() : words[...] }
    var carrier: String? { carries ? words.last : nil }
  }

  struct Clause {
    /// Indices into the blocks.
    let blocks: Range<Int>
    /// Whether the clause before says it: `that …`, `who …`.
    let hangs: Bool
  }

  /// All words but those that bind nothing, in one case, in order.
  var words: [String] { blocks.flatMap(\.words) }

  /// Reads a sentence of a language; linear.
  init(_ sentence: String, in language: ClosedLanguage) {
    var pending = Pending()
    var place = sentence.startIndex
    while place < sentence.endIndex {
      guard Self.isOfWord(sentence, place) else {
        if Self.endsClause(sentence[place]) || Self.endsBehindNumber(sentence, place) {
          endClause(&pending, hangs: false)
        }
        place = sentence.index(after: place)
        continue
      }
      let start = place
      while place < sentence.endIndex, Self.isOfWord(sentence, place) {
        place = sentence.index(after: place)
      }
      add(sentence[start..<place], language, &pending)
    }
    endClause(&pending, hangs: false)
  }

  // MARK: - Blocks

  /// The block and the clause that are being read.
  private struct Pending {
    var words: [String] = []
    var text: Substring?
    var isVital = false
    var firstBlock = 0
    var hangs = false
  }

  private mutating func add(
    _ word: Substring, _ language: ClosedLanguage, _ pending: inout Pending
  ) {
    let folded = word.lowercased().replacing("’", with: "'")
    let bytes = Array(folded.utf8)
    let kinds = KnownWord.of(bytes, bytes.indices)[language]
    let joins = Self.joining.contains(bytes, bytes.indices)
    let reports = Self.reporting.contains(bytes, bytes.indices)
    if joins || reports || kinds.contains(.subordinator) {
      endClause(&pending, hangs: reports)
    }
    guard !Self.mute.contains(bytes, bytes.indices) else { return }
    pending.words.append(folded)
    pending.text = pending.text.map { $0.base[$0.startIndex..<word.endIndex] } ?? word
    if kinds.contains(.limiting) || Self.denying.contains(bytes, bytes.indices)
      // `if`, `when`; but `before` may be of a time.
      || kinds.contains(.subordinator) && !kinds.contains(.preposition)
    {
      pending.isVital = true
    }
    if kinds.isEmpty { close(&pending, carries: true) }
  }

  private mutating func close(_ pending: inout Pending, carries: Bool) {
    guard let text = pending.text else { return }
    blocks.append(
      Block(words: pending.words, carries: carries, isVital: pending.isVital, text: text))
    (pending.words, pending.text, pending.isVital) = ([], nil, false)
  }

  private mutating func endClause(_ pending: inout Pending, hangs: Bool) {
    close(&pending, carries: false)
    if pending.firstBlock < blocks.count {
      clauses.append(Clause(blocks: pending.firstBlock..<blocks.count, hangs: pending.hangs))
      pending.hangs = false
    }
    pending.firstBlock = blocks.count
    pending.hangs = pending.hangs || hangs
  }

  // MARK: - Words

  /// Letters, digits, what is written between digits, and the signs of units.
  private static func isOfWord(_ text: String, _ place: String.Index) -> Bool {
    let character = text[place]
    if character.isLetter || character.isNumber { return true }
    switch character {
    case "'", "’", "%", "€", "$", "£", "¥", "°", "+", "_", "@", "/": return true
    case ".", ",", ":", "-":
      let next = text.index(after: place)
      guard place > text.startIndex, next < text.endIndex else { return false }
      let before = text[text.index(before: place)]
      return before.isNumber && text[next].isNumber
    default: return false
    }
  }

  private static func endsClause(_ character: Character) -> Bool {
    switch character {
    case ",", ";", ":", "(", ")", "–", "—": true
    default: false
    }
  }

  /// `gate 51. Locker 18`: whether it is two sentences or a day of a month, it is not one clause.
  private static func endsBehindNumber(_ text: String, _ place: String.Index) -> Bool {
    guard text[place] == ".", place > text.startIndex else { return false }
    let next = text[text.index(after: place)...].drop(while: \.isWhitespace)
    return text[text.index(before: place)].isNumber && next.first?.isUppercase == true
  }

  private static let joining = WordSet(
    "and or but nor so yet und oder aber denn sondern doch et ou mais ni car y e o u pero sino")
  private static let reporting = WordSet(
    """
    that which who whom whose whether how why dass daß ob que qu' qui dont quien quienes cuyo cuya
    """)
  private static let mute = WordSet(
    """
    a an the is are am be been being and der die das den dem des ein eine einen einem einer eines ist \
    sind und le la les un une est sont et el los las una es son y e
    """)
  /// Words that carry meaning, and it is no.
  static let denying = WordSet(
    """
    refuse refuses refused forbid forbids forbidden prohibit prohibits prohibited deny denies denied \
    ban bans banned unable impossible false untrue wrong void invalid fail fails failed lack lacks \
    hardly barely rarely seldom verboten untersagt unmöglich falsch ungültig interdit interdite \
    interdits impossible faux fausse prohibido prohibida imposible falso falsa n't
    """)
}

extension ClosedLanguage {
  /// The language of a text, if its function words tell it.
  static func of(_ text: String) -> ClosedLanguage? {
    let bytes = Array(text.utf8)
    var (words, known) = (0, [0, 0, 0, 0])
    for word in TextWords.all(in: bytes, bytes.indices) where !bytes[word.lowerBound].isDigit {
      words += 1
      let kinds = KnownWord.of(bytes, word)
      for language in allCases where !kinds[language].isEmpty { known[language.rawValue] += 1 }
    }
    guard let best = allCases.max(by: { known[$0.rawValue] < known[$1.rawValue] }),
      known[best.rawValue] > 0, known[best.rawValue] * 100 >= words * 15
    else { return nil }
    return best
  }
}
