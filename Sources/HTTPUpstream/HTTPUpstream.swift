/// Calls to model providers: HTTP and HTTPS over libcurl, on one thread of its own.
///
/// Connections are kept and used again; HTTPS speaks HTTP/2 where the other side does. Redirects
/// are not followed, no proxy is taken from the environment, no other protocol is spoken, and a
/// request is never sent twice: a connection that dies unanswered is a failure for the caller to
/// judge, because a repeated call may be paid for twice.
///
/// libcurl is opened by the first call. The thread ends with `shutdown()` or with this object;
/// answers still under way then end in `UpstreamFailure.shutDown`.
package final class HTTPUpstream: Sendable {
  /// What holds for every call.
  package struct Configuration: Sendable {
    /// A PEM file with the certificates to trust instead of the system's; nil for the system's.
    package var certificateFile: String?
    /// The proxy every call goes through, as `http://host:port`; nil for none.
    ///
    /// The environment's `http_proxy` and the like are never looked at.
    package var proxy: String?
    /// Names or paths of libcurl, in the order they are tried.
    package var libraryNames: [String]

    package init(
      certificateFile: String? = nil, proxy: String? = nil,
      libraryNames: [String] = Configuration.usualLibraryNames
    ) {
      self.certificateFile = certificateFile
      self.proxy = proxy
      self.libraryNames = libraryNames
    }

    package static var usualLibraryNames: [String] { CurlLibrary.usualNames }
  }

  private let driver: CurlDriver

  package init(configuration: Configuration = Configuration()) {
    driver = CurlDriver(configuration: configuration)
  }

  deinit { driver.stop() }

  /// Sends a request and returns as soon as the head of the answer is here; the body follows.
  ///
  /// Any status is an answer, not a failure. Cancelling the task, or letting go of the answer's
  /// body before its end, closes the connection.
  package func send(
    _ request: UpstreamRequest
  ) async throws(UpstreamFailure) -> UpstreamResponse {
    let transfer = Transfer(collects: false)
    let head = try await driver.perform(request, as: transfer)
    return UpstreamResponse(head: head, body: UpstreamBody(transfer: transfer, driver: driver))
  }

  /// Sends a request and returns when the whole answer is here.
  ///
  /// Cheaper than `send` and `collect` for a body that is not streamed: one hop to the thread and
  /// one back. Cancelling the task closes the connection.
  package func sendWhole(
    _ request: UpstreamRequest
  ) async throws(UpstreamFailure) -> UpstreamAnswer {
    let transfer = Transfer(collects: true)
    let head = try await driver.perform(request, as: transfer)
    return UpstreamAnswer(head: head, body: transfer.takeAll(), timing: transfer.timing ?? .none)
  }

  /// Ends every call under way and waits for the thread's end.
  ///
  /// Later calls fail with `shutDown`.
  package func shutdown() { driver.stop() }
}
