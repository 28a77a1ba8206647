extension UpstreamFailure: CustomStringConvertible {
  /// One line for a person, lower case, without a full stop; never holds a key.
  package var description: String {
    switch self {
    case .libraryMissing(let fault): fault.words
    case .noResources: "the system gave no thread or memory for a call"
    case .badRequest(let fault): "the request cannot be sent: \(fault.words)"
    case .couldNotResolve(let host): "no address is known for `\(host)`"
    case .couldNotConnect(let host): "nothing accepts connections at `\(host)`"
    case .tls(let host, let detail):
      detail.isEmpty
        ? "no secure connection to `\(host)`" : "no secure connection to `\(host)`: \(detail)"
    case .connectTimeout(let limit): "no connection within \(limit.words)"
    case .firstByteTimeout(let limit): "no answer began within \(limit.words)"
    case .silenceTimeout(let limit): "the answer fell silent for \(limit.words)"
    case .wholeTimeout(let limit): "no complete answer within \(limit.words)"
    case .noAnswer: "the connection was closed without an answer"
    case .reset: "the connection was reset"
    case .truncated(let received): "the answer broke off after \(received) bytes"
    case .tooLarge(.head, let limit): "the head of the answer is over \(limit) bytes"
    case .tooLarge(.body, let limit): "the answer is over \(limit) bytes"
    case .badResponse(let fault): fault.words
    case .cancelled: "the call was cancelled"
    case .shutDown: "the program is ending its calls"
    }
  }

  /// A stable name for logs and JSON.
  package var code: String {
    switch self {
    case .libraryMissing: "library_missing"
    case .noResources: "no_resources"
    case .badRequest: "bad_request"
    case .couldNotResolve: "could_not_resolve"
    case .couldNotConnect: "could_not_connect"
    case .tls: "tls"
    case .connectTimeout: "connect_timeout"
    case .firstByteTimeout: "first_byte_timeout"
    case .silenceTimeout: "silence_timeout"
    case .wholeTimeout: "whole_timeout"
    case .noAnswer: "no_answer"
    case .reset: "reset"
    case .truncated: "truncated"
    case .tooLarge: "too_large"
    case .badResponse: "bad_response"
    case .cancelled: "cancelled"
    case .shutDown: "shut_down"
    }
  }
}

extension UpstreamFailure.LibraryFault {
  fileprivate var words: String {
    switch self {
    case .absent: "libcurl is not installed: \(Self.advice)"
    case .tooOld: "the installed libcurl is older than 7.80: \(Self.advice)"
    case .broken: "the installed libcurl does not start: \(Self.advice)"
    }
  }

  private static var advice: String {
    #if os(macOS)
      "install it with `brew install curl`"
    #else
      "install it with `apt-get install libcurl4`"
    #endif
  }
}

extension UpstreamFailure.RequestFault {
  fileprivate var words: String {
    switch self {
    case .url(let fault): fault.words
    case .headerName(let name): "`\(name.oneLine)` cannot name a header"
    case .headerValue(let name): "the value of header `\(name)` has a control character"
    case .headerReserved(let name): "header `\(name)` is written by the connection itself"
    }
  }
}

extension UpstreamFailure.URLFault {
  fileprivate var words: String {
    switch self {
    case .scheme: "its address does not start with `http://` or `https://`"
    case .host: "its address names no host"
    case .credentials: "its address has a name or password in it"
    case .characters: "its address has a blank or a control character"
    case .malformed: "its address is malformed"
    }
  }
}

extension UpstreamFailure.ResponseFault {
  fileprivate var words: String {
    switch self {
    case .notHTTP: "the answer is not well-formed HTTP"
    case .encoding(let name): "the answer is encoded as `\(name.oneLine)`, which was not asked for"
    case .other(let code): "the answer could not be read (libcurl error \(code))"
    }
  }
}

extension Duration {
  /// `250ms`, `5s`.
  fileprivate var words: String {
    let (seconds, attoseconds) = components
    let milliseconds = attoseconds / 1_000_000_000_000_000
    return milliseconds == 0 ? "\(seconds)s" : "\(seconds &* 1000 &+ milliseconds)ms"
  }
}

extension String {
  /// At most 80 characters, control characters shown as `?`.
  var oneLine: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.prefix(80).map { $0.properties.generalCategory == .control ? "?" : $0 }))
  }
}
