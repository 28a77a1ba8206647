import HTTPTypes
import OpenAIWire
import PolicySemantics
import RoutingCalls
import RoutingRuntime
import RoutingService
import Synchronization

/// An answer on its way to a caller who streams.
final class StreamSink: RequestSink {
  private let exchange: Exchange
  private let headers: AnswerHeaders
  private let tellsUsage: Bool
  private let shape: AnswerShape
  private let decision = Mutex<(DecidedRequest, CacheUse)?>(nil)
  private let compression = Mutex<String?>(nil)
  private let name = Mutex<AnswerName?>(nil)

  init(
    _ exchange: Exchange, _ headers: AnswerHeaders, tellsUsage: Bool, shape: AnswerShape = .chat
  ) {
    self.shape = shape
    self.exchange = exchange
    self.headers = headers
    self.tellsUsage = tellsUsage
  }

  func decided(_ request: DecidedRequest, cache: CacheUse) {
    decision.withLock { $0 = (request, cache) }
  }

  func compressed(_ words: String?) { compression.withLock { $0 = words } }

  func begin(_ start: AnswerStart) throws(CallerGone) {
    let decision = decision.withLock { $0 }
    var fields = decision.map { headers.fields($0.decision, $1, start) } ?? HTTPFields()
    if let words = compression.withLock({ $0 }) { fields.add(.rungCompression, words) }
    try begin(fields)
    let model = headers.policy[start.order.model].name
    name.withLock { $0 = AnswerName(id: shape.id(of: exchange.name), model: model) }
  }

  func send(_ chunks: [ChatChunk]) throws(CallerGone) {
    guard let name = name.withLock({ $0 }) else { return }
    let events = chunks.map { shape.event($0, as: name, tellsUsage: tellsUsage) }
    try exchange.writer.write(events)
  }

  func room() async throws(CallerGone) { try await exchange.writer.room() }

  /// The head of a stream, once.
  func begin(_ fields: HTTPFields) throws(CallerGone) {
    var fields = fields
    fields[.contentType] = "text/event-stream"
    fields[.cacheControl] = "no-cache"
    fields[.requestID] = exchange.name
    try exchange.writer.begin(200, fields)
  }

  /// The proper end of a stream, with what it used if the caller asked: the provider's figures, else
  /// an estimate.
  func end(
    _ answer: ChatResponse, as name: AnswerName, estimated usage: OpenAIWire.Usage? = nil,
    adding members: [MemberEdit]
  ) async {
    do throws(CallerGone) {
      var events: [[UInt8]] = []
      if tellsUsage {
        events.append(shape.usageEvent(answer, as: name, estimated: usage, adding: members))
      }
      try exchange.writer.write(events + [ChatChunk.doneEvent])
      try exchange.writer.finish()
    } catch {
      // Nobody reads it any more; its row is committed.
    }
  }

  /// After the first byte a failure is an event, and the stream has no proper end.
  func fail(_ problem: APIProblem, adding members: [MemberEdit] = []) async {
    do throws(CallerGone) {
      try exchange.writer.write([problem.error(of: exchange.name).event(adding: members)])
      try exchange.writer.finish()
    } catch {
      // Nobody reads it any more.
    }
  }
}
