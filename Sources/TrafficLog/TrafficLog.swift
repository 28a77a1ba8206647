import Foundation
import JSONReading
import LedgerExchange
import OpenAIWire
package import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingLedger
import RoutingRequests

/// Reads requests out of a log: JSON objects, one to a line, in pieces as the disk gives them.
///
/// What no line says is unknown, not zero. What repeats (models, callers, facts) is read once, so that a
/// line without texts takes well under a microsecond. Memory: a piece, the names, and a bounded number of
/// shapes.
package struct TrafficLog: Sendable {
  /// Shapes that are kept at a time; past that all are forgotten and read anew.
  package static let shapeLimit = 65_536
  /// Of metadata, how many spellings are remembered and how long one may be: a log may have as many as
  /// lines.
  private static let metadataLimit = 4096
  private static let metadataLength = 256
  /// The most bytes one line may have.
  package static let longestLine = 16 << 20

  /// The names of ``LoggedRequest/served`` and of identities.
  private var names = NameTable()
  private var facts = NameTable()
  /// Short metadata as it is written, and by its number that of its facts.
  private var metadata = NameTable()
  private var metadataFacts: [Int32] = []
  private var shapes: [RequestInput] = []
  private var shapeNumbers = ShapeTable()
  /// Rises when all shapes were forgotten: their numbers begin anew.
  package private(set) var generation = 0
  private let reading: LogReading
  private let deciding: DecidingNames
  private let readsUser: Bool
  private let readsConversation: Bool
  private let factColumns: JSONColumns

  private var frame = LogFrame()
  private var order = LogOrder()
  /// The line that is being read.
  private var row = LoggedRequest(
    line: 0, time: Timestamp(milliseconds: 0), shape: 0, served: nil, input: nil, cachedInput: 0,
    output: nil, cost: nil, currency: nil, isBilled: false, fingerprint: nil, record: nil,
    identities: LoggedIdentities(), cache: LoggedCache())
  private var texted: TextedRequest?
  private var time = LogTime()
  private var choices = LoggedChoices()
  private var cells = LogCells()
  private var inner: [JSONCell] = []
  private var factKey: [UInt8] = []
  /// Lines that were no request, the first few of them with their reason.
  package var problems: [LogProblem] { frame.problems }
  package var problemCount: Int { frame.problemCount }
  /// Rows that no call answered: refused, failed, cancelled, or given out of a cache.
  package private(set) var unanswered = 0
  /// Rows without texts whose `n` is no number of answers: they count as asking for one.
  package var misreadChoices: Int64 { choices.misread }
  /// Of each tier, how often the log's gates accepted it.
  package private(set) var tiers = TierTally()

  /// Stands where a request must have a moment; each row's own is set before it is looked at.
  private let anyMoment: LocalMoment

  package init(_ reading: LogReading, anyMoment: LocalMoment) {
    self.reading = reading
    deciding = DecidingNames(reading.deciding)
    let names = reading.deciding.union(reading.keeping)
    readsUser = names.contains(.user)
    readsConversation = names.contains(.conversation)
    self.anyMoment = anyMoment
    factColumns = JSONColumns(reading.facts.sorted())
  }

  /// The request's own fields, without moment and texts.
  package func shape(_ number: Int) -> RequestInput { shapes[number] }

  package func name(_ number: Int) -> String {
    String(decoding: names.bytes(of: number), as: UTF8.self)
  }

  /// Whether no row so far is earlier than the one before it.
  package var isInOrder: Bool { order.isKept }

  /// Reads a piece of the log; lines that end in it are given out, the rest waits for the next piece.
  package mutating func read(
    _ piece: LogPiece, _ take: (LoggedRequest, TextedRequest?, borrowing TrafficLog) -> Void
  ) {
    if let lines = frame.lines(of: piece) { readLines(lines, take) }
    frame.leave(piece)
  }

  private mutating func readLines(
    _ walk: consuming LineWalk,
    _ take: (LoggedRequest, TextedRequest?, borrowing TrafficLog) -> Void
  ) {
    while let text = walk.next(in: &frame) {
      do throws(LogProblem.Reason) {
        switch text {
        case .broken(let problem, _): throw .notJSON(problem.message)
        case .read(let number):
          guard try readRequest(number, walk.lines) else {
            unanswered += 1
            continue
          }
        }
        order.add(row.time)
        take(row, texted, self)
      } catch {
        frame.add(error)
      }
    }
  }
}

/// A logged request whose texts are there.
///
/// A class, as most lines have none and a request is large.
package final class TextedRequest: Sendable {
  /// All that was said, but for its moment.
  package let input: RequestInput

  init(input: RequestInput) { self.input = input }
}

// MARK: One line

extension TrafficLog {
  /// Reads a line into ``row`` and ``texted``; false if no call answered it.
  ///
  /// In place: a request is too large to be handed from function to function for every line.
  private mutating func readRequest(_ text: Int, _ lines: JSONLines) throws(LogProblem.Reason)
    -> Bool
  {
    guard let object = lines.object(of: text) else { throw .notAnObject }
    lines.pick(LogColumn.columns, in: object, into: &cells.all)
    let timeCell = cells[.time]
    guard timeCell.isThere else { throw .missing(.time) }
    guard let time = time.read(timeCell.content, in: lines.bytes) else {
      throw .wrong(.time, "time")
    }
    row.cache = LoggedCache(cells[.cache], in: lines.bytes)
    guard !row.cache.isHit else { return false }
    guard cells.isAnswered(lines.bytes) else {
      // Gates may have spoken of its answers before it failed.
      if cells[.attempts].isArray {
        try attempts(lines).verdicts.forEach { tiers.add($0) }
      }
      return false
    }
    row.line = frame.line
    row.time = time
    row.shape = 0
    let model = try name(.model, lines.bytes)
    let asked = try name(.modelAsked, lines.bytes) ?? model
    let served = try name(.modelServed, lines.bytes) ?? asked
    row.served = served.map(Int.init)
    row.cost = try cells.cost(lines.bytes)
    row.currency = row.cost == nil ? nil : try name(.currency, lines.bytes).map(Int.init)
    row.isBilled = cells[.attempts].isArray
    row.record = try cells.record(lines.bytes)
    row.identities = try identities(lines.bytes)
    try readTokens(lines)
    row.fingerprint =
      cells[.bodyFingerprint].isWord
      ? NameTable.hash(cells[.bodyFingerprint].content, lines.bytes) : nil
    texted = try texted(text, lines)
    if texted == nil { row.shape = try shape(asked, lines) }
    if row.fingerprint != nil {
      row.cache.add(
        status: cells[.status], finishReason: cells[.finishReason], in: lines.bytes)
    }
    return true
  }

  private mutating func name(
    _ column: LogColumn, _ bytes: [UInt8]
  ) throws(LogProblem.Reason) -> Int32? {
    let cell = cells[column]
    guard cell.hasValue else { return nil }
    guard cell.isString else { throw .wrong(column.member, "text") }
    guard !cell.isEscaped else {
      // Rare: the text is put where names are compared as they are.
      guard let text = cell.text(in: bytes) else { throw .wrong(column.member, "text") }
      let plain = Array(text.utf8)
      return names.number(of: 0..<plain.count, in: plain)
    }
    return names.number(of: cell.content, in: bytes)
  }

  private mutating func identities(_ bytes: [UInt8]) throws(LogProblem.Reason) -> LoggedIdentities {
    var found = LoggedIdentities()
    if let tenant = try name(.tenant, bytes) { found.tenant = tenant }
    if let key = try name(.key, bytes) { found.key = key }
    if readsUser, let user = try name(.user, bytes) { found.user = user }
    if readsConversation, let conversation = try name(.conversation, bytes) {
      found.conversation = conversation
    }
    return found
  }

  private mutating func readTokens(_ lines: JSONLines) throws(LogProblem.Reason) {
    if cells[.attempts].isArray {
      try readAttempts(lines)
      return
    }
    let cells = LoggedTokens.Cells(
      input: cells[.inputTokens], cachedInput: cells[.cachedInputTokens],
      output: cells[.outputTokens], usage: cells[.usage])
    let tokens = try LoggedTokens(cells, lines, &inner)
    row.input = tokens.input
    row.cachedInput = tokens.cachedInput
    row.output = tokens.output
  }

  /// A row of the ledger: the tokens of the call that answered, and what each gate said.
  private mutating func readAttempts(_ lines: JSONLines) throws(LogProblem.Reason) {
    let attempts = try attempts(lines)
    row.input = attempts.answer?.input
    row.cachedInput = attempts.answer?.cachedInput ?? 0
    row.output = attempts.answer?.output
    attempts.verdicts.forEach { tiers.add($0) }
  }

  private func attempts(_ lines: JSONLines) throws(LogProblem.Reason) -> LoggedAttempts {
    do throws(RowProblem) {
      return try LoggedAttempts(Array(lines.bytes[cells[.attempts].range]))
    } catch {
      throw .attempts(error)
    }
  }

  // MARK: What was asked

  private mutating func shape(
    _ model: Int32?, _ lines: JSONLines
  ) throws(LogProblem.Reason) -> Int {
    var key = ShapeKey(
      model: reading.asksModel ? model ?? -1 : -1,
      identities: row.identities.only(deciding), facts: -1, maxTokens: -1,
      choices: choices.read(cells[.choices], in: lines.bytes),
      streams: cells[.stream].isTrue || cells[.streamed].isTrue)
    let most = try LoggedTokens.most(
      cells[.maxTokens], newer: cells[.maxCompletionTokens], in: lines)
    if let most { key.maxTokens = most }
    key.facts = try factsNumber(lines)
    if let number = shapeNumbers.number(of: key) { return number }
    if shapes.count == Self.shapeLimit {
      forgetShapes()
      key.facts = try factsNumber(lines)
    }
    var input = RequestInput(moment: anyMoment)
    if let model { input.model = name(Int(model)) }
    input.stream = key.streams
    input.maxTokens = key.maxTokens < 0 ? nil : key.maxTokens
    input.choices = key.choices
    name(row.identities, in: &input)
    if key.facts >= 0 {
      try addFacts(Array(lines.bytes[cells[.metadata].range]), to: &input)
    }
    shapes.append(input)
    shapeNumbers.add(key)
    return shapes.count - 1
  }

  /// A number for the declared facts of a line, whatever else its metadata has; -1 for none.
  private mutating func factsNumber(_ lines: JSONLines) throws(LogProblem.Reason) -> Int32 {
    guard cells[.metadata].isThere else { return -1 }
    guard cells[.metadata].isObject else { throw .wrong(.metadata, "object") }
    guard !reading.facts.isEmpty else { return -1 }
    let range = cells[.metadata].range
    guard range.count <= Self.metadataLength,
      let spelling = metadata.number(of: range, in: lines.bytes, limit: Self.metadataLimit)
    else { return readFacts(lines) }
    if Int(spelling) == metadataFacts.count { metadataFacts.append(readFacts(lines)) }
    return metadataFacts[Int(spelling)]
  }

  private mutating func readFacts(_ lines: JSONLines) -> Int32 {
    lines.pick(factColumns, in: cells[.metadata].object, into: &inner)
    factKey.removeAll(keepingCapacity: true)
    for cell in inner {
      if cell.isThere { factKey += lines.bytes[cell.range] }
      factKey.append(0)
    }
    return facts.number(of: 0..<factKey.count, in: factKey)
  }

  private mutating func forgetShapes() {
    shapes = []
    shapeNumbers = ShapeTable()
    facts = NameTable()
    metadata = NameTable()
    metadataFacts = []
    generation += 1
  }

  private func name(_ identities: LoggedIdentities, in input: inout RequestInput) {
    func text(_ number: Int32) -> String? { number < 0 ? nil : name(Int(number)) }
    input.tenant = text(identities.tenant)
    input.key = text(identities.key)
    if identities.user >= 0 { input.user = text(identities.user) }
    input.conversation = text(identities.conversation)
  }

  private func addFacts(
    _ bytes: [UInt8], to input: inout RequestInput
  ) throws(LogProblem.Reason) {
    guard let object = try? JSONText(bytes).root else { throw .wrong(.metadata, "object") }
    for (key, value) in object.members {
      guard let name = key.string else { continue }
      input.metadata[name] = GivenFact(value)
      // A fact may come from the key: then the log's line stands for it.
      input.keyFacts[name] = GivenFact(value)
    }
  }

  /// What the line's `request` asks of a cache.
  private mutating func readRequestedCache(_ lines: JSONLines) {
    lines.pick(Self.cacheColumn, in: cells[.request].object, into: &inner)
    let controls = inner[0]
    row.cache.add(controls, lines, &inner)
  }

  private static let cacheColumn = JSONColumns([LogMember.cache.rawValue])

  /// The request with its texts, if the line has them.
  private mutating func texted(
    _ text: Int, _ lines: JSONLines
  ) throws(LogProblem.Reason) -> TextedRequest? {
    // Most lines have neither: they are asked once.
    if cells[.cache].isObject { row.cache.add(cells[.cache], lines, &inner) }
    let range: Range<Int>
    if cells[.request].isObject {
      readRequestedCache(lines)
      range = cells[.request].range
    } else if cells[.messages].isArray {
      range = lines.range(of: text)
    } else {
      return nil
    }
    let body = Array(lines.bytes[range])
    var input: RequestInput
    do throws(WireProblem) {
      input = RequestInput(try ChatRequest(body), moment: anyMoment)
    } catch {
      throw .request("the request cannot be read: \(error.message)")
    }
    name(row.identities, in: &input)
    if !cells[.request].isObject {
      // The line is the request, and its metadata was read with it.
      input.keyFacts = input.metadata
    } else if cells[.metadata].isObject {
      try addFacts(Array(lines.bytes[cells[.metadata].range]), to: &input)
    }
    if row.fingerprint == nil, let object = lines.object(of: text) {
      row.fingerprint = RequestDigest.of(
        line: object, request: cells[.request], messages: cells[.messages], lines, &inner)
    }
    return TextedRequest(input: input)
  }
}
