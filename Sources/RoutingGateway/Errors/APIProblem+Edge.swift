import HTTPTypes

// What ends a request before anybody looks into it.
extension APIProblem {
  static func wrongMethod(_ route: GatewayRoute) -> APIProblem {
    APIProblem(
      405, "invalid_request_error", code: "method_not_allowed",
      "`\(route.path)` takes \(route.method.rawValue)")
  }

  static func targetTooLong(limit: Int) -> APIProblem {
    var problem = APIProblem(
      414, "invalid_request_error", code: "uri_too_long", "the path is over \(limit) bytes")
    problem.closesConnection = true
    return problem
  }

  static func bodyTooLarge(limit: Int) -> APIProblem {
    var problem = APIProblem(
      413, "invalid_request_error", code: "request_too_large",
      "the body is over \(limit) bytes: send less")
    problem.closesConnection = true
    return problem
  }

  static let brokenBody: APIProblem = {
    var problem = APIProblem(
      400, "invalid_request_error", code: "broken_body", "the body broke off before its end")
    problem.closesConnection = true
    return problem
  }()

  static func compressedBody(_ encoding: String) -> APIProblem {
    var problem = APIProblem(
      415, "invalid_request_error", code: "compressed_body",
      "a body encoded as `\(encoding.prefix(20))` is not read: send it plain")
    problem.closesConnection = true
    return problem
  }
}
