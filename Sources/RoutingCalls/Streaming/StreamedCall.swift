import HTTPUpstream
import OpenAIWire

/// A call whose answer is streamed, until it has begun.
struct StreamedCall {
  let client: HTTPUpstream
  let request: UpstreamRequest
  /// How many answers are asked for.
  let choices: Int
  /// Whether the whole is asked for what was written.
  let keepsTexts: Bool

  /// The answer, as soon as something of substance has come.
  ///
  /// Throws `UpstreamFailure.firstByteTimeout` if that took longer than the request's `opening`; a
  /// status that says no is a `ProviderFailure`.
  func open() async throws -> StreamedAnswer {
    let response = try await client.send(request)
    guard (200..<300).contains(response.status) else { throw try await refusal(response) }
    let answer = StreamedAnswer(response, choices: choices, keepsTexts: keepsTexts)
    try await answer.untilSubstance()
    return answer
  }

  /// A function of its own: a task keeps the room of its deepest call, so that of most is not deep.
  @inline(never)
  private func refusal(_ response: UpstreamResponse) async throws -> UpstreamFailure {
    let body = try await response.body.collect()
    _ = try ProviderAnswer(response.head, body: body).read()
    return .badResponse(.notHTTP)
  }
}
