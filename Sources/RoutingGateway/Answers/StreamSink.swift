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
  private let decision = Mutex<Decision?>(nil)

  init(_ exchange: Exchange, _ headers: AnswerHeaders) {
    self.exchange = exchange
    self.headers = headers
  }

  func decided(_ request: DecidedRequest) {
    decision.withLock { $0 = request.decision }
  }

  func begin(_ start: AnswerStart) async throws(CallerGone) {
    var fields = HTTPFields()
    if let decision = decision.withLock({ $0 }) { fields = headers.fields(decision, start) }
    try await begin(fields)
    name.withLock { $0 = headers.policy[start.order.model].name }
  }

  private let name = Mutex("")

  func send(_ chunks: [ChatChunk]) async throws(CallerGone) {
    var bytes: [UInt8] = []
    let model = name.withLock { $0 }
    for var chunk in chunks {
      chunk.id = "chatcmpl-\(exchange.name)"
      chunk.model = model
      bytes += chunk.event
    }
    try await exchange.writer.write(bytes)
  }

  func begin(_ fields: HTTPFields) async throws(CallerGone) {
    var fields = fields
    fields[.contentType] = "text/event-stream"
    fields[.cacheControl] = "no-cache"
    fields[.requestID] = exchange.name
    try await exchange.writer.begin(200, fields)
  }
}
