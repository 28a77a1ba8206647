package import OpenAIWire

/// Why a request gets no answer: what its caller is told, in the API's own shape.
package struct APIProblem: Error, Hashable, Sendable {
  /// The HTTP status.
  package var status: Int
  package var type: String
  package var code: String?
  /// The field that is wrong, as `messages[2].content`.
  package var param: String?
  /// One line that names the place and the cure, without a full stop.
  package var message: String
  /// In seconds; nil where trying again is no use.
  package var retryAfter: Int64?
  /// Figures for programs, as JSON.
  package var details: [UInt8]?
  /// Whether the same request may fare better: clients that try again by themselves are told.
  package var isWorthRetrying = true
  /// What was left of the request on the connection cannot be told from the next one.
  package var closesConnection = false

  package init(
    _ status: Int, _ type: String, code: String? = nil, param: String? = nil, _ message: String,
    retryAfter: Int64? = nil
  ) {
    self.status = status
    self.type = type
    self.code = code
    self.param = param
    self.message = message
    self.retryAfter = retryAfter
  }

  /// The body of the answer; it names the request.
  package func body(of request: String, adding members: [MemberEdit] = []) -> [UInt8] {
    error(of: request).body(adding: members)
  }

  /// The error object; it names the request.
  package func error(of request: String) -> ErrorResponse {
    var error = ErrorResponse(
      message: "\(message) (request \(request))", type: type, param: param, code: code)
    error.details = details
    return error
  }
}
