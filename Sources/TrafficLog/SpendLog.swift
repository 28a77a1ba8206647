import Foundation
import JSONReading
import LedgerExchange
import PolicyUnits
import RoutingBudgets
import RoutingLedger
import RoutingRuntime

/// Reads out of a log where its money went: JSON objects, one to a line, in pieces as the disk gives them.
///
/// What no line says is unknown, not zero. Memory: a piece, and at most ``nameLimit`` names; past that a
/// new name is ``others``.
package struct SpendLog: Sendable {
  /// Names that are told apart.
  package static let nameLimit = 65_536
  /// Stands for all names past the limit.
  package static let others = nameLimit

  private var names = NameTable()
  private var frame = LogFrame()
  private var order = LogOrder()
  private var time = LogTime()
  private var choices = LoggedChoices()
  private var cells: [JSONCell] = []
  private var inner: [JSONCell] = []
  private var row = SpendRow()
  private let readsTexts: Bool
  /// The member of `metadata` that names a row's task where the row does not.
  private let taskMember: JSONColumns?
  /// How many rows met a name past the limit.
  package private(set) var unnamed: Int64 = 0

  /// `taskMember` is the member of `metadata` that is a row's task where it names none.
  package init(readsTexts: Bool = true, taskMember: String? = nil) {
    self.readsTexts = readsTexts
    self.taskMember = taskMember.map { JSONColumns([$0]) }
  }

  /// Lines that could not be read, the first few of them with their reason.
  package var problems: [LogProblem] { frame.problems }
  package var problemCount: Int { frame.problemCount }

  package func name(_ number: Int) -> String {
    number == Self.others
      ? "others" : String(decoding: names.bytes(of: number), as: UTF8.self)
  }

  /// Rows whose `n` is no number of answers: they count as asking for one.
  package var misreadChoices: Int64 { choices.misread }

  /// Whether no row so far is earlier than the one before it.
  package var isInOrder: Bool { order.isKept }

  /// Reads a piece of the log; lines that end in it are given out, the rest waits for the next piece.
  package mutating func read(
    _ piece: LogPiece, _ take: (borrowing SpendRow, borrowing SpendLog) -> Void
  ) {
    if let lines = frame.lines(of: piece) { readLines(lines, take) }
    frame.leave(piece)
  }

  private mutating func readLines(
    _ walk: consuming LineWalk, _ take: (borrowing SpendRow, borrowing SpendLog) -> Void
  ) {
    while let text = walk.next(in: &frame) {
      do throws(LogProblem.Reason) {
        switch text {
        case .broken(let problem, _): throw .notJSON(problem.message)
        case .read(let number): try read(number, walk.lines)
        }
        order.add(row.time)
        take(row, self)
      } catch {
        frame.add(error)
      }
    }
  }
}

// MARK: One line

extension SpendLog {
  private subscript(column: SpendColumn) -> JSONCell { cells[column.rawValue] }

  private mutating func read(_ text: Int, _ lines: JSONLines) throws(LogProblem.Reason) {
    guard let object = lines.object(of: text) else { throw .notAnObject }
    lines.pick(SpendColumn.columns, in: object, into: &cells)
    row = SpendRow()
    row.line = frame.line
    let timeCell = self[.time]
    guard timeCell.isThere else { throw .missing(.time) }
    guard let time = time.read(timeCell.content, in: lines.bytes) else {
      throw .wrong(.time, "time")
    }
    row.time = time
    try readNames(lines)
    try readOutcome(lines.bytes)
    try readMoney(lines.bytes)
    try readTokens(lines)
    if self[.attempts].isArray { try readCalls(lines) }
    let output = try readSays(text, lines)
    let asked = choices.read(output.choices, in: lines.bytes)
    if self[.finishReason].hasValue || row.ending == .unknown {
      row.ending = try ending(lines, of: asked, capped: output)
    }
    if row.fingerprint != nil {
      row.cache.add(status: self[.status], finishReason: self[.finishReason], in: lines.bytes)
    }
  }

  private mutating func readNames(_ lines: JSONLines) throws(LogProblem.Reason) {
    let bytes = lines.bytes
    row.route = try name(.route, bytes)
    row.tenant = try name(either: .tenant, or: .key, bytes)
    row.model = try name(.modelServed, bytes)
    if row.model == nil { row.model = try name(either: .model, or: .modelAsked, bytes) }
    row.policy = try name(.policy, bytes)
    row.currency = try name(.currency, bytes)
    row.systemPrompt = try name(.systemPrompt, bytes)
    row.task = try name(.task, bytes)
    guard row.task == nil, let taskMember, self[.metadata].isObject else { return }
    lines.pick(taskMember, in: self[.metadata].object, into: &inner)
    guard let cell = inner.first, cell.hasValue else { return }
    row.task = number(of: cell, bytes)
  }

  private mutating func name(
    _ column: SpendColumn, _ bytes: [UInt8]
  ) throws(LogProblem.Reason) -> Int? {
    let cell = self[column]
    guard cell.hasValue else { return nil }
    guard cell.isString else { throw .wrong(column.member, "text") }
    return number(of: cell, bytes)
  }

  private mutating func name(
    either first: SpendColumn, or second: SpendColumn, _ bytes: [UInt8]
  ) throws(LogProblem.Reason) -> Int? {
    if let found = try name(first, bytes) { return found }
    return try name(second, bytes)
  }

  /// A text's number; of any other value that of its spelling.
  private mutating func number(of cell: JSONCell, _ bytes: [UInt8]) -> Int {
    guard cell.isEscaped, let text = cell.text(in: bytes) else {
      return number(of: cell.content, in: bytes)
    }
    let plain = Array(text.utf8)
    return number(of: 0..<plain.count, in: plain)
  }

  private mutating func number(of piece: Range<Int>, in bytes: [UInt8]) -> Int {
    guard let number = names.number(of: piece, in: bytes, limit: Self.nameLimit) else {
      unnamed += 1
      return Self.others
    }
    return Int(number)
  }

  private mutating func readOutcome(_ bytes: [UInt8]) throws(LogProblem.Reason) {
    row.isStreamed = self[.streamed].isTrue || self[.stream].isTrue
    row.isShadow = self[.parent].isWord
    row.cache = LoggedCache(self[.cache], in: bytes)
    guard self[.status].isWord else { return }
    let status = bytes[self[.status].content]
    row.status = Self.statuses.first { status.elementsEqual($0.word.utf8) }?.status ?? .other
  }

  private static let statuses: [(word: String, status: SpendRow.Status)] = [
    ("answered", .answered), ("ok", .answered), ("success", .answered),
    ("not_accepted", .notAccepted), ("refused", .refused), ("failed", .failed),
    ("error", .failed), ("failure", .failed), ("cancelled", .cancelled), ("lost", .lost),
  ]

  private mutating func readMoney(_ bytes: [UInt8]) throws(LogProblem.Reason) {
    row.saved = self[.savedNanos].integer(in: bytes).map { Money(nanos: $0) }
    row.isBound =
      self[.certainty].isString
      && bytes[self[.certainty].content].elementsEqual("at_most".utf8)
    if self[.costNanos].isThere {
      guard let nanos = self[.costNanos].integer(in: bytes), nanos >= 0 else {
        throw .wrong(.costNanos, "amount")
      }
      row.cost = Money(nanos: nanos)
    } else if self[.cost].hasValue {
      guard let cost = LogMoney.read(self[.cost].content, in: bytes) else {
        throw .wrong(.cost, "amount")
      }
      row.cost = cost
    }
  }

  private mutating func readTokens(_ lines: JSONLines) throws(LogProblem.Reason) {
    let cells = LoggedTokens.Cells(
      input: self[.inputTokens], cachedInput: self[.cachedInputTokens],
      output: self[.outputTokens], usage: self[.usage])
    let tokens = try LoggedTokens(cells, lines, &inner)
    row.input = tokens.input
    row.cachedInput = tokens.cachedInput
    row.countsCached = tokens.countsCached
    row.output = tokens.output
  }

  /// A row of the ledger: its calls, and the tokens of the one that answered.
  private mutating func readCalls(_ lines: JSONLines) throws(LogProblem.Reason) {
    do throws(RowProblem) {
      let attempts = try LoggedAttemptList.read(Array(lines.bytes[self[.attempts].range]))
      let read = LoggedCalls.read(attempts, ofSeveral: asksForSeveral(lines.bytes)) { name in
        let plain = Array(name.utf8)
        return number(of: 0..<plain.count, in: plain)
      }
      row.calls = read.calls
      row.ending = read.ending
      row.input = read.tokens?.input
      row.cachedInput = read.tokens?.cachedInput ?? 0
      row.countsCached = read.tokens != nil
      row.output = read.tokens?.output
    } catch {
      throw .attempts(error)
    }
  }

  /// Whether a row of the ledger asked for more answers than one, as its record begins; how many, only
  /// the policy of its time can read.
  private func asksForSeveral(_ bytes: [UInt8]) -> Bool {
    guard self[.facts].isString else { return false }
    let head = String(decoding: bytes[self[.facts].content].prefix(4), as: UTF8.self)
    return RecordedRequest.asksForSeveral(Data(base64Encoded: head)?.first)
  }

  /// How the answers ended, of which so many were asked for.
  private func ending(
    _ lines: JSONLines, of choices: Int64, capped asked: AskedCells
  ) throws(LogProblem.Reason) -> SpendRow.Ending {
    let cell = self[.finishReason]
    guard cell.hasValue else {
      guard let output = row.output,
        let most = try LoggedTokens.most(asked.most, newer: asked.newerMost, in: lines)
      else {
        return .unknown
      }
      return .of(output, capped: most, choices: choices)
    }
    guard cell.isString else { throw .wrong(.finishReason, "text") }
    let word = lines.bytes[cell.content]
    if ["length", "max_tokens", "MAX_TOKENS"].contains(where: { word.elementsEqual($0.utf8) }) {
      return .truncated
    }
    let refusals = ["content_filter", "refusal", "SAFETY", "safety"]
    if refusals.contains(where: { word.elementsEqual($0.utf8) }) { return .refused }
    return .whole
  }

  /// What the request said, as far as the line has it; gives back what it said of its answers.
  private mutating func readSays(
    _ text: Int, _ lines: JSONLines
  ) throws(LogProblem.Reason) -> AskedCells {
    var messages = self[.messages]
    var output = AskedCells(
      most: self[.maxTokens], newerMost: self[.maxCompletionTokens], choices: self[.choices])
    row.cache.add(self[.cache], lines, &inner)
    if self[.request].isObject {
      lines.pick(Self.requestColumns, in: self[.request].object, into: &inner)
      messages = inner[0]
      // What the line says beside the request is less.
      if inner[2...3].contains(where: \.isThere) {
        (output.newerMost, output.most) = (inner[2], inner[3])
      }
      if inner[4].isThere { output.choices = inner[4] }
      row.isStreamed = row.isStreamed || inner[5].isTrue
      let controls = inner[1]
      row.cache.add(controls, lines, &inner)
    }
    try readTexts(text, messages, lines)
    return output
  }

  /// Where a request says what it asks of its answers.
  private struct AskedCells {
    var most: JSONCell
    var newerMost: JSONCell
    var choices: JSONCell
  }

  private static let requestColumns = JSONColumns([
    "messages", "cache", "max_completion_tokens", "max_tokens", "n", "stream",
  ])

  private mutating func readTexts(
    _ text: Int, _ messages: JSONCell, _ lines: JSONLines
  ) throws(LogProblem.Reason) {
    if self[.bodyFingerprint].isWord {
      row.fingerprint = ByteRuns.hash(self[.bodyFingerprint].content, in: lines.bytes)
    } else if self[.request].isObject || messages.isArray, let object = lines.object(of: text) {
      row.fingerprint = RequestDigest.of(
        line: object, request: self[.request], messages: messages, lines, &inner)
    }
    guard readsTexts, messages.isArray else { return }
    let texts = LoggedTexts(messages.object, lines)
    row.texts = texts
    guard row.systemPrompt == nil, !texts.system.isEmpty else { return }
    var hash: UInt64 = 0
    for range in texts.system {
      hash = (hash &* 0x100_0000_01b3) ^ ByteRuns.hash(range, in: lines.bytes)
    }
    let digits = String(hash, radix: 16)
    let name = Array((String(repeating: "0", count: 16 - digits.utf8.count) + digits).utf8)
    row.systemPrompt = number(of: 0..<name.count, in: name)
  }
}
