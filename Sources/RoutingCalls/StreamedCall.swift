import HTTPUpstream
import OpenAIWire
import PolicyUnits

/// A call whose answer is streamed so that its first token can be timed.
struct StreamedCall {
  private let client: HTTPUpstream
  private let request: UpstreamRequest
  private let limit: Milliseconds

  init(_ client: HTTPUpstream, _ request: UpstreamRequest, firstToken limit: Milliseconds) {
    self.client = client
    self.request = request
    self.limit = limit
  }

  /// The whole answer.
  ///
  /// Throws `UpstreamFailure.firstByteTimeout` if no token came in time; a provider's failure or a
  /// problem of the stream is a `ProviderFailure`.
  /// `firstContent` is when the first token came.
  func answer(firstContent: inout Milliseconds?) async throws -> ReadAnswer {
    let clock = ContinuousClock()
    let start = clock.now
    var (started, stream) = try await firstToken()
    firstContent = Milliseconds(since: start, clock)
    while let piece = try await started.body.next() { _ = stream.feed(piece) }
    let answer = ProviderAnswer(started.head, body: [])
    do {
      return ReadAnswer(response: try answer.accept(stream.finish()), status: started.status)
    } catch let problem as WireProblem {
      throw answer.failure(problem)
    }
  }

  /// Races the first content against the clock; whichever loses is cancelled.
  private func firstToken() async throws -> (UpstreamResponse, ChatStream) {
    try await withThrowingTaskGroup(of: (UpstreamResponse, ChatStream)?.self) { group in
      group.addTask { try await self.untilContent() }
      group.addTask {
        try await Task.sleep(for: limit.duration)
        return nil
      }
      defer { group.cancelAll() }
      guard let first = try await group.next(), let started = first else {
        throw UpstreamFailure.firstByteTimeout(after: limit.duration)
      }
      return started
    }
  }

  private func untilContent() async throws -> (UpstreamResponse, ChatStream) {
    let response = try await client.send(request)
    guard (200..<300).contains(response.status) else {
      let body = try await response.body.collect()
      _ = try ProviderAnswer(response.head, body: body).read()
      throw UpstreamFailure.badResponse(.notHTTP)
    }
    var stream = ChatStream()
    while stream.text.isEmpty, !stream.isDone, stream.problem == nil,
      let piece = try await response.body.next()
    {
      _ = stream.feed(piece)
    }
    return (response, stream)
  }
}
