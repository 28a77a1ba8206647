import CallerKeys
import HTTPTypes
import OpenAIWire
import RoutingBudgets

/// One request with its answer's way back.
///
/// A class: whatever waits for an answer holds a reference to it.
final class Exchange: Sendable {
  let id: RequestID
  let route: GatewayRoute
  /// What follows the route's path.
  let rest: String
  let headers: HTTPFields
  /// The one version that lets the caller in, decides and answers.
  let policy: ServedPolicy
  /// Nil where nobody asked who it is.
  let caller: CallerIdentity?
  let body: [UInt8]
  let writer: AnswerWriter
  let tally: RequestTally
  private let work: RequestWork

  init(
    id: RequestID, route: GatewayRoute, rest: String, headers: HTTPFields, policy: ServedPolicy,
    caller: CallerIdentity?, body: [UInt8], writer: AnswerWriter, tally: RequestTally,
    work: RequestWork
  ) {
    self.id = id
    self.route = route
    self.rest = rest
    self.headers = headers
    self.policy = policy
    self.caller = caller
    self.body = body
    self.writer = writer
    self.tally = tally
    self.work = work
  }

  /// Whether the gateway has ended the request, as it stops.
  var isStopped: Bool { work.isStopped }

  /// The name on every answer.
  var name: String { id.description }

  /// As long as `rung run` takes one.
  private static let longestIdempotencyKey = 255

  /// What makes this request one with those before it; nil where its caller says nothing.
  ///
  /// What was no UTF-8 reads as U+FFFD by now, in every key alike: one request would be given the answer
  /// of another.
  func idempotencyKey() throws(APIProblem) -> String? {
    guard let key = headers[.idempotencyKey] else { return nil }
    guard !key.unicodeScalars.contains("\u{FFFD}") else { throw .unreadableKey }
    guard key.utf8.count <= Self.longestIdempotencyKey else { throw .longKey }
    return key
  }

  /// A whole answer in JSON.
  @inline(never)
  func answer(_ status: Int = 200, _ bytes: [UInt8], headers: HTTPFields = HTTPFields()) async {
    var headers = headers
    if !headers.contains(.contentType) { headers.add(.contentType, "application/json") }
    headers.add(.requestID, name)
    // A caller who has gone needs no answer; what it cost has been recorded by now.
    try? writer.send(status, headers, bytes)
  }

  @inline(never)
  func refuse(
    _ problem: APIProblem, headers: HTTPFields = HTTPFields(), adding members: [MemberEdit] = []
  ) async {
    tally.end(.problem(code: problem.code ?? problem.type))
    var headers = headers
    if let seconds = problem.retryAfter { headers[.retryAfter] = String(seconds) }
    if problem.status == 401 { headers[.wwwAuthenticate] = "Bearer" }
    if !problem.isWorthRetrying { headers[.shouldRetry] = "false" }
    if problem.closesConnection { headers[.connection] = "close" }
    await answer(problem.status, problem.body(of: name, adding: members), headers: headers)
  }
}
