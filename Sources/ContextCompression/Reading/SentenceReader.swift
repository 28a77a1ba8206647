/// Cuts a run of prose into sentences; in doubt it does not cut.
struct SentenceReader {
  private let bytes: [UInt8]
  private let end: Int
  private var place: Int
  private var start: Int
  private var found: [Range<Int>] = []
  /// What is open where the reader stands, if it closes at all.
  private var quotes: Pairs
  private var ticks: Pairs
  private var depth = 0
  private var openedAt = 0
  private let readsBrackets: Bool
  /// Up to where a run of marks was found to be longer than any end of a sentence.
  private var longRun = 0

  /// A mark that opens and closes, in the whole run and in each line, where it comes in pairs.
  private struct Pairs {
    let mark: UInt8
    private let pairs: Bool
    private var pairsInLine = false
    private var isOpen = false
    private var isOpenInLine = false

    init(_ mark: UInt8, _ bytes: [UInt8], _ range: Range<Int>) {
      self.mark = mark
      pairs = bytes[range].count { $0 == mark } % 2 == 0
      startLine(bytes, range)
    }

    mutating func startLine(_ bytes: [UInt8], _ range: Range<Int>) {
      isOpenInLine = false
      let count = bytes[range].prefix { $0 != 0x0A }.count { $0 == mark }
      pairsInLine = count % 2 == 0
    }

    mutating func toggle() {
      isOpen.toggle()
      isOpenInLine.toggle()
    }

    /// Whether something is open that will close, behind so many marks more.
    func isInside(after more: Int = 0) -> Bool {
      let flips = more % 2 != 0
      return pairs && isOpen != flips || pairsInLine && isOpenInLine != flips
    }
  }

  /// They cover the range without gaps; linear.
  static func sentences(in bytes: [UInt8], from start: Int, to end: Int) -> [Range<Int>] {
    var reader = SentenceReader(bytes, start, end)
    reader.read()
    return reader.found
  }

  private init(_ bytes: [UInt8], _ start: Int, _ end: Int) {
    self.bytes = bytes
    self.end = end
    place = start
    self.start = start
    let range = start..<max(start, end)
    quotes = Pairs(0x22, bytes, range)
    ticks = Pairs(0x60, bytes, range)
    let opened = bytes[range].count { $0 == 0x28 || $0 == 0x5B }
    let closed = bytes[range].count { $0 == 0x29 || $0 == 0x5D }
    readsBrackets = opened == closed
  }

  private mutating func read() {
    while place < end {
      let byte = bytes[place]
      switch byte {
      case 0x0A:
        quotes.startLine(bytes, place + 1..<end)
        ticks.startLine(bytes, place + 1..<end)
      case 0x22: quotes.toggle()
      case 0x60: ticks.toggle()
      case 0x28, 0x5B: open()
      case 0x29, 0x5D: if depth > 0 { depth -= 1 }
      case 0x2E, 0x21, 0x3F:
        if let next = spacedEnd() {
          cut(next)
          continue
        }
      case 0xE3, 0xEF, 0xE2, 0xC2, 0xD8, 0xDB, 0xE0:
        let scalar = LenientScalar(bytes, at: place, before: end)
        if isOpening(scalar.value) {
          open()
        } else if isClosing(scalar.value) {
          if depth > 0 { depth -= 1 }
        } else if let next = otherEnd(scalar) {
          cut(next)
          continue
        }
        place += scalar.count - 1
      default: break
      }
      place += 1
    }
    if start < end { add(end) }
  }

  private mutating func open() {
    guard readsBrackets else { return }
    if depth == 0 { openedAt = place }
    depth += 1
  }

  /// Nothing is cut within quotes, code and brackets; what is open for very long is no bracket.
  private var isInside: Bool {
    ticks.isInside() || quotes.isInside() || depth > 0 && place - openedAt < 600
  }

  private func isOpening(_ value: UInt32) -> Bool {
    switch value {
    case 0x300C, 0x300E, 0x3010, 0xFF08, 0x201C, 0x201E, 0xAB: true
    default: false
    }
  }

  private func isClosing(_ value: UInt32) -> Bool {
    switch value {
    case 0x300D, 0x300F, 0x3011, 0xFF09, 0x201D, 0xBB: true
    default: false
    }
  }

  private mutating func cut(_ next: Int) {
    add(next)
    // What closes behind the end, and the lines that end there.
    while place < next {
      switch bytes[place] {
      case 0x0A:
        quotes.startLine(bytes, place + 1..<end)
        ticks.startLine(bytes, place + 1..<end)
      case 0x22: quotes.toggle()
      case 0x60: ticks.toggle()
      default: break
      }
      place += 1
    }
    start = next
    depth = 0
  }

  private mutating func add(_ next: Int) {
    found.append(start..<next)
  }

  // MARK: - Ends

  /// More marks in a row are a line drawn of them, and end nothing.
  private static let mostMarks = 64

  /// Where the next sentence begins, behind `.`, `!` or `?`, closing marks and white space.
  private mutating func spacedEnd() -> Int? {
    guard place >= longRun else { return nil }
    var behind = place + 1
    while behind < end,
      isCloser(behind) || bytes[behind] == 0x2E || bytes[behind] == 0x21
        || bytes[behind] == 0x3F
    {
      behind += 1
    }
    if behind - place > Self.mostMarks { longRun = behind }
    guard behind < end, bytes[behind].isWhite, place >= longRun else { return nil }
    // A quote or a bracket that is open may close right here.
    if isInside || bytes[place + 1..<behind].contains(0x22), !closes(place + 1..<behind) {
      return nil
    }
    var next = behind
    while next < end, bytes[next].isWhite { next += 1 }
    guard next < end else { return nil }
    guard !startsSmall(next) else { return nil }
    if bytes[place] == 0x2E, behind == place + 1, isAbbreviation() { return nil }
    return next
  }

  private func startsSmall(_ next: Int) -> Bool {
    var first = next
    while first < end, bytes[first] == 0x28 || bytes[first] == 0x22 || bytes[first] == 0x27 {
      first += 1
    }
    guard first < end else { return false }
    if bytes[first].isSmall { return true }
    guard bytes[first] >= 0x80 else { return false }
    let scalar = LenientScalar(bytes, at: first, before: end)
    switch scalar.value {
    case 0xDF...0xF6, 0xF8...0xFF, 0x03B1...0x03C9, 0x0430...0x045F: return true
    default: return false
    }
  }

  private func isCloser(_ place: Int) -> Bool {
    switch bytes[place] {
    case 0x22, 0x27, 0x29, 0x5D, 0x2A, 0x5F: true
    // ’ ” of three bytes; » of two.
    case 0xE2, 0x80, 0x99, 0x9D, 0xC2, 0xBB: true
    default: false
    }
  }

  private func closes(_ range: Range<Int>) -> Bool {
    guard !ticks.isInside() else { return false }
    var more = 0
    var open = depth
    for offset in range {
      switch bytes[offset] {
      case 0x22: more += 1
      case 0x29, 0x5D, 0x9D, 0xBB: open -= 1
      default: break
      }
    }
    return !quotes.isInside(after: more) && open <= 0
  }

  /// A word before a full stop that does not end a sentence.
  private func isAbbreviation() -> Bool {
    var first = place
    while first > start, !bytes[first - 1].isWhite, bytes[first - 1] != 0x28 { first -= 1 }
    guard first < place else { return true }
    let word = first..<place
    if word.count == 1 { return true }
    // `3. März`, `12. Juli`: a day, or a number that ends a sentence.
    if word.count <= 2, word.allSatisfy({ bytes[$0].isDigit }) { return true }
    return SentenceWords.abbreviations.contains(bytes, word)
  }

  /// Behind `。`, `！`, `？`, `…`, `؟`, `۔`, `।`.
  private mutating func otherEnd(_ scalar: LenientScalar) -> Int? {
    guard place >= longRun else { return nil }
    let needsSpace: Bool
    switch scalar.value {
    case 0x3002, 0xFF01, 0xFF1F, 0xFF61: needsSpace = false
    case 0x061F, 0x06D4, 0x0964, 0x0965: needsSpace = true
    default: return nil
    }
    var behind = place + scalar.count
    var open = depth
    while behind < end {
      let next = LenientScalar(bytes, at: behind, before: end)
      if isClosing(next.value) {
        open -= 1
      } else if next.value != 0x3002, next.value != 0xFF01, next.value != 0xFF1F {
        break
      }
      behind += next.count
    }
    if behind - place > 3 * Self.mostMarks { longRun = behind }
    guard open <= 0, place >= longRun, !ticks.isInside(), !quotes.isInside() else { return nil }
    // What is said and who says it are one sentence: 「…。」と言った。
    if open < depth, behind < end, !bytes[behind].isWhite,
      !isOpening(LenientScalar(bytes, at: behind, before: end).value)
    {
      return nil
    }
    if needsSpace, behind < end, !bytes[behind].isWhite { return nil }
    while behind < end, bytes[behind].isWhite { behind += 1 }
    return behind < end ? behind : nil
  }

  // MARK: - What is never dropped

  /// Inline code and inline data.
  static func protection(_ bytes: [UInt8], _ range: Range<Int>) -> Protection? {
    var ticks = 0
    var place = range.lowerBound
    while place < range.upperBound {
      let byte = bytes[place]
      if byte == 0x60 { ticks += 1 }
      if place + 1 < range.upperBound {
        let next = bytes[place + 1]
        if byte == 0x7B, next == 0x22 || next == 0x7D { return .json }
        if byte == 0x22, next == 0x3A { return .json }
      }
      place += 1
    }
    return ticks >= 2 ? .code : nil
  }
}

/// The words that sentences are cut by.
enum SentenceWords {
  static let abbreviations = WordSet(
    """
    mr mrs ms dr prof st no nr vs etc e.g i.e eg ie cf approx fig figs vol pp jr sr inc ltd co corp \
    dept est tel ext art abs bzw usw ca d.h z.b u.a str a.m p.m u.s u.k e.u ph.d b.sc m.sc sec secs \
    min mins max hr hrs jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun \
    gen col lt sgt capt rev hon ave blvd rd mt ft sq al ed eds op resp incl excl bspw ggf evtl inkl \
    zzgl vgl mme mlle sra srta núm pág
    """)
}
