internal import CRE2

/// What RE2 said when it refused a pattern, and what that means to who wrote it.
struct RegexRefusal {
  let message: String
  let part: String

  init(_ problem: cre2_problem) {
    message = Self.text(problem.message, problem.message_count)
    part = Self.text(problem.part, problem.part_count)
  }

  func problem(in pattern: String) -> PatternProblem {
    let part = widened(RegexPart(text: part, range: range(in: pattern)), in: pattern)
    if let opening = ["(?=", "(?!", "(?<=", "(?<!"].first(where: part.text.hasPrefix) {
      return .lookaround(part.cut(to: opening))
    }
    if isBackreference(part.text) { return .backreference(part) }
    if ["(?>", "(?(", "(?R", "(?|", "(?#"].contains(where: part.text.hasPrefix)
      || ["*+", "++", "?+", "}+"].contains(where: part.text.hasSuffix)
    {
      return .unsupported(part)
    }
    return .syntax(reason: reason, part)
  }

  /// RE2's words without the part they quote.
  private var reason: String {
    let quoted = ": " + part
    let words = message.hasSuffix(quoted) ? String(message.dropLast(quoted.count)) : message
    return words.isEmpty ? "RE2 refuses this pattern" : words
  }

  /// RE2 stops after `(?<`; the byte behind tells what was meant.
  private func widened(_ part: RegexPart, in pattern: String) -> RegexPart {
    guard part.text == "(?<" else { return part }
    let next = pattern.utf8.dropFirst(part.range.upperBound).prefix(1)
    return RegexPart(
      text: part.text + String(decoding: next, as: UTF8.self),
      range: part.range.lowerBound..<part.range.upperBound + next.count)
  }

  private func isBackreference(_ text: String) -> Bool {
    guard text.first == "\\", let next = text.dropFirst().first else { return false }
    return next.isASCII && next.isNumber || next == "k" || next == "g"
  }

  /// Where the part is: its first occurrence, or the whole pattern.
  private func range(in pattern: String) -> Range<Int> {
    let whole = Array(pattern.utf8)
    let wanted = Array(part.utf8)
    guard !wanted.isEmpty, wanted.count <= whole.count else { return 0..<whole.count }
    for start in 0...(whole.count - wanted.count)
    where whole[start..<start + wanted.count].elementsEqual(wanted) {
      return start..<start + wanted.count
    }
    return 0..<whole.count
  }

  /// The first bytes of a fixed buffer of C.
  private static func text<Buffer>(_ buffer: Buffer, _ count: Int) -> String {
    unsafe withUnsafeBytes(of: buffer) { bytes in
      unsafe String(decoding: bytes.prefix(count), as: UTF8.self)
    }
  }
}

extension RegexPart {
  /// Its opening only: what follows is the user's own.
  fileprivate func cut(to opening: String) -> RegexPart {
    RegexPart(
      text: opening,
      range: range.lowerBound..<range.lowerBound + min(range.count, opening.utf8.count))
  }
}
