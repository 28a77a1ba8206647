/// Why a call gave no complete answer.
///
/// Facts only; `UpstreamFailure+Words.swift` has the words.
package enum UpstreamFailure: Error, Hashable, Sendable {
  /// libcurl is not installed, or cannot be used as it is.
  case libraryMissing(LibraryFault)
  /// The system gave no thread or no memory.
  case noResources
  /// The request itself cannot be sent.
  case badRequest(RequestFault)

  case couldNotResolve(host: String)
  case couldNotConnect(host: String)
  /// No trusted and working TLS with the other side; `detail` is the TLS library's.
  case tls(host: String, detail: String)
  case connectTimeout(after: Duration)
  case firstByteTimeout(after: Duration)
  case silenceTimeout(after: Duration)
  case wholeTimeout(after: Duration)

  /// The connection was closed without one byte of an answer. On a `reused` connection the other
  /// side may never have seen the request, so that sending it again is often right.
  case noAnswer(reused: Bool)
  /// The connection was reset while the request or the answer was under way.
  case reset(reused: Bool)
  /// The connection ended before the announced end of the body.
  case truncated(received: Int)
  case tooLarge(Part, limit: Int)
  /// What came is not HTTP as it should be.
  case badResponse(ResponseFault)

  /// The caller's task was cancelled.
  case cancelled
  /// The upstream was shut down.
  case shutDown

  package enum LibraryFault: Hashable, Sendable {
    case absent
    case tooOld
    case broken
  }

  package enum RequestFault: Hashable, Sendable {
    case url(URLFault)
    case headerName(String)
    case headerValue(String)
    case headerReserved(String)
  }

  package enum URLFault: Hashable, Sendable {
    case scheme
    case host
    case credentials
    case characters
    /// libcurl's own rules refuse it.
    case malformed
  }

  package enum Part: Hashable, Sendable {
    case head
    case body
  }

  package enum ResponseFault: Hashable, Sendable {
    /// No status line, a broken header, a bad chunk, a broken HTTP/2 frame.
    case notHTTP
    /// A content encoding nobody asked for, as `gzip`.
    case encoding(String)
    /// Anything else libcurl reports, by its number.
    case other(code: Int)
  }
}
