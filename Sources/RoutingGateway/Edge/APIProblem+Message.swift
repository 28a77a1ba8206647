import NIOHTTP1

// What is wrong with a message before it is a request; its connection cannot be trusted further.
extension APIProblem {
  static func malformed(_ what: String, status: Int = 400) -> APIProblem {
    closing(APIProblem(status, "invalid_request_error", code: "malformed_request", what))
  }

  static let headersTooLarge = APIProblem.tooManyHeaders(
    "more headers, or bytes of them, than are read")

  static func tooManyHeaders(_ what: String) -> APIProblem {
    closing(
      APIProblem(431, "invalid_request_error", code: "headers_too_large", "\(what): send fewer"))
  }

  static func tooSlow(_ what: String, seconds: Int64) -> APIProblem {
    closing(
      APIProblem(
        408, "invalid_request_error", code: "request_timeout",
        "the \(what) took more than \(seconds) s"))
  }

  static let stopping = closing(
    APIProblem(
      503, "server_error", code: "overloaded",
      "the gateway stops and the request has not come whole: send it again"))

  /// What the parser found.
  init(_ error: HTTPParserError) {
    switch error {
    case .headerOverflow: self = .headersTooLarge
    case .invalidVersion: self = .malformed("HTTP/1.1 is spoken here")
    case .invalidContentLength, .unexpectedContentLength:
      self = .malformed("the length of the body is not clear")
    case .invalidChunkSize: self = .malformed("a chunk's size is no size")
    default: self = .malformed("this is no HTTP/1.1 request")
    }
  }

  private static func closing(_ problem: APIProblem) -> APIProblem {
    var problem = problem
    problem.closesConnection = true
    return problem
  }
}
