package import JSONReading

/// Why a request, an answer or a stream cannot be read as one of chat completions.
package enum WireProblem: Error, Hashable, Sendable {
  // MARK: A request

  /// The body is no JSON we accept.
  case json(JSONProblem)
  case wrongType(JSONPlace, found: JSONValue.Kind, wanted: String)
  case badValue(JSONPlace, found: String, wanted: String)
  case missing(JSONPlace)
  /// Two fields say different things; the place is the second's.
  case conflict(JSONPlace, with: String)

  // MARK: An answer

  case emptyBody
  /// A page for people, where a gateway or a proxy answered instead of the model.
  case html
  /// JSON that stops in the middle.
  case cutOff(JSONProblem)
  case notJSON(JSONProblem)
  /// JSON, but no completion.
  case notACompletion(JSONPlace, wanted: String)
  /// An error object, whatever the status said.
  case error(ErrorResponse)

  // MARK: A stream

  case eventTooLarge(limit: Int)
  case streamTooLarge(limit: Int)
  /// The stream ended before the answer did.
  case streamCutOff
}
