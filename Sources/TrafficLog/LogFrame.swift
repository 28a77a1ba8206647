import JSONReading

/// Whole lines out of the pieces a disk gives, their numbers, and what of them could not be read.
struct LogFrame: Sendable {
  private var rest: [UInt8] = []
  /// Of the text that is being read, from 1.
  private(set) var line = 1
  /// Lines that were no request, the first few of them with their reason.
  private(set) var problems: [LogProblem] = []
  private(set) var problemCount = 0

  private static let shownProblems = 10

  /// The lines that end in a piece; nil if none does.
  mutating func lines(endedBy piece: [UInt8]) -> [UInt8]? {
    guard let last = piece.lastIndex(of: UInt8(ascii: "\n")) else {
      rest += piece
      if rest.count > TrafficLog.longestLine {
        let limit = TrafficLog.longestLine >> 20
        add(LogProblem(line: line, reason: .notJSON("longer than \(limit) MiB")))
        rest = []
      }
      return nil
    }
    var lines = rest
    lines += piece[...last]
    rest = Array(piece[(last + 1)...])
    return lines
  }

  /// What came after the last line's end; nil if that is nothing.
  mutating func lastLines() -> [UInt8]? {
    let lines = rest
    rest = []
    return lines.isEmpty ? nil : lines
  }

  mutating func add(_ problem: LogProblem) {
    problemCount += 1
    if problems.count < Self.shownProblems { problems.append(problem) }
  }

  mutating func pass(_ lineEnds: Int) { line += lineEnds }
}

/// Goes through the texts of some lines in order, so that each has its line's number.
struct LineWalk {
  let lines: JSONLines
  private var place = 0
  private var text = 0
  private var bad: ArraySlice<(offset: Int, problem: JSONProblem)>

  init(_ bytes: [UInt8]) {
    lines = JSONLines(bytes)
    bad = lines.problems[...]
  }

  /// The next text; nil at the end.
  ///
  /// Lines that are no JSON are told to the frame on the way.
  mutating func next(in frame: inout LogFrame) -> Int? {
    guard text < lines.count else {
      tellProblems(before: .max, to: &frame)
      count(to: lines.bytes.count, in: &frame)
      return nil
    }
    let start = lines.range(of: text).lowerBound
    tellProblems(before: start, to: &frame)
    count(to: start, in: &frame)
    text += 1
    return text - 1
  }

  private mutating func tellProblems(before start: Int, to frame: inout LogFrame) {
    while let problem = bad.first, problem.offset < start {
      count(to: problem.offset, in: &frame)
      frame.add(LogProblem(line: frame.line, reason: .notJSON(problem.problem.message)))
      bad.removeFirst()
    }
  }

  private mutating func count(to end: Int, in frame: inout LogFrame) {
    guard place < end else { return }
    frame.pass(lines.lineEnds(in: place..<end))
    place = end
  }
}
