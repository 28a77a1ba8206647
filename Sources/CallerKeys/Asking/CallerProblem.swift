/// Why a request does not say properly who asks, or says what only a key may: it is refused (400).
package enum CallerProblem: Error, Hashable, Sendable {
  /// A fact the policy reads from the key stands in the request's `metadata`.
  case keyFactInMetadata(String)
  /// A fact the policy reads from a header stands in the request's `metadata`.
  case headerFactInMetadata(String, header: String)
  /// A header field that says one thing stands there twice.
  case headerTwice(String)
  /// A user or conversation that is no line of text.
  case notAName(place: String)
  case nameTooLong(place: String)
}

extension CallerProblem {
  /// The field of the body the error is about; nil for a header.
  package var param: String? {
    switch self {
    case .keyFactInMetadata(let name), .headerFactInMetadata(let name, _): "metadata.\(name)"
    case .headerTwice: nil
    case .notAName(let place), .nameTooLong(let place): place.hasPrefix("x-") ? nil : place
    }
  }

  /// The `code` of the error object.
  package var code: String {
    switch self {
    case .keyFactInMetadata, .headerFactInMetadata: "fact_out_of_reach"
    case .headerTwice: "duplicate_header"
    case .notAName, .nameTooLong: "invalid_identity"
    }
  }
}

extension CallerProblem: CustomStringConvertible {
  /// One line that names the place and the cure.
  package var description: String {
    switch self {
    case .keyFactInMetadata(let name):
      "the fact `\(name)` is set on the caller's key and cannot come in `metadata`: leave it out"
    case .headerFactInMetadata(let name, let header):
      "the fact `\(name)` comes in the header `\(header)`, not in `metadata`: send it there"
    case .headerTwice(let name): "the header `\(name)` stands in the request twice: send it once"
    case .notAName(let place): "`\(place)` must be one line of text"
    case .nameTooLong(let place):
      "`\(place)` is longer than \(CallerReader.mostIdentityBytes) bytes: send a shorter one"
    }
  }
}
