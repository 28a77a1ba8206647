import JSONReading

/// Whole lines out of the pieces a disk gives, their numbers, and what of them could not be read.
struct LogFrame: Sendable {
  private var rest: [UInt8] = []
  /// Whether the rest of a line is passed over, as it was too long.
  private var isSkipping = false
  /// Whether the file's last line had no end.
  private var isLastOpen = false
  /// Of the text that is being read, from 1.
  private(set) var line = 1
  /// Where the lines that were given out last begin in their file, in bytes.
  private(set) var start = 0
  /// Where those behind them begin.
  private var next = 0
  /// Lines that were no request, the first few that were met.
  private var found: [LogProblem] = []
  private(set) var problemCount = 0

  private static let shownProblems = 10

  /// The lines a piece makes whole; nil if it makes none.
  ///
  /// What it says is unreadable is kept as a problem.
  mutating func lines(of piece: LogPiece) -> LineWalk? {
    switch piece {
    case .bytes(let bytes): return lines(endedBy: bytes).map { LineWalk($0) }
    case .end: return lastLines().map { LineWalk($0) }
    case .numbered(let lines): return LineWalk(lines.bytes, numbered: lines.starts)
    case .unreadable(let problem): add(.unreadable(problem))
    case .problems(let index): add(problemsOf: index.frame)
    }
    return nil
  }

  /// After the lines of a piece are read: behind the end of a file comes another.
  mutating func leave(_ piece: LogPiece) {
    if case .end = piece { endFile() }
  }

  /// The lines that end in a piece; nil if none does.
  mutating func lines(endedBy piece: [UInt8]) -> [UInt8]? {
    guard !isSkipping else { return linesBehindALongOne(piece) }
    guard let last = piece.lastIndex(of: UInt8(ascii: "\n")) else {
      rest += piece
      if rest.count > TrafficLog.longestLine {
        let limit = TrafficLog.longestLine >> 20
        add(LogProblem(line: line, reason: .notJSON("longer than \(limit) MiB")))
        next += rest.count
        rest = []
        isSkipping = true
      }
      return nil
    }
    var lines = rest
    lines += piece[...last]
    rest = Array(piece[(last + 1)...])
    start = next
    next += lines.count
    return lines
  }

  private mutating func linesBehindALongOne(_ piece: [UInt8]) -> [UInt8]? {
    guard let end = piece.firstIndex(of: UInt8(ascii: "\n")) else {
      next += piece.count
      return nil
    }
    isSkipping = false
    next += end + 1
    line += 1
    return end + 1 < piece.count ? lines(endedBy: Array(piece[(end + 1)...])) : nil
  }

  /// What came after the last line's end; nil if that is nothing.
  mutating func lastLines() -> [UInt8]? {
    let lines = rest
    rest = []
    start = next
    next += lines.count
    isLastOpen = lines.last.map { $0 != UInt8(ascii: "\n") } ?? false
    return lines.isEmpty ? nil : lines
  }

  /// In the order of their lines.
  var problems: [LogProblem] { found.sorted { $0.line < $1.line } }

  mutating func begin(at offset: Int) {
    start = offset
    next = offset
  }

  /// The next bytes are those of another file; a last line without an end had one line's number.
  mutating func endFile() {
    if isLastOpen { line += 1 }
    if isSkipping { line += 1 }
    (isLastOpen, isSkipping) = (false, false)
    begin(at: 0)
  }

  mutating func add(_ problem: LogProblem) {
    problemCount += 1
    if found.count < Self.shownProblems { found.append(problem) }
  }

  mutating func add(_ reason: LogProblem.Reason) { add(LogProblem(line: line, reason: reason)) }

  /// What another frame found, beside what this one will.
  mutating func add(problemsOf other: LogFrame) {
    problemCount += other.problemCount
    found += other.found.prefix(Self.shownProblems - found.count)
  }

  mutating func pass(_ lineEnds: Int) { line += lineEnds }

  mutating func stand(at number: Int) { line = number }
}

/// Goes through the texts of some lines in order, so that each has its line's number.
struct LineWalk {
  enum Text {
    /// One that can be read, by its number among the lines'.
    case read(Int)
    /// From here to the end of its line there is no JSON.
    case broken(JSONProblem, Range<Int>)
  }

  let lines: JSONLines
  /// Where lines with numbers of their own begin; none where they stand as in the log.
  private let starts: [(offset: Int, line: Int)]
  private var number = 0
  private var place = 0
  private var text = 0
  private var bad: ArraySlice<(offset: Int, problem: JSONProblem)>

  init(_ bytes: [UInt8], numbered starts: [(offset: Int, line: Int)] = []) {
    lines = JSONLines(bytes)
    bad = lines.problems[...]
    self.starts = starts
  }

  /// The next text, with the frame at its line; nil at the end.
  mutating func next(in frame: inout LogFrame) -> Text? {
    let start = text < lines.count ? lines.range(of: text).lowerBound : Int.max
    if let problem = bad.first, problem.offset < start {
      stand(at: problem.offset, in: &frame)
      bad.removeFirst()
      let end = lines.bytes[problem.offset...].firstIndex(of: UInt8(ascii: "\n"))
      return .broken(problem.problem, problem.offset..<(end ?? lines.bytes.count))
    }
    guard text < lines.count else {
      stand(at: lines.bytes.count, in: &frame)
      return nil
    }
    stand(at: start, in: &frame)
    text += 1
    return .read(text - 1)
  }

  private mutating func stand(at end: Int, in frame: inout LogFrame) {
    guard starts.isEmpty else {
      while number + 1 < starts.count, starts[number + 1].offset <= end { number += 1 }
      frame.stand(at: starts[number].line)
      return
    }
    guard place < end else { return }
    frame.pass(lines.lineEnds(in: place..<end))
    place = end
  }
}
