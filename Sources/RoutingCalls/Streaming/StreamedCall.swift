import HTTPUpstream
import OpenAIWire
import PolicyUnits

/// A call whose answer is streamed, until it has begun.
struct StreamedCall {
  let client: HTTPUpstream
  let request: UpstreamRequest
  /// How long its first token may take; nil for as long as its provider has for the first byte.
  let firstToken: Milliseconds?
  /// How long it may be silent once it has begun to say something.
  let silence: Duration
  /// How many answers are asked for.
  let choices: Int
  /// Whether the whole is asked for what was written.
  let keepsTexts: Bool

  /// The answer, as soon as something of substance has come.
  ///
  /// Throws `UpstreamFailure.firstByteTimeout` if that took too long; a status that says no is a
  /// `ProviderFailure`.
  func open() async throws -> StreamedAnswer {
    if let firstToken { try await begun(within: firstToken) } else { try await begun() }
  }

  // Functions of their own: a task keeps the room of its deepest call, so that of most is not deep.

  @inline(never)
  private func begun(within firstToken: Milliseconds) async throws -> StreamedAnswer {
    try await withThrowingTaskGroup(of: StreamedAnswer?.self) { group in
      group.addTask { try await begun() }
      group.addTask {
        try await Task.sleep(for: firstToken.duration)
        return nil
      }
      defer { group.cancelAll() }
      guard let first = try await group.next(), let started = first else {
        throw UpstreamFailure.firstByteTimeout(after: firstToken.duration)
      }
      return started
    }
  }

  @inline(never)
  private func begun() async throws -> StreamedAnswer {
    let response = try await client.send(request)
    guard (200..<300).contains(response.status) else { throw try await refusal(response) }
    var answer = StreamedAnswer(
      response, silence: silence, choices: choices, keepsTexts: keepsTexts)
    try await answer.untilSubstance()
    return answer
  }

  @inline(never)
  private func refusal(_ response: UpstreamResponse) async throws -> UpstreamFailure {
    let body = try await response.body.collect()
    _ = try ProviderAnswer(response.head, body: body).read()
    return .badResponse(.notHTTP)
  }
}
