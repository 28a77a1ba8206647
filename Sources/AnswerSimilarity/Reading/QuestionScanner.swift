/// Takes a text apart: code, quotations, addresses, numbers, words, signs.
///
/// Linear in the scalars. It knows no language but the shape of contractions (`don't`).
struct QuestionScanner {
  private let scalars: [Unicode.Scalar]
  private var place = 0
  private var startsSentence = true
  private var scanned = ScannedQuestion()
  /// Up to where a closing mark was looked for in vain: none is looked for twice.
  private var missing: [Unicode.Scalar: Int] = [:]

  static func scan(_ text: String) -> ScannedQuestion {
    var scanner = QuestionScanner(scalars: Array(text.unicodeScalars))
    scanner.run()
    return scanner.scanned
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private mutating func run() {
    while place < scalars.count {
      let scalar = scalars[place]
      if scalar.isNewline {
        endClause(startsSentence: true)
        place += 1
      } else if scalar.properties.isWhitespace {
        place += 1
      } else if scalar == "`" {
        code()
      } else if let closing = Self.closing(scalar), quotation(until: closing) {
        continue
      } else {
        chunk()
      }
    }
    if scanned.tokens.count(where: { $0.isWord && $0.isCapital }) * 2
      > scanned.tokens.count(where: \.isWord) + 1
    {
      // A title: its capitals say nothing.
      for index in scanned.tokens.indices where scanned.tokens[index].isWord {
        scanned.tokens[index].isCapital = false
        scanned.tokens[index].isAcronym = false
      }
    } else {
      readLetters()
    }
  }

  /// What case says of each word.
  ///
  /// Who begins small and writes no name large writes everything small: that says nothing of names.
  private mutating func readLetters() {
    let first = scanned.tokens.first { $0.isWord || $0.kind == .identifier }
    let isSmall =
      first?.startsLarge == false
      && !scanned.tokens.contains { $0.isCapital || $0.isAcronym || $0.isMixed }
    for index in scanned.tokens.indices {
      let token = scanned.tokens[index]
      guard token.isWord || token.kind == .identifier, !token.written.isEmpty else { continue }
      if token.isCapital || token.isAcronym || token.isMixed {
        scanned.tokens[index].letters = .name
      } else if token.kind == .identifier, token.written != token.text {
        scanned.tokens[index].letters = .name
      } else if !isSmall, !token.startsLarge {
        scanned.tokens[index].letters = .plain
      }
    }
  }

  // MARK: Spans held byte for byte

  /// A run of backticks, and all until the next run as long; without one, a sign.
  private mutating func code() {
    var fence = 0
    while place + fence < scalars.count, scalars[place + fence] == "`" { fence += 1 }
    let start = place + fence
    var end = start
    while end < scalars.count {
      var run = 0
      while end + run < scalars.count, scalars[end + run] == "`" { run += 1 }
      if run == fence { break }
      end += max(run, 1)
    }
    guard end < scalars.count else {
      add(.symbol, String(repeating: "`", count: fence))
      place = start
      return
    }
    scanned.code.append(bytes(start..<end))
    // Its place among the words counts too.
    add(.identifier, "`\(scanned.code.count)")
    startsSentence = false
    place = end + fence
  }

  private static func closing(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "\"": "\""
    case "“", "„": "”"
    case "«": "»"
    default: nil
    }
  }

  private mutating func quotation(until closing: Unicode.Scalar) -> Bool {
    let start = place + 1
    let last = min(start + 2_000, scalars.count)
    let unseen = max(start, missing[closing] ?? start)
    guard
      unseen < last,
      let end = scalars[unseen..<last].firstIndex(where: {
        $0 == closing || closing == "”" && ($0 == "“" || $0 == "\"")
      })
    else {
      missing[closing] = max(last, unseen)
      return false
    }
    guard end > start else { return false }
    scanned.quotes.append(bytes(start..<end))
    add(.identifier, "\"\(scanned.quotes.count)")
    startsSentence = false
    place = end + 1
    return true
  }

  private func bytes(_ range: Range<Int>) -> [UInt8] {
    range.flatMap { Array(UTF8.encode(scalars[$0]) ?? UTF8.encodedReplacementCharacter) }
  }

  // MARK: What stands between spaces

  private mutating func chunk() {
    var end = place
    while end < scalars.count, !scalars[end].properties.isWhitespace, scalars[end] != "`",
      Self.closing(scalars[end]) == nil || end == place || isPrime(end, from: place)
    {
      end += 1
    }
    var range = place..<end
    place = end
    if mark(range) { return }
    var isQuoted = false
    while let first = range.first, scalars[first].isOpening {
      if !["\"", "¿", "¡"].contains(scalars[first]) {
        add(.symbol, String(Character(scalars[first])))
      }
      isQuoted = true
      range.removeFirst()
    }
    let whole = range
    while let last = range.last, scalars[last].isClosing,
      isQuoted || !isPrime(last, from: range.lowerBound)
    {
      range.removeLast()
    }
    if !range.isEmpty { piece(range) }
    for index in range.upperBound..<whole.upperBound {
      let scalar = scalars[index]
      switch scalar {
      // `5!` may be a product, `a!` a name.
      case "!" where scanned.tokens.last?.isShort == true: add(.symbol, "!")
      case ".", "!", "?", "…", "。", "！", "？": endClause(startsSentence: true)
      case ";":
        add(.symbol, ";")
        endClause(startsSentence: false)
      case ",", ":", "，", "、": endClause(startsSentence: scalar == ":")
      case ")", "]", "}": add(.symbol, String(Character(scalar)))
      default: break
      }
    }
  }

  /// Whether a mark counts feet, inches or derivatives: `5'`, `5"`, `x'`, `f''`.
  private func isPrime(_ index: Int, from start: Int) -> Bool {
    guard scalars[index].isApostrophe || scalars[index] == "\"" else { return false }
    var first = index
    while first > start, scalars[first - 1].isApostrophe { first -= 1 }
    guard first > start else { return false }
    if scalars[first - 1].isDigit { return true }
    return scalars[index] != "\"" && first - 1 == start && scalars[start].isWordPart
  }

  /// Marks that stand alone: `cd ..`, `a ?? b`; a question or exclamation mark alone, or at the end, is
  /// punctuation after a space.
  private mutating func mark(_ range: Range<Int>) -> Bool {
    guard range.allSatisfy({ scalars[$0].isMark }), let first = range.first else { return false }
    let isLast = scalars[range.upperBound...].allSatisfy { $0.properties.isWhitespace }
    let isSpaced = "!?:,".unicodeScalars.contains(scalars[first])
    if isSpaced, range.count == 1 || isLast {
      endClause(startsSentence: scalars[first] != ",")
    } else {
      add(.symbol, string(range))
    }
    return true
  }

  private mutating func piece(_ range: Range<Int>) {
    if let last = range.last, scalars[last].isApostrophe || scalars[last] == "\"" {
      add(.identifier, string(range))
      startsSentence = false
      return
    }
    if let number = NumberShape(scalars[range]) {
      if number.isIdentifier {
        // `5Mb/s` and `5MB/s` are two, whatever the rest is written in.
        add(.identifier, string(range))
      } else {
        add(.number, number.value)
        scanned.tokens[scanned.tokens.count - 1].unit = number.unit
        scanned.tokens[scanned.tokens.count - 1].written = number.written
      }
      startsSentence = false
      return
    }
    let isFlag =
      range.count > 1
      && (scalars[range.lowerBound].isHyphen || scalars[range.upperBound - 1].isHyphen)
    if isFlag || isIdentifier(range) {
      // `S21` and `s21` are one; a path, a flag, an address and a `snake_case` are as they stand.
      let isPlain = !isFlag && range.allSatisfy { scalars[$0].isWordPart || scalars[$0].isHyphen }
      add(.identifier, isPlain ? string(range).lowercased() : string(range))
      if isPlain {
        scanned.tokens[scanned.tokens.count - 1].written = string(range)
        scanned.tokens[scanned.tokens.count - 1].startsLarge =
          scalars[range.lowerBound].properties.isUppercase
      }
      startsSentence = false
      return
    }
    var start = range.lowerBound
    var index = start
    let firstToken = scanned.tokens.count
    var isCompound = true
    while index <= range.upperBound {
      let isPart =
        index < range.upperBound
        && (scalars[index].isWordPart
          || index > start && scalars[index].isApostrophe && index + 1 < range.upperBound
            && scalars[index + 1].isWordPart)
      if !isPart {
        if start < index { word(start..<index) }
        if index < range.upperBound, !scalars[index].isHyphen {
          isCompound = false
          if !scalars[index].isApostrophe {
            sign(scalars[index], isFirst: index == range.lowerBound)
          }
        }
        start = index + 1
      }
      index += 1
    }
    let words = scanned.tokens[firstToken...].map(\.text)
    if isCompound, words.count > 1, range.contains(where: { scalars[$0].isHyphen }) {
      scanned.compounds.append(words)
    }
  }

  /// One that stands before a word is no punctuation: `!ready`.
  private mutating func sign(_ scalar: Unicode.Scalar, isFirst: Bool) {
    switch scalar {
    case _ where isFirst: add(.symbol, String(Character(scalar)))
    case ";":
      add(.symbol, ";")
      endClause(startsSentence: false)
    case ",", "—", "–": endClause(startsSentence: false)
    case ".", "!", "?", ":", "…", "。", "！", "？": endClause(startsSentence: true)
    default: add(.symbol, String(Character(scalar)))
    }
  }

  /// Something that is a name for machines: an address, a path, `snake_case`, `a.b`.
  private func isIdentifier(_ range: Range<Int>) -> Bool {
    var hasDigit = false
    for index in range {
      let scalar = scalars[index]
      let isInside = index > range.lowerBound && index + 1 < range.upperBound
      switch scalar {
      case "@", "_", "\\": return true
      case "." where index == range.lowerBound && range.count > 1: return true
      case ".", ":":
        if isInside, scalars[index + 1] != "/" || scalar == ":",
          scalars[index + 1].isWordPart
            || scalars[index + 1] == ":" || scalars[index + 1] == "/"
        {
          return true
        }
      case "/":
        if index == range.lowerBound, range.count > 1 { return true }
        if isInside, range.count(where: { scalars[$0] == "/" }) > 1 { return true }
      case "#" where index == range.lowerBound && range.count > 1: return true
      default: break
      }
      hasDigit = hasDigit || scalar.isDigit
    }
    return hasDigit
  }

  private mutating func word(_ range: Range<Int>) {
    let text = string(range)
    let isUpper = range.allSatisfy {
      scalars[$0].properties.isUppercase || !scalars[$0].properties.isAlphabetic
    }
    let isAcronym = isUpper && range.count > 1
    let startsLarge = scalars[range.lowerBound].properties.isUppercase
    let isCapital = startsLarge && !startsSentence
    startsSentence = false
    let lower = String(text.lowercased().map { $0 == "’" || $0 == "ʼ" ? "'" : $0 })
    for (index, part) in Contraction.parts(lower).enumerated() {
      var token = QuestionToken(kind: .word, text: part)
      token.isCapital = index == 0 && isCapital && part != "i"
      token.isAcronym = index == 0 && isAcronym
      token.startsLarge = index == 0 && startsLarge
      if index == 0, let head = part == lower.prefix(part.count) ? text.prefix(part.count) : nil {
        token.written = String(head)
      }
      scanned.tokens.append(token)
    }
  }

  private mutating func endClause(startsSentence starts: Bool) {
    startsSentence = startsSentence || starts
    if scanned.tokens.last?.kind != .clauseEnd { add(.clauseEnd, "") }
  }

  private mutating func add(_ kind: QuestionToken.Kind, _ text: String) {
    scanned.tokens.append(QuestionToken(kind: kind, text: text))
  }

  private func string(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[range])
    return String(text)
  }
}

/// English words that are two: `don't`, `I'm`; other languages part at the apostrophe.
enum Contraction {
  private static let whole: [String: [String]] = [
    "can't": ["can", "not"], "cant": ["can", "not"], "cannot": ["can", "not"],
    "won't": ["will", "not"], "wont": ["will", "not"], "dont": ["do", "not"],
    "doesnt": ["does", "not"], "didnt": ["did", "not"], "isnt": ["is", "not"],
    "arent": ["are", "not"], "wasnt": ["was", "not"], "shouldnt": ["should", "not"],
    "couldnt": ["could", "not"], "wouldnt": ["would", "not"], "havent": ["have", "not"],
    "hasnt": ["has", "not"], "im": ["i", "am"], "whats": ["what", "is"], "ive": ["i", "have"],
    "i'm": ["i", "am"], "shan't": ["shall", "not"], "let's": ["let", "us"], "gonna": ["will"],
    "wanna": ["want", "to"],
  ]

  static func parts(_ word: String) -> [String] {
    if let parts = whole[word] { return parts }
    guard let cut = word.firstIndex(of: "'") else { return [word] }
    let head = String(word[..<cut])
    let tail = String(word[word.index(after: cut)...])
    switch tail {
    case "t" where head.hasSuffix("n"): return [String(head.dropLast()), "not"]
    case "s":
      let isPronoun: Set<String> = [
        "what", "where", "when", "how", "who", "why", "it", "that", "there", "he", "she", "here",
      ]
      return isPronoun.contains(head) ? [head, "is"] : [head]
    case "re": return [head, "are"]
    case "ve": return [head, "have"]
    case "ll": return [head, "will"]
    case "d": return [head, "would"]
    case "m": return [head, "am"]
    default: return [head, tail].filter { !$0.isEmpty }
    }
  }
}

extension QuestionToken {
  /// A number or a single letter: what stands after it may be a sign of reckoning.
  fileprivate var isShort: Bool { kind == .number || isWord && text.count == 1 }
}

extension Unicode.Scalar {
  /// What a sentence is pointed with, and a command written with.
  var isMark: Bool {
    switch self {
    case ".", "-", "!", "?", ":", ",", ";", "'", "’", "‐", "‑": true
    default: false
    }
  }

  var isNewline: Bool { value == 0x0A || value == 0x0D || value == 0x2028 || value == 0x2029 }
  var isDigit: Bool { properties.numericType == .decimal }
  var isApostrophe: Bool { self == "'" || self == "’" || self == "ʼ" }
  var isHyphen: Bool { self == "-" || self == "‐" || self == "‑" }

  /// A letter, a mark on one, a digit.
  var isWordPart: Bool {
    if value < 0x80 {
      return value | 0x20 >= 0x61 && value | 0x20 <= 0x7A || value >= 0x30 && value <= 0x39
    }
    if isApostrophe { return false }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
      return true
    default: return false
    }
  }

  var isOpening: Bool {
    switch self {
    case "(", "[", "{", "\"", "'", "‘", "¿", "¡", "“", "„", "«": true
    default: false
    }
  }

  var isClosing: Bool {
    switch self {
    case ")", "]", "}", "\"", "'", "’", ".", ",", ";", ":", "!", "?", "…", "”", "»", "。", "，", "、",
      "！", "？":
      true
    default: false
    }
  }
}
