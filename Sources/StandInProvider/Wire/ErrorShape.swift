import JSONWriting

/// An error as OpenAI-compatible providers send it.
struct ErrorShape: Sendable {
  enum Kind: Sendable {
    case badRequest(String)
    case unauthorized
    case unknownModel(String)
    case noSuchPath
    case wrongMethod
    case slowRequest
    case conflict
    case tooLarge
    case contextLength
    case contentFilter
    case limited
    case server
    case overloaded

    var status: Int {
      switch self {
      case .badRequest, .contextLength, .contentFilter: 400
      case .unauthorized: 401
      case .unknownModel, .noSuchPath: 404
      case .wrongMethod: 405
      case .slowRequest: 408
      case .conflict: 409
      case .tooLarge: 413
      case .limited: 429
      case .server: 500
      case .overloaded: 503
      }
    }
  }

  private let kind: Kind

  init(_ kind: Kind) { self.kind = kind }

  var reply: Reply { Reply(status: kind.status, json: bytes) }

  /// As the body of an answer.
  var bytes: [UInt8] {
    let (message, type, code) = facts
    var json = JSONWriter()
    json.object { json in
      json.object("error") { json in
        json.member("message", message)
        json.member("type", type)
        json.member("param", orNull: nil as String?)
        json.member("code", orNull: code)
      }
    }
    return json.bytes
  }

  /// As an event of a stream.
  var event: [UInt8] { EventStream.event(bytes) }

  private var facts: (message: String, type: String, code: String?) {
    switch kind {
    case .badRequest(let message): (message, "invalid_request_error", nil)
    case .unauthorized: ("Incorrect API key provided.", "invalid_request_error", "invalid_api_key")
    case .unknownModel(let name):
      (
        "The model `\(name)` does not exist or you do not have access to it.",
        "invalid_request_error", "model_not_found"
      )
    case .noSuchPath: ("Unknown request URL.", "invalid_request_error", "unknown_url")
    case .wrongMethod: ("Not allowed here.", "invalid_request_error", "method_not_supported")
    case .slowRequest: ("Timed out while reading the request.", "invalid_request_error", nil)
    case .conflict: ("Another request holds this resource.", "invalid_request_error", "conflict")
    case .tooLarge: ("The request is too large.", "invalid_request_error", "request_too_large")
    case .contextLength:
      (
        "This model's maximum context length is exceeded. Please reduce the length of the messages.",
        "invalid_request_error", "context_length_exceeded"
      )
    case .contentFilter:
      (
        "The response was filtered due to the prompt triggering the content management policy.",
        "invalid_request_error", "content_filter"
      )
    case .limited: ("Rate limit reached for requests.", "requests", "rate_limit_exceeded")
    case .server:
      ("The server had an error while processing your request.", "server_error", nil)
    case .overloaded: ("The engine is currently overloaded.", "server_error", "overloaded")
    }
  }
}
