import PolicySemantics
import RoutingGates
import TextPatterns
import TokenEstimates

/// The same rules over a whole text, as simply as they can be said: every beginning of it is looked at
/// anew.
struct WatchReference {
  let left: String?

  init(_ stop: String, _ text: String) throws {
    let rule = try `A watch over a running answer`.policy(stop: stop).routes.first?.stop
    var start = ""
    var tokens: Int64 = 0
    var looked = ""
    var next = AnswerWatch.firstLook
    for scalar in text.unicodeScalars {
      start.unicodeScalars.append(scalar)
      if start.utf8.count >= next {
        looked = start
        next = start.utf8.count + max(AnswerWatch.firstLook, start.utf8.count / 16)
        tokens = max(tokens, TokenEstimate(text: looked.utf8.span, family: .qwen).expected)
      }
      guard let rule, tokens >= rule.after ?? 0, !Self.isInCode(start), !Self.isInString(start),
        try Self.holds(rule.condition, start, looked)
      else { continue }
      left = start
      return
    }
    left = nil
  }

  private static func holds(
    _ condition: StopCondition, _ text: String, _ looked: String
  ) throws -> Bool {
    switch condition {
    case .all(let parts, _): try parts.allSatisfy { try holds($0, text, looked) }
    case .any(let parts, _): try parts.contains { try holds($0, text, looked) }
    case .not(let part, _): try !holds(part, text, looked)
    case .jsonComplete: JSONEnd(text).isClosed
    case .repeating: isRepeating(looked)
    case .answer(.contains(let texts), _):
      texts.contains { !Array(text.utf8).ranges(of: Array($0.utf8)).isEmpty }
    case .answer(.startsWith(let prefix), _): text.utf8.starts(with: prefix.utf8)
    case .answer(.mentions(let words), _): try finds(.mentions(words), in: settled(looked))
    case .answer(.matches(let pattern), _): try finds(.matches(pattern), in: looked)
    case .answer(.has, _): false
    }
  }

  private static func finds(_ pattern: TextPattern, in text: String) throws -> Bool {
    var scan = TextScan(of: try PatternSet([pattern]))
    return try scan.holds(0, in: text.utf8.span)
  }

  private static func settled(_ text: String) -> String {
    let bytes = Array(text.utf8)
    for place in bytes.indices.dropFirst().reversed() where bytes[place - 1] == 0x20 {
      let next = Character(UnicodeScalar(bytes[place]))
      if next.isASCII, next.isLetter || next.isNumber {
        return String(decoding: bytes[..<place], as: UTF8.self)
      }
    }
    return ""
  }

  private static func isRepeating(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count >= 200 else { return false }
    for unit in 1...max(1, min(1000, bytes.count / 4)) {
      let tail = bytes.suffix(max(4 * unit, 200))
      guard tail.count >= 4 * unit else { continue }
      let isPeriodic = tail.dropLast(unit).elementsEqual(tail.dropFirst(unit))
      let hasWord = tail.suffix(unit).contains {
        $0 >= 0x80 || Character(UnicodeScalar($0)).isLetter || Character(UnicodeScalar($0)).isNumber
      }
      if isPeriodic, hasWord { return true }
    }
    return false
  }

  /// Line by line.
  private static func isInCode(_ text: String) -> Bool {
    var open: (mark: UInt8, count: Int)?
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      let isLast = number == lines.count - 1
      var rest = line.drop { $0 == 0x20 }
      guard line.count - rest.count <= 3, let mark = rest.first, mark == 0x60 || mark == 0x7E else {
        continue
      }
      let count = rest.prefix { $0 == mark }.count
      rest = rest.dropFirst(count)
      guard count >= 3, mark != 0x60 || !rest.contains(0x60) else { continue }
      if isLast { return true }
      if let block = open {
        let isBare = rest.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        if block.mark == mark, count >= block.count, isBare { open = nil }
      } else {
        open = (mark, count)
      }
    }
    return open != nil
  }

  private static func isInString(_ text: String) -> Bool { JSONEnd(text).isInString }
}

/// Where a text stands that begins as an object or an array: only the marks of JSON are looked at once
/// its grammar holds.
private struct JSONEnd {
  var isClosed = false
  var isInString = false

  init(_ text: String) {
    let bytes = Array(text.utf8)
    let start = bytes.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    guard start.first == UInt8(ascii: "{") || start.first == UInt8(ascii: "[") else { return }
    if JSONSchema.isJSON(text) {
      isClosed = true
      return
    }
    // Inside a string: with the string closed and everything open closed behind it, it is JSON.
    var progress = JSONProgress()
    progress.feed(bytes)
    isInString = progress.isInString
  }
}
