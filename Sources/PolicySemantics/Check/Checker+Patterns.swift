import PolicyDiagnostics
import PolicySource
import PolicySyntax
import TextPatterns

/// Whether text tests can be answered at run time: asked of the code that will answer them.
extension Checker {
  /// Whether the pattern can be read; each distinct pattern is compiled once.
  mutating func isSound(_ regex: RegexLiteral) -> Bool {
    guard let problem = problem(in: .matches(regex.pattern)) else { return true }
    let place = problem.range.flatMap { innerSpan(of: regex, $0) } ?? regex.span
    add(ValueProblem.invalidPattern(problem.message, advice: problem.advice), at: place)
    return false
  }

  /// Whether a keyword or exact text can be looked for.
  ///
  /// Nearly every text has a letter or digit and no remarkable length: those need no compiler.
  mutating func isSound(_ text: String, as pattern: (String) -> TextPattern, at span: Span) -> Bool
  {
    let isPlain = text.utf8.contains { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
    if isPlain, text.utf8.count <= PatternLimits().patternBytes { return true }
    let pattern = pattern(text)
    guard let problem = problem(in: pattern) else { return true }
    add(ValueProblem.invalidPattern(problem.message, advice: problem.advice), at: span)
    return false
  }

  private mutating func problem(in pattern: TextPattern) -> PatternProblem? {
    if let known = patternProblems[pattern] { return known }
    let problem = PatternSet.problem(in: pattern)?.problem
    patternProblems[pattern] = .some(problem)
    return problem
  }

  /// Where a part of the pattern stands in the source: `\/` there is `/` in the pattern.
  private func innerSpan(of regex: RegexLiteral, _ range: Range<Int>) -> Span? {
    guard let file = sources[regex.span.file] else { return nil }
    let first = Int(regex.span.start) + 1
    let last = min(Int(regex.span.end) - 1, file.bytes.count)
    guard first < last else { return nil }
    // offsets[i] is where byte i of the pattern stands.
    var offsets: [Int] = []
    var index = first
    while index < last {
      let isEscapedSlash =
        file.bytes[index] == UInt8(ascii: "\\") && index + 1 < last
        && file.bytes[index + 1] == UInt8(ascii: "/")
      if isEscapedSlash { index += 1 }
      offsets.append(index)
      index += 1
    }
    offsets.append(last)
    guard range.lowerBound < range.upperBound, range.upperBound < offsets.count else { return nil }
    return Span(
      file: regex.span.file, start: UInt32(offsets[range.lowerBound]),
      end: UInt32(offsets[range.upperBound]))
  }
}
