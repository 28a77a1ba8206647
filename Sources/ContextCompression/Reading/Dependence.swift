/// What a sentence needs of the text around it to be understood.
///
/// A sentence that asserts something of its own subject may be dropped by itself. One that points at
/// what was said (`This does not hold in May`, `Otherwise`, `The opposite goes for firms`) changes what
/// it points at, so it stays as long as that does. Which of the two it is, its function words tell;
/// where they do not show that it stands alone, it does not.
enum Dependence: Equatable {
  /// It names what it speaks of.
  case none
  /// It goes on from the sentence before: `It is closed on Sundays.`
  case nearest
  /// Its words do not show that it stands alone; it may speak of anything since the last heading.
  case unshown
  /// It says that it speaks of something: of anything since the last heading, of what stands before that
  /// where it comes first.
  case passage
  /// It speaks of all that is written: `Nothing here is binding.`
  case text

  /// Reads a sentence of a language; of another, nothing can be shown.
  ///
  /// A title or an entry of a list need not be a sentence: it depends only where it says so. `Fees: none`
  /// says something of fees if it is a record among others. Linear.
  static func of(
    _ bytes: [UInt8], _ range: Range<Int>, in language: ClosedLanguage?, isSentence: Bool,
    isRecord: Bool = false
  ) -> Dependence {
    let words = TextWords.all(in: bytes, range)
    guard !words.isEmpty else { return .none }
    guard let language else { return .unshown }
    let reader = DependenceReader(
      bytes: bytes, words: words, kinds: words.map { KnownWord.of(bytes, $0)[language] },
      language: language, isRecord: isRecord,
      hasSmall: bytes[words[0].lowerBound..<words[words.count - 1].upperBound]
        .contains { $0.isSmall })
    if let linked = reader.linked { return linked }
    let label = isRecord ? reader.label : nil
    let opening =
      isSentence && label == nil ? reader.opening(0) : reader.entry(label.map { $0 + 1 } ?? 0)
    return opening == .none && isSentence && reader.refersOut ? .nearest : opening
  }
}

/// Reads the function words of one sentence.
private struct DependenceReader {
  let bytes: [UInt8]
  let words: [Range<Int>]
  /// What each word does; empty for a word that names something.
  let kinds: [FunctionWords]
  let language: ClosedLanguage
  let isRecord: Bool
  /// Whether not all of it is in capitals.
  let hasSmall: Bool

  private func kind(_ number: Int) -> FunctionWords {
    kinds.indices.contains(number) ? kinds[number] : []
  }

  private func isName(_ number: Int) -> Bool {
    kinds.indices.contains(number) && kinds[number].isEmpty && !isNumber(number)
  }

  private func isNumber(_ number: Int) -> Bool {
    words.indices.contains(number) && bytes[words[number].lowerBound].isDigit
  }

  /// Whether a word is written as a name is; where all are in capitals, none is.
  private func isCapital(_ number: Int) -> Bool {
    hasSmall && words.indices.contains(number) && bytes[words[number].lowerBound].isCapital
  }

  private func ends(_ number: Int, _ ending: StaticString) -> Bool {
    guard words.indices.contains(number), words[number].count > ending.utf8CodeUnitCount else {
      return false
    }
    return zip(bytes[words[number]].reversed(), "\(ending)".utf8.reversed())
      .allSatisfy { $0.folded == $1 }
  }

  private func isWord(_ number: Int, _ word: StaticString) -> Bool {
    words.indices.contains(number) && words[number].count == word.utf8CodeUnitCount
      && zip(bytes[words[number]], "\(word)".utf8).allSatisfy { $0.folded == $1 }
  }

  /// A plural, or a verb of the third person.
  private func endsInS(_ number: Int) -> Bool {
    isName(number) && ends(number, "s") && !ends(number, "ss") && !ends(number, "us")
  }

  /// Whether a word is the verb of what is named before it (`Ana paints the roof`), and no plural behind
  /// an imperative (`Split tablets in two`, `Wait six hours`).
  private func isVerb(_ number: Int, behind first: Int) -> Bool {
    guard endsInS(number), number > first, isName(number - 1) else { return false }
    return number > first + 1 || !kind(number + 1).contains(.preposition) && !isEnd(number)
  }

  /// What stands right behind a word.
  private func mark(after number: Int) -> UInt8? {
    var place = words[number].upperBound
    while place < bytes.count, bytes[place] == 0x2A || bytes[place] == 0x5F { place += 1 }
    return place < bytes.count ? bytes[place] : nil
  }

  /// Whether a clause ends behind a word.
  private func isEnd(_ number: Int) -> Bool {
    switch mark(after: number) {
    case 0x2E, 0x2C, 0x3B, 0x3A, 0x21, 0x3F, nil: true
    default: false
    }
  }

  /// Fewer words, or no function word among them, do not show that something is asserted.
  private static let least = 4

  // MARK: - Anywhere

  /// What ties the sentence to others wherever it stands.
  var linked: Dependence? {
    var found: Dependence?
    /// Behind a semicolon, it may be what stands before it that is spoken of.
    var isFirstHalf = true
    for number in words.indices {
      let says = kinds[number]
      if says.contains(.ofText) { return .text }
      if says.contains(.amount), number < 2, isOfSaid(number + 1) { return .text }
      if isFirstHalf, isLinking(number, says) { found = .passage }
      if mark(after: number) == 0x3B { isFirstHalf = false }
    }
    return found
  }

  /// `of this`, `of the above`, `that`.
  private func isOfSaid(_ number: Int) -> Bool {
    var next = number
    while next < number + 2, kind(next).contains(.preposition) || kind(next).contains(.definite) {
      next += 1
    }
    let says = kind(next)
    return says.contains(.pointing) || says.contains(.comparing)
      || next > number && says.contains(.pronoun)
  }

  private func isLinking(_ number: Int, _ says: FunctionWords) -> Bool {
    if says.contains(.linking) { return !(isWord(number, "instead") && isWord(number + 1, "of")) }
    if says.contains(.comparing) {
      // `above 8 degrees`.
      return !isNumber(number + 1)
    }
    if says.contains(.pointing) { return isPointing(number, says) }
    guard language == .english else { return false }
    // `has since decided`, `what the office does.`
    if says.contains(.auxiliary) {
      return isWord(number + 1, "since") || isEnd(number) && !isCapital(number)
    }
    return isEnd(number) && isTrailing(number) || isMeasure(number)
  }

  /// Whether a word refers back where a clause ends, as `though` does.
  private func isTrailing(_ number: Int) -> Bool {
    isWord(number, "though") || isWord(number, "so") || isWord(number, "too")
      || isWord(number, "either") || isWord(number, "since") || isWord(number, "still")
  }

  /// `as much` that does not say as what.
  private func isMeasure(_ number: Int) -> Bool {
    guard isWord(number, "as"), isWord(number + 1, "much") || isWord(number + 1, "many") else {
      return false
    }
    return !words.indices.dropFirst(number + 2).contains { isWord($0, "as") }
  }

  /// `Skippers may refuse it`: the object of a clause is not its subject, so it stands elsewhere.
  var refersOut: Bool {
    guard language == .english else { return false }
    for number in words.indices.dropFirst(2) {
      if isWord(number, "it") || isWord(number, "them") || isWord(number, "him") {
        return kind(number - 1).isDisjoint(with: [.subordinator, .asking, .connecting])
      }
      let names = kinds[number - 1].isDisjoint(with: [.definite, .introducing, .universal])
      if !names || isEnd(number - 1) || isNumber(number - 1) { return false }
    }
    return false
  }

  private func isPointing(_ number: Int, _ says: FunctionWords) -> Bool {
    switch language {
    case .english:
      let next = kind(number + 1)
      if isWord(number, "that") {
        // `of that`, `do that`; but `the code that is sent`, `it says that it is`.
        return number == 0
          || !kind(number - 1).isDisjoint(with: [.preposition, .auxiliary])
          || isEnd(number) || !next.isDisjoint(with: [.preposition, .limiting])
      }
      if isWord(number, "those") {
        return next.isDisjoint(with: [.asking, .preposition, .person])
          && !isWord(number + 1, "that")
      }
      return true
    case .german:
      guard says.contains(.definite) else { return true }
      // `Das gilt nicht`, but `Das kleine Paket`.
      return number == 0 && !isCapital(1) && !isCapital(2)
    case .french, .spanish:
      return true
    }
  }

  // MARK: - How it begins

  /// The last word of a label, as of `Lost code: …`.
  var label: Int? {
    guard kind(0).isDisjoint(with: [.connecting, .comparing]) else { return nil }
    return words.indices.prefix(4).first { mark(after: $0) == 0x3A }
  }

  /// An entry of a list or a title.
  func entry(_ first: Int) -> Dependence {
    let says = kind(first)
    if says.contains(.sweeping) { return .text }
    if says.contains(.connecting) || isBound(first) { return .passage }
    return says.contains(.pronoun) && !says.contains(.definite) ? .nearest : .none
  }

  /// `Not in May`, `At most two in liver disease`: an entry that only bounds what another one says.
  private func isBound(_ first: Int) -> Bool {
    // `May` is a month.
    let asserts = words.indices.contains { kinds[$0].contains(.auxiliary) && !isCapital($0) }
    guard label == nil, !asserts else { return false }
    let bounding: FunctionWords = [.limiting, .universal]
    let says = kind(first)
    if says.contains(.preposition) {
      return !kind(first + 1).isDisjoint(with: bounding.union(.amount))
    }
    return !says.isDisjoint(with: bounding) || says.contains(.amount) && !isName(first + 1)
  }

  func opening(_ first: Int) -> Dependence {
    guard words.count - first >= Self.least, kinds.contains(where: { !$0.isEmpty }) else {
      return short(first)
    }
    let says = kind(first)
    let next = kind(first + 1)
    if isNumber(first) { return counted(next) }
    if says.contains(.sweeping) { return .text }
    if says.contains(.definite) { return definite(first) }
    if says.contains(.pronoun) {
      let isThere = isWord(first, "there") && next.contains(.auxiliary)
      return isThere && kind(first + 2).contains(.introducing) ? .none : .nearest
    }
    if says.contains(.amount), !next.isDisjoint(with: [.auxiliary, .preposition, .connecting]) {
      return .passage
    }
    if says.contains(.universal) { return .passage }
    if says.contains(.introducing) { return counted(next) }
    if says.contains(.preposition) || says.contains(.subordinator) { return fronted(first) }
    if says.contains(.connecting) || says.contains(.limiting) { return .passage }
    return says.isEmpty ? named(first) : addressed(first)
  }

  /// What a piece of a sentence (`Not in May.`) needs.
  private func short(_ first: Int) -> Dependence {
    let says = kind(first)
    if says.contains(.sweeping) { return .text }
    return says.isDisjoint(with: [.connecting, .limiting, .universal]) ? .unshown : .passage
  }

  /// `You get an answer`, `Do not leave it`: whether what is spoken of is named.
  private func addressed(_ first: Int) -> Dependence {
    for number in first..<words.count {
      let says = kinds[number]
      if says.contains(.pronoun), !says.contains(.definite) { return .nearest }
      if !says.isDisjoint(with: [.definite, .introducing, .universal]) { return .none }
      // `Do not exceed 6 bar`: what must not be exceeded is not said.
      let isOrder = kind(first).contains(.auxiliary)
      if number > first, isCapital(number) { return .none }
      if number > first, !isOrder, isNumber(number) || endsInS(number) { return .none }
    }
    return .unshown
  }

  /// Behind a number or an article.
  private func counted(_ next: FunctionWords) -> Dependence {
    next.isDisjoint(with: [.preposition, .auxiliary, .connecting, .pronoun]) ? .none : .passage
  }

  /// `The code`, as against `The code for a cooled door`.
  private func definite(_ first: Int) -> Dependence {
    let noun = first + 1
    guard isName(noun) else {
      return kind(noun).contains(.introducing) || isNumber(noun) ? .nearest : .passage
    }
    let next = kind(noun + 1)
    if next.contains(.asking) || isWord(noun + 1, "that") {
      // `The clerk who wrote it`.
      return kinds.contains { $0.contains(.pronoun) && !$0.contains(.definite) } ? .nearest : .none
    }
    if next.contains(.preposition) { return .none }
    if language != .german, isCapital(noun) || isNumber(noun + 1) { return .none }
    if isName(noun + 1), endsInS(noun + 2), !endsInS(noun + 1) { return .none }
    var last = noun
    while last < noun + 4, isName(last + 1) { last += 1 }
    if last > noun, kind(last + 1).contains(.auxiliary) { return .none }
    let isBounding = kinds.contains { $0.contains(.limiting) }
    return isBounding ? .passage : .nearest
  }

  /// A sentence that begins with where, when or why.
  private func fronted(_ first: Int) -> Dependence {
    let isClause = kind(first).contains(.subordinator)
    let next = kind(first + 1)
    if next.contains(.pronoun), !next.contains(.definite) { return .nearest }
    if !kind(first).contains(.subordinator) || kind(first).contains(.preposition) {
      // What it speaks of is behind, and may be `it`.
      if kinds[first...].contains(where: { $0.contains(.pronoun) && !$0.contains(.definite) }) {
        return .nearest
      }
      let names = (first..<words.count).contains { isEnd($0) && $0 + 1 < words.count }
      if !names, !kinds.contains(where: { $0.contains(.auxiliary) }), words.count - first < 8 {
        return .unshown
      }
    }
    if next.contains(.definite) { return isClause ? definite(first + 1) : .none }
    if isNumber(first + 1) || !next.isDisjoint(with: [.introducing, .universal, .person]) {
      return .none
    }
    guard next.isEmpty, isName(first + 1) else { return .unshown }
    // `To reset the password, …`
    if isWord(first, "to") { return .none }
    if isCapital(first + 1) || endsInS(first + 1) { return .none }
    if isClause { return kind(first + 2).contains(.auxiliary) ? .none : .unshown }
    return !isEnd(first + 1) && endsInS(first + 2) ? .none : .unshown
  }

  /// A sentence that begins with a word that names something.
  private func named(_ first: Int) -> Dependence {
    let next = kind(first + 1)
    switch mark(after: first) {
    case 0x3A: return isRecord ? opening(first + 1) : .passage
    case 0x2C, 0x2E: return .unshown
    default: break
    }
    if language == .english, ends(first, "ly") { return .unshown }
    if isPlacing(first + 1), !endsInS(first) { return .unshown }
    // `Keep it`, `Close the door`.
    if !next.isDisjoint(with: [.pronoun, .pointing, .definite]), !isWord(first + 1, "that"),
      !(language == .english && ends(first, "ing"))
    {
      return .nearest
    }
    if language == .german, next.contains(.auxiliary),
      !kind(first + 2).isDisjoint(with: [.definite, .introducing, .pronoun])
    {
      // `Inzwischen hat der Rat …`: what it speaks of stands behind the verb.
      return .unshown
    }
    if (first + 1...first + 6).contains(where: { kind($0).contains(.auxiliary) }) { return .none }
    switch language {
    case .english:
      if endsInS(first) { return .none }
      if (first...first + 5).contains(where: { isVerb($0, behind: first) }) { return .none }
      // `Ana painted the roof`.
      let isPast =
        ends(first + 1, "ed") && !kind(first + 2).isDisjoint(with: [.definite, .introducing])
      return isPast ? .none : .unshown
    case .german:
      return !isCapital(first + 1) && (ends(first + 1, "t") || ends(first + 1, "en"))
        ? .none : .unshown
    case .french, .spanish:
      return .unshown
    }
  }

  /// `Subject to`, `Regardless of`, `Apart from`.
  private func isPlacing(_ number: Int) -> Bool {
    switch language {
    case .english:
      return isWord(number, "to") || isWord(number, "of") || isWord(number, "from")
        || isWord(number, "as") || isWord(number, "than") || isWord(number, "by")
    case .german, .french, .spanish:
      return kind(number).contains(.preposition)
    }
  }
}
