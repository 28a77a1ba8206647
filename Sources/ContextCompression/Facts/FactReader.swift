import AnswerSimilarity

/// Reads the facts of a text word by word.
struct FactReader {
  private var facts: [TextFact] = []
  /// The words of a name that goes on.
  private var name: [Substring] = []

  static func facts(in text: String) -> [TextFact] {
    var reader = FactReader()
    for piece in TextPieces.pieces(of: text) {
      switch piece.kind {
      case .code: reader.add(.code, piece.text)
      case .quote: reader.add(.quote, piece.text)
      case .prose: reader.read(piece.text)
      }
    }
    return reader.facts
  }

  /// Runs of white space as one blank, none at the ends.
  static func oneBlank(_ text: some StringProtocol) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private mutating func add(_ kind: TextFact.Kind, _ text: some StringProtocol) {
    let text = Self.oneBlank(text)
    if !text.isEmpty { facts.append(TextFact(kind: kind, text: text)) }
  }

  private mutating func read(_ text: Substring) {
    for line in text.split(separator: "\n") {
      let words = line.split(whereSeparator: \.isWhitespace)
      var startsSentence = true
      var place = 0
      while place < words.count {
        let word = FactWord(words[place])
        let next = place + 1 < words.count ? FactWord(words[place + 1]) : nil
        let takesTwo = read(word, next, startsSentence: startsSentence)
        place += takesTwo ? 2 : 1
        let last = takesTwo ? next ?? word : word
        if last.endsSentence || last.endsPart { endName() }
        startsSentence = last.endsSentence || !last.hasWord && startsSentence
      }
      endName()
    }
  }

  /// Whether the next word belongs to it.
  private mutating func read(
    _ word: FactWord, _ next: FactWord?, startsSentence: Bool
  ) -> Bool {
    if let kind = word.kind {
      endName()
      // A list's own numbers are no facts of it.
      if kind == .number, startsSentence, word.isListNumber { return false }
      if let next, word.isFollowed(by: next) {
        add(kind == .number && next.isMonth ? .date : kind, "\(word.core) \(next.core)")
        return true
      }
      add(kind, word.core)
      return false
    }
    if word.isMonth, let next, next.kind == .number, !word.endsPart {
      endName()
      add(.date, "\(word.core) \(next.core)")
      return true
    }
    if word.isName(startsSentence: startsSentence) {
      name.append(word.core)
    } else {
      endName()
    }
    return false
  }

  private mutating func endName() {
    if !name.isEmpty { add(.name, name.joined(separator: " ")) }
    name = []
  }
}

/// A word of a text without the marks around it.
struct FactWord {
  let core: Substring
  /// Whether a sentence ends behind it.
  let endsSentence: Bool
  /// Whether a mark stands behind it.
  let endsPart: Bool
  /// Whether a full stop or a bracket follows a number: `3.` and `3)` number a list.
  let isListNumber: Bool

  private static let opening: Set<Character> = [
    "(", "[", "*", "_", "\"", "'", "“", "‘", "«", "¿", "¡", "<", "-", "–", "—", "•", ">", "|", "~",
  ]
  private static let closing: Set<Character> = [
    ")", "]", "*", "_", "\"", "'", "”", "’", "»", ".", ",", ";", ":", "!", "?", "…", ">", "-", "–",
    "—", "|", "~",
  ]
  private static let months: Set<String> = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
  private static let units: Set<String> = [
    "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks",
    "month", "months", "year", "years", "working", "business", "calendar", "percent", "euro",
    "euros", "dollar", "dollars", "cents", "usd", "eur", "gbp", "chf", "nok", "dkk", "sek", "kg",
    "g", "mg", "t", "km", "m", "cm", "mm", "l", "ml", "kb", "mb", "gb", "tb", "kib", "mib", "gib",
    "ms", "s", "h", "min", "w", "kw", "kwh", "v", "a", "mm²", "m²", "m³", "°c", "°f", "am", "pm",
    "a.m", "p.m", "words", "characters", "sentences", "tokens", "tage", "stunden", "wochen",
    "monate", "jahre", "uhr", "jours", "heures", "días", "horas", "million", "thousand", "times",
    "attempts", "stars", "%",
  ]

  init(_ word: Substring) {
    var rest = word
    while let first = rest.first, Self.opening.contains(first) { rest.removeFirst() }
    var marks = false
    var ends = false
    while let last = rest.last, Self.closing.contains(last) {
      marks = true
      ends = ends || last == "." || last == "!" || last == "?" || last == "…" || last == ":"
      rest.removeLast()
    }
    core = rest
    endsSentence = ends
    endsPart = marks
    isListNumber =
      !rest.isEmpty && rest.count <= 2 && word.dropFirst(rest.count).count == 1
      && rest.allSatisfy { ("0"..."9").contains($0) } && (word.last == "." || word.last == ")")
  }

  /// Whether it is more than marks, as `#` before a heading is not.
  var hasWord: Bool { core.contains { $0.isLetter || $0.isNumber } }

  private var hasDigit: Bool { core.unicodeScalars.contains { ("0"..."9").contains($0) } }

  var isMonth: Bool { core.first?.isUppercase == true && Self.months.contains(core.lowercased()) }

  /// Nil for a word that is none by itself.
  var kind: TextFact.Kind? {
    guard hasWord else { return nil }
    if core.contains("://") || core.hasPrefix("www.") { return .url }
    if core.contains("@"), core.drop(while: { $0 != "@" }).contains(".") { return .url }
    guard hasDigit else {
      if SpokenWords.number(core.lowercased()) != nil { return .number }
      let isWritten =
        core.contains("_") || core.contains("{") || core.hasPrefix("#")
        || core.hasPrefix("@") || core.hasPrefix("/") && core.count > 1
      return isWritten || hasInnerCapital || isPlace ? .identifier : nil
    }
    let parts = core.split(whereSeparator: { $0 == "-" || $0 == "/" || $0 == "." })
    if parts.count == 3, parts.allSatisfy({ $0.allSatisfy(\.isWholeNumber) }),
      parts.contains(where: { $0.count == 4 }) || core.contains("/")
    {
      return .date
    }
    // A number with a sign before it or a unit behind it, a span of two.
    let signs: Set<Character> = [
      "€", "$", "£", "¥", "+", "-", "−", "±", "~", "≤", "≥", "<", ">", "=",
    ]
    let digits = core.drop { signs.contains($0) }
    guard digits.first?.isWholeNumber == true else { return .identifier }
    let unit = digits.drop { $0.isWholeNumber || ".,:-–/×x ".contains($0) }
    let isUnit = unit.isEmpty || unit.count <= 3 || Self.units.contains(unit.lowercased())
    return isUnit && !unit.contains(where: \.isWholeNumber) ? .number : .identifier
  }

  /// `camelCase`, `iPhone`.
  private var hasInnerCapital: Bool {
    guard core.allSatisfy(\.isLetter), core.contains(where: \.isLowercase) else { return false }
    return core.dropFirst().contains(where: \.isUppercase)
  }

  /// `docs.example.org`, `Sources/App`.
  private var isPlace: Bool {
    guard core.contains(".") else { return false }
    let parts = core.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count >= 2 && parts.allSatisfy { $0.count >= 2 && $0.allSatisfy(\.isLetter) }
  }

  /// Whether a unit or a month stands behind a number.
  func isFollowed(by next: FactWord) -> Bool {
    guard kind == .number, !endsPart else { return false }
    let unit = next.core.lowercased()
    // `twice a year` is not of amperes.
    guard unit.count > 1 || hasDigit else { return false }
    return Self.units.contains(unit) || SpokenWords.isUnit(unit) || next.isMonth
  }

  /// A word that is written large where others are small.
  func isName(startsSentence: Bool) -> Bool {
    guard let first = core.first, first.isUppercase, core != "I" else { return false }
    let isShouted = core.count >= 2 && !core.contains(where: \.isLowercase)
    if isShouted { return true }
    return !startsSentence && core.count >= 2 && core.contains(where: \.isLetter)
      && !core.hasPrefix("I'") && !core.hasPrefix("I’")
  }
}
