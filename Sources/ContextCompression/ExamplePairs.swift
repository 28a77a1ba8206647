/// Few-shot turns that nobody has named.
///
/// Behind the rules, and before the live question, each a text and its answer; the answers are all
/// labels, or all objects of the same keys. One such pair may be any beginning of a conversation.
enum ExamplePairs {
  /// A longer answer is no label.
  private static let mostWords = 5
  private static let leastPairs = 2

  /// The messages of the run, empty if there is none; linear.
  static func range(in messages: [ContextMessage]) -> Range<Int> {
    let start = messages.firstIndex { $0.role != .system && $0.role != .developer } ?? 0
    let live = messages.lastIndex { $0.role == .user } ?? 0
    let labels = run(from: start, before: live, in: messages) { answer, _ in isLabel(answer) }
    let records = run(from: start, before: live, in: messages) { answer, first in
      guard let keys = JSONKeys.top(of: answer) else { return false }
      return first.map { JSONKeys.top(of: $0) == keys } ?? true
    }
    return labels.count > records.count ? labels : records
  }

  private static func run(
    from start: Int, before end: Int, in messages: [ContextMessage],
    fits: (_ answer: String, _ first: String?) -> Bool
  ) -> Range<Int> {
    var place = start
    var first: String?
    while place + 1 < end, messages[place].role == .user, messages[place + 1].role == .assistant,
      !messages[place + 1].hasCalls
    {
      let answer = messages[place + 1].texts.joined(separator: "\n")
      guard fits(answer, first) else { break }
      first = first ?? answer
      place += 2
    }
    return place - start >= 2 * leastPairs ? start..<place : start..<start
  }

  private static func isLabel(_ answer: String) -> Bool {
    let words = answer.split(whereSeparator: \.isWhitespace)
    guard (1...mostWords).contains(words.count), answer.utf8.count <= 16 * mostWords else {
      return false
    }
    // `The desk is in Leeds.` is an answer; `Yes.` may be a label.
    let ends = words.last?.last.map { ".!?。！？".contains($0) } ?? false
    return words.count == 1 || !ends
  }
}

/// The keys of an object.
enum JSONKeys {
  /// Those of an object that is all there is of a text; nil if it is none.
  ///
  /// Linear.
  static func top(of text: String) -> Set<String>? {
    let bytes = Array(text.utf8)
    let seen = Duplicates.visible(bytes, bytes.indices)
    guard bytes[seen].first == 0x7B,
      JSONExtent.end(in: bytes, at: seen.lowerBound, before: seen.upperBound) == seen.upperBound
    else { return nil }
    var keys: Set<String> = []
    var depth = 0
    var place = seen.lowerBound
    while place < seen.upperBound {
      switch bytes[place] {
      case 0x7B, 0x5B: depth += 1
      case 0x7D, 0x5D: depth -= 1
      case 0x22:
        let start = place + 1
        place = start
        while bytes[place] != 0x22 { place += bytes[place] == 0x5C ? 2 : 1 }
        var next = place + 1
        while next < seen.upperBound, bytes[next].isWhite { next += 1 }
        if depth == 1, next < seen.upperBound, bytes[next] == 0x3A {
          keys.insert(String(decoding: bytes[start..<place], as: UTF8.self))
        }
      default: break
      }
      place += 1
    }
    return keys
  }
}
