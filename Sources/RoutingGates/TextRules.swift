import PolicySyntax
import TextPatterns

/// How long an answer is.
enum LengthRule {
  /// Characters as a reader counts them, lines that are not blank, UTF-8 bytes, or words and signs as
  /// a stand-in for tokens: the provider's own count is not known for a part of a text.
  static func length(of text: String, in unit: CountUnit) -> Int64 {
    switch unit {
    case .chars: Int64(text.count)
    case .bytes: Int64(text.utf8.count)
    case .lines:
      Int64(
        text.split(whereSeparator: \.isNewline).count { !$0.allSatisfy(\.isWhitespace) })
    case .tokens: Int64((text.utf8.count + 3) / 4)
    }
  }
}

/// Whether question and answer are in one language.
enum LanguageRule {
  /// A text too short to tell speaks against nothing.
  static func agree(_ question: String, _ answer: String) -> Bool {
    let asked = language(question)
    let answered = language(answer)
    return asked == answered || asked == "unknown" || answered == "unknown"
  }

  private static func language(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return TextLanguage.code(of: bytes.span)
  }
}

/// Whether an answer draws on the context it was given.
///
/// It does if it has a numbered mark such as `[2]`, or five words in a row of the context; in scripts
/// without spaces every character is a word. Case and punctuation do not count.
enum CitationRule {
  static let run = 5

  static func cites(_ answer: String, _ context: String) -> Bool {
    if hasMark(answer) { return true }
    let given = runs(of: Words.of(context))
    return !given.isEmpty && runs(of: Words.of(answer)).contains { given.contains($0) }
  }

  private static func runs(of words: [String]) -> Set<[String]> {
    guard words.count >= run else { return [] }
    return Set((0...(words.count - run)).map { Array(words[$0..<($0 + run)]) })
  }

  /// `[12]`, one to three digits.
  private static func hasMark(_ text: String) -> Bool {
    var digits = 0
    var isOpen = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "["):
        isOpen = true
        digits = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9") where isOpen: digits += 1
      case UInt8(ascii: "]") where isOpen && (1...3).contains(digits): return true
      default: isOpen = false
      }
    }
    return false
  }
}

/// Whether an answer only says the question again.
///
/// It does if its words are those of the question in the same order, with at most three more.
enum RepetitionRule {
  static func repeats(_ answer: String, _ question: String) -> Bool {
    let asked = Words.of(question)
    let answered = Words.of(answer)
    guard !asked.isEmpty, answered.count <= asked.count + 3 else { return false }
    var rest = answered[...]
    for word in asked {
      guard let place = rest.firstIndex(of: word) else { return false }
      rest = rest[(place + 1)...]
    }
    return true
  }
}

/// The words of a text in lower case; a character of a script without spaces is one.
enum Words {
  static func of(_ text: String) -> [String] {
    var words: [String] = []
    var current = ""
    for character in text {
      if isAlone(character) {
        if !current.isEmpty { words.append(current.lowercased()) }
        current = ""
        words.append(String(character))
      } else if character.isLetter || character.isNumber {
        current.append(character)
      } else if !current.isEmpty {
        words.append(current.lowercased())
        current = ""
      }
    }
    if !current.isEmpty { words.append(current.lowercased()) }
    return words
  }

  /// Han, Hiragana, Katakana, Thai, Lao, Myanmar, Khmer.
  private static func isAlone(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    switch scalar.value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x4DBF,
      0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2FA1F:
      return true
    default: return false
    }
  }
}
