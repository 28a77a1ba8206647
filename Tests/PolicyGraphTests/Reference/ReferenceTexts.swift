import PolicySemantics
import TextPatterns

@testable import PolicyGraph

/// The texts of a request and every test of them, one at a time.
///
/// Answers are remembered by test and text, because they are slow to find.
final class ReferenceTexts {
  private let messages: [RequestInput.Message]
  private let memory: Memory
  private var joined: [TextPart: String] = [:]

  /// Answers shared by the requests of one policy.
  final class Memory {
    var answers: [Question: Bool] = [:]

    struct Question: Hashable {
      let test: TextTest
      let text: String
    }
  }

  init(_ messages: [RequestInput.Message], _ memory: Memory) {
    self.messages = messages
    self.memory = memory
  }

  func text(of part: TextPart) -> String {
    if let text = joined[part] { return text }
    let system = messages.filter { $0.role == .system || $0.role == .developer }
    let text: String
    switch part {
    case .prompt: text = ReferenceTexts.join(messages)
    case .system: text = ReferenceTexts.join(system)
    case .question: text = messages.last { $0.role == .user }?.text ?? ""
    case .context:
      var rest: [RequestInput.Message] = []
      var isQuestionFound = false
      for message in messages.reversed() {
        if message.role == .system || message.role == .developer { continue }
        if message.role == .user && !isQuestionFound {
          isQuestionFound = true
          continue
        }
        rest.insert(message, at: 0)
      }
      text = ReferenceTexts.join(rest)
    }
    joined[part] = text
    return text
  }

  private static func join(_ messages: [RequestInput.Message]) -> String {
    messages.map(\.text).filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  func chars(of part: TextPart) -> Int64 { Int64(text(of: part).unicodeScalars.count) }

  func lines(of part: TextPart) -> Int64 {
    let text = text(of: part)
    if text.isEmpty { return 0 }
    let pieces = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    return Int64(pieces.last?.isEmpty == true ? pieces.count - 1 : pieces.count)
  }

  func holds(_ test: TextTest, of part: TextPart) -> Bool {
    let question = Memory.Question(test: test, text: text(of: part))
    if let answer = memory.answers[question] { return answer }
    let answer = ReferenceTexts.find(test, in: question.text)
    memory.answers[question] = answer
    return answer
  }

  private static func find(_ test: TextTest, in text: String) -> Bool {
    switch test {
    case .mentions(let words): words.contains { mentions($0, in: text) }
    case .contains(let pieces): pieces.contains { occurs(Array($0.utf8), in: Array(text.utf8)) }
    case .startsWith(let start): Array(text.utf8.prefix(start.utf8.count)) == Array(start.utf8)
    case .matches(let pattern):
      ReferenceRegex(pattern)?.matches(Array(text.unicodeScalars)) ?? false
    case .has(let features): features.contains { ReferenceFeatures.has($0, in: text) }
    }
  }

  private static func occurs(_ piece: [UInt8], in text: [UInt8]) -> Bool {
    guard piece.count <= text.count else { return false }
    return (0...(text.count - piece.count)).contains {
      Array(text[$0..<$0 + piece.count]) == piece
    }
  }

  /// A word is found where its lower-case letters stand and no letter or digit touches it; words of
  /// scripts without spaces are found anywhere.
  private static func mentions(_ word: String, in text: String) -> Bool {
    let word = Array(plain(word))
    let text = Array(plain(text))
    guard let first = word.first, let last = word.last, word.count <= text.count else {
      return false
    }
    return (0...(text.count - word.count)).contains { start in
      let end = start + word.count
      guard Array(text[start..<end]) == word else { return false }
      let opens = !isWord(first) || start == 0 || !isWord(text[start - 1])
      let closes = !isWord(last) || end == text.count || !isWord(text[end])
      return opens && closes
    }
  }

  /// Lower case, and one space for every run of white space.
  private static func plain(_ text: String) -> String {
    var plain = ""
    for character in text.lowercased() {
      if !character.isWhitespace {
        plain.append(character)
      } else if !plain.hasSuffix(" ") {
        plain.append(" ")
      }
    }
    return plain
  }

  private static func isWord(_ character: Character) -> Bool {
    let isHan = character.unicodeScalars.contains { (0x3040...0x9fff).contains($0.value) }
    return !isHan && (character.isLetter || character.isNumber || character == "_")
  }
}
