/// Tells languages of one script apart by their short words and letters.
struct LanguageScore {
  enum Alphabet { case latin, cyrillic }

  /// What a word, and a letter, of one language alone counts.
  private static let wordWeight = 24
  private static let letterWeight = 12
  /// The least score of an answer, and the least share of words that speak for it.
  private static let leastScore = 36
  private static let leastShare = 10

  private var scores: [Int]
  private var speaking: [Int]
  private var words = 0

  /// The code of the best language, or `unknown`.
  static func best(in text: TextBytes, _ limit: Int, _ alphabet: Alphabet) -> String {
    let marks = LanguageMarks.shared
    var score = LanguageScore(
      scores: Array(repeating: 0, count: marks.codes.count),
      speaking: Array(repeating: 0, count: marks.codes.count))
    score.read(text, limit, marks)
    let cyrillic: Set<String> = ["ru", "uk", "bg"]
    var best: (index: Int, score: Int)?
    var second = 0
    for (index, code) in marks.codes.enumerated()
    where cyrillic.contains(code) == (alphabet == .cyrillic) {
      let points = score.scores[index]
      if points > best?.score ?? 0 {
        second = best?.score ?? 0
        best = (index, points)
      } else {
        second = max(second, points)
      }
    }
    guard let best, best.score >= leastScore, best.score * 10 >= second * 11,
      score.speaking[best.index] * leastShare >= score.words
    else { return "unknown" }
    return marks.codes[best.index]
  }

  private mutating func read(_ text: TextBytes, _ limit: Int, _ marks: LanguageMarks) {
    var word = LanguageWord()
    var lettersInWord: UInt32 = 0
    var offset = 0
    let end = min(text.count, limit)
    while offset < end {
      let scalar = UTF8Scalar(text, at: offset)
      offset += scalar.count
      if let letter = LanguageLetters.lowered(scalar.value) {
        word.append(letter)
        if letter >= 0x80 { lettersInWord |= add(letter: letter, marks) }
      } else if !word.isEmpty {
        close(word, lettersInWord, marks)
        word = LanguageWord()
        lettersInWord = 0
      } else if scalar.value == 0xBF || scalar.value == 0xA1 {
        _ = add(letter: scalar.value, marks)
      }
    }
    // A word cut by the limit says nothing.
    if !word.isEmpty, end == text.count { close(word, lettersInWord, marks) }
  }

  private mutating func add(letter: UInt32, _ marks: LanguageMarks) -> UInt32 {
    let users = marks.letters[letter] ?? 0
    add(Self.letterWeight, to: users)
    return users
  }

  private mutating func close(
    _ word: LanguageWord, _ letters: UInt32, _ marks: LanguageMarks
  ) {
    words += 1
    let users = marks.words[word] ?? 0
    add(Self.wordWeight, to: users)
    for index in speaking.indices where (users | letters) >> UInt32(index) & 1 != 0 {
      speaking[index] += 1
    }
  }

  private mutating func add(_ weight: Int, to users: UInt32) {
    guard users != 0 else { return }
    let share = weight / users.nonzeroBitCount
    for index in scores.indices where users >> UInt32(index) & 1 != 0 { scores[index] += share }
  }
}

/// A word of at most sixteen bytes of UTF-8, packed; longer ones equal no word of the lists.
struct LanguageWord: Hashable, Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private var count: UInt64 = 0

  var isEmpty: Bool { count == 0 }

  mutating func append(_ scalar: UInt32) {
    if scalar < 0x80 {
      append(byte: UInt64(scalar))
    } else {
      // Letters of these alphabets take two bytes.
      append(byte: UInt64(0xC0 | scalar >> 6))
      append(byte: UInt64(0x80 | scalar & 0x3F))
    }
  }

  private mutating func append(byte: UInt64) {
    if count < 8 {
      low |= byte << (8 * count)
    } else if count < 16 {
      high |= byte << (8 * (count - 8))
    }
    count += 1
  }
}

/// The letters of the Latin and Cyrillic alphabets in lower case.
enum LanguageLetters {
  /// The letter in lower case, or nil for anything that ends a word.
  static func lowered(_ scalar: UInt32) -> UInt32? {
    switch scalar {
    // The signs of multiplication and division.
    case 0xD7, 0xF7: nil
    case 0x41...0x5A, 0xC0...0xDE: scalar + 0x20
    case 0x61...0x7A, 0xDF...0xFF: scalar
    // The Turkish dotted capital is a small i, the dotless one a letter of its own.
    case 0x130: 0x69
    case 0x131: scalar
    case 0x100...0x137, 0x14A...0x177, 0x218...0x21B: scalar | 1
    case 0x139...0x148, 0x179...0x17E: scalar % 2 == 1 ? scalar + 1 : scalar
    case 0x178...0x24F: scalar
    case 0x410...0x42F: scalar + 0x20
    case 0x400...0x40F: scalar + 0x50
    case 0x430...0x45F: scalar
    case 0x490...0x491: 0x491
    case 0x460...0x52F: scalar
    default: nil
    }
  }
}

/// The word lists as tables: for each word and letter a bit for each language that uses it.
struct LanguageMarks: Sendable {
  static let shared = LanguageMarks()

  let codes: [String]
  let words: [LanguageWord: UInt32]
  let letters: [UInt32: UInt32]

  private init() {
    codes = LanguageWords.byLanguage.map(\.code)
    var words: [LanguageWord: UInt32] = [:]
    for (index, language) in LanguageWords.byLanguage.enumerated() {
      for word in language.words.description.split(whereSeparator: { $0 == " " || $0 == "'" }) {
        var key = LanguageWord()
        for scalar in word.unicodeScalars { key.append(scalar.value) }
        words[key, default: 0] |= 1 << UInt32(index)
      }
    }
    var letters: [UInt32: UInt32] = [:]
    for (code, used) in LanguageWords.letters {
      guard let index = codes.firstIndex(of: code) else { continue }
      for scalar in used.unicodeScalars { letters[scalar.value, default: 0] |= 1 << UInt32(index) }
    }
    self.words = words
    self.letters = letters
  }
}
