package import JSONReading

/// A streamed answer as it arrives: bytes in, chunks out, the whole answer at the end.
///
/// However the bytes are cut, chunks and outcome are the same. After a problem nothing more is read.
/// A provider that answers with one JSON body instead of events, an error or the whole completion,
/// is understood at the end.
package struct ChatStream: Sendable {
  private var parser: EventParser
  private var answer: ChunkAccumulator
  private let limits: JSONLimits
  private let limit: Int
  private var received = 0
  /// The first bytes, as long as they may be a body that is no stream.
  private var head: [UInt8] = []
  /// `[DONE]` has arrived; what follows is ignored.
  package private(set) var isDone = false
  /// What ended the stream before its time.
  package private(set) var problem: WireProblem?

  /// `limits.bytes` bounds one event, `limit` the stream as a whole; `keepsTexts` is false where nobody
  /// will ask for the texts of the whole.
  package init(
    limits: JSONLimits = JSONLimits(), limit: Int = 128 << 20, keepsTexts: Bool = true
  ) {
    answer = ChunkAccumulator(keepsTexts: keepsTexts)
    self.limits = limits
    self.limit = limit
    parser = EventParser(limit: limits.bytes)
  }

  /// The text of the first choice so far; empty where texts are not kept.
  package var text: String { answer.text }

  /// True once so many choices have begun, and every one that has says why it stopped.
  package func isComplete(choices: Int) -> Bool {
    answer.isComplete && answer.choiceCount >= choices
  }

  /// Whether anything has come that is an event.
  package private(set) var hasEvents = false

  /// What has arrived, complete or not: a stream that broke has still used tokens.
  package var soFar: ChatResponse { answer.soFar }

  /// The chunks these bytes complete, added to the answer.
  package mutating func feed(_ bytes: some Collection<UInt8>) -> [ChatChunk] {
    let room = max(limit - received, 0)
    received += min(bytes.count, room)
    if !hasEvents, head.count < limits.bytes {
      head.append(contentsOf: bytes.prefix(min(room, limits.bytes - head.count)))
    }
    var chunks: [ChatChunk] = []
    for event in parser.feed(bytes.prefix(room)) {
      if let chunk = take(event) { chunks.append(chunk) }
    }
    if !isDone, problem == nil {
      if parser.isOverfull {
        problem = .eventTooLarge(limit: limits.bytes)
      } else if bytes.count > room {
        problem = .streamTooLarge(limit: limit)
      }
    }
    return chunks
  }

  /// Reads nothing more: what has come is taken for the whole stream.
  package mutating func close() { isDone = true }

  /// The chunk the last bytes complete that lacks nothing but its blank line; after the last byte.
  package mutating func flush() -> ChatChunk? { parser.finish().flatMap { take($0) } }

  /// The whole answer, after the last byte.
  package mutating func finish() throws(WireProblem) -> ChatResponse {
    _ = flush()
    if let problem { throw problem }
    if !hasEvents, let body = bodyInsteadOfEvents { return try ChatResponse(body, limits: limits) }
    return try answer.finish()
  }

  /// The bytes that came, if they are JSON or a page and no events.
  private var bodyInsteadOfEvents: [UInt8]? {
    let first = head.first { $0 > 0x20 }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || first == UInt8(ascii: "<")
      ? head : nil
  }

  private mutating func take(_ event: ServerSentEvent) -> ChatChunk? {
    guard !isDone, problem == nil, !event.data.isEmpty else { return nil }
    hasEvents = true
    head = []
    // Anthropic's kin keep a connection awake with events of this name, which hold nothing of an answer.
    if event.name == "ping" { return nil }
    if event.isDone {
      isDone = true
      return nil
    }
    do {
      let chunk = try ChatChunk(event.data, limits: limits)
      answer.add(chunk)
      return chunk
    } catch {
      problem = error
      return nil
    }
  }
}
