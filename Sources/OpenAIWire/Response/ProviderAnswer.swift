package import JSONReading

/// What came back from a provider, before anyone believed it.
package struct ProviderAnswer: Sendable {
  package var status: Int
  package var body: [UInt8]
  package var retryAfter: String?
  package var retryAfterMs: String?
  /// When it was sent, as the provider's own clock says.
  package var date: String?

  package init(
    status: Int, body: [UInt8], retryAfter: String? = nil, retryAfterMs: String? = nil,
    date: String? = nil
  ) {
    self.status = status
    self.body = body
    self.retryAfter = retryAfter
    self.retryAfterMs = retryAfterMs
    self.date = date
  }

  /// The completion in it, or the failure it amounts to.
  ///
  /// An answer the provider's filter stopped is a failure too, with what it used.
  package func read(limits: JSONLimits = JSONLimits()) throws(ProviderFailure) -> ChatResponse {
    guard (200..<300).contains(status) else { throw failure(limits: limits) }
    let response: ChatResponse
    do {
      response = try ChatResponse(body, limits: limits)
    } catch {
      throw failure(error)
    }
    return try accept(response)
  }

  /// A complete answer, streamed or not, unless the provider's filter stopped it.
  ///
  /// One that does not say why it stopped may have been cut: whole or streamed, it is none.
  package func accept(_ response: ChatResponse) throws(ProviderFailure) -> ChatResponse {
    guard response.choices.allSatisfy({ $0.finish != nil }) else {
      throw ProviderFailure(
        .unavailable, status: status, message: "the answer has no `finish_reason`",
        usage: response.usage)
    }
    guard response.finish == .contentFilter else { return response }
    throw ProviderFailure(
      .filtered, status: status, message: "the provider's filter stopped the answer",
      usage: response.usage)
  }

  /// The failure a problem of the body, or of the stream in it, amounts to.
  package func failure(_ problem: WireProblem) -> ProviderFailure {
    guard case .error(let error) = problem else {
      return ProviderFailure(.unavailable, status: status, message: problem.message)
    }
    return failure(error)
  }

  /// An answer whose status already says that it failed.
  func failure(limits: JSONLimits) -> ProviderFailure {
    if let json = try? JSONText(body, limits: limits), let error = ErrorResponse(json.root) {
      return failure(error)
    }
    return ProviderFailure(
      ProviderFailure.Kind(status: status, error: nil), status: status,
      message: "the provider answered with status \(status) and no error we can read",
      retryAfter: askedWait)
  }

  private func failure(_ error: ErrorResponse) -> ProviderFailure {
    ProviderFailure(
      ProviderFailure.Kind(status: status, error: error), status: status, message: error.message,
      error: error,
      retryAfter: askedWait ?? RetryAfter.milliseconds(in: error.message))
  }

  private var askedWait: Int64? {
    RetryAfter.milliseconds(retryAfter: retryAfter, retryAfterMs: retryAfterMs, date: date)
  }
}
