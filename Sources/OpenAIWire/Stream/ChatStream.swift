package import JSONReading

/// A streamed answer as it arrives: bytes in, chunks out, the whole answer at the end.
///
/// However the bytes are cut, chunks and outcome are the same. After a problem nothing more is read.
package struct ChatStream: Sendable {
  private var parser: EventParser
  private var answer = ChunkAccumulator()
  private let limits: JSONLimits
  private let limit: Int
  private var received = 0
  /// `[DONE]` has arrived; what follows is ignored.
  package private(set) var isDone = false
  /// What ended the stream before its time.
  package private(set) var problem: WireProblem?

  /// `limits.bytes` bounds one event, `limit` the stream as a whole.
  package init(limits: JSONLimits = JSONLimits(), limit: Int = 128 << 20) {
    self.limits = limits
    self.limit = limit
    parser = EventParser(limit: limits.bytes)
  }

  /// The text of the first choice so far.
  package var text: String { answer.text }

  /// What has arrived, complete or not: a stream that broke has still used tokens.
  package var soFar: ChatResponse { answer.soFar }

  /// The chunks these bytes complete, added to the answer.
  package mutating func feed(_ bytes: some Collection<UInt8>) -> [ChatChunk] {
    let room = max(limit - received, 0)
    received += min(bytes.count, room)
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

  /// The whole answer, after the last byte.
  package mutating func finish() throws(WireProblem) -> ChatResponse {
    if let event = parser.finish() { _ = take(event) }
    if let problem { throw problem }
    return try answer.finish()
  }

  private mutating func take(_ event: ServerSentEvent) -> ChatChunk? {
    guard !isDone, problem == nil, !event.data.isEmpty else { return nil }
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
