package import JSONReading

extension WireProblem {
  /// A stable name in snake case.
  package var code: String {
    switch self {
    case .json(let problem): problem.code
    case .wrongType: "wrong_type"
    case .badValue: "invalid_value"
    case .missing: "missing_field"
    case .conflict: "conflicting_fields"
    case .emptyBody: "empty_answer"
    case .html: "html_answer"
    case .cutOff: "answer_cut_off"
    case .notJSON: "answer_not_json"
    case .notACompletion: "answer_malformed"
    case .error: "provider_error"
    case .eventTooLarge, .streamTooLarge: "stream_too_large"
    case .streamCutOff: "stream_cut_off"
    }
  }

  /// Where in the body, if it is about one place.
  package var place: JSONPlace? {
    switch self {
    case .json(let problem), .cutOff(let problem), .notJSON(let problem): problem.place
    case .wrongType(let place, _, _), .badValue(let place, _, _), .missing(let place),
      .conflict(let place, _), .notACompletion(let place, _):
      place
    case .emptyBody, .html, .error, .eventTooLarge, .streamTooLarge, .streamCutOff: nil
    }
  }

  /// One line: what is wrong, without the place.
  package var message: String {
    switch self {
    case .json(let problem): problem.message
    case .wrongType(let place, let found, let wanted):
      "\(place.subject) is \(found.words), it must be \(wanted)"
    case .badValue(let place, let found, let wanted):
      "\(place.subject) is \(found), it must be \(wanted)"
    case .missing(let place): "\(place.subject) is missing"
    case .conflict(let place, let other): "\(place.subject) contradicts `\(other)`"
    case .emptyBody: "the answer is empty"
    case .html: "the answer is an HTML page"
    case .cutOff: "the answer stops in the middle of its JSON"
    case .notJSON(let problem): "the answer is not JSON: \(problem.message)"
    case .notACompletion(let place, let wanted):
      "the answer is no completion: \(place.subject) must be \(wanted)"
    case .error(let error): "the provider reports: \(error.message)"
    case .eventTooLarge(let limit): "an event of the stream has more than \(limit) bytes"
    case .streamTooLarge(let limit): "the stream has more than \(limit) bytes"
    case .streamCutOff: "the stream ended before the answer did"
    }
  }

  /// One line: where, then what.
  package var description: String {
    guard let place else { return message }
    return "line \(place.line), column \(place.column) (byte \(place.offset)): \(message)"
  }
}

extension JSONPlace {
  fileprivate var subject: String { path.isEmpty ? "the body" : "`\(path)`" }
}

extension JSONValue.Kind {
  fileprivate var words: String {
    switch self {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .number: "a number"
    case .true, .false: "a boolean"
    case .null: "null"
    }
  }
}
