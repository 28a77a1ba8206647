import CSimdJSON

extension JSONProblem {
  /// An error that is about the text as a whole.
  init(_ reason: Reason, atEndOf bytes: [UInt8]) {
    self.init(reason: reason, place: JSONPlace(offset: bytes.count, in: bytes))
  }

  /// Turns the reader's error into facts.
  ///
  /// `nodes` are those read before it.
  init(
    _ failure: csimdjson_error, nodes: [csimdjson_node], bytes: [UInt8], limits: JSONLimits
  ) {
    let offset = Int(failure.offset)
    let path = JSONPath.ofError(failure, nodes: nodes, bytes: bytes)
    reason = Self.reason(failure, at: offset, bytes: bytes, limits: limits)
    place = JSONPlace(offset: offset, in: bytes, path: path)
  }

  private static func reason(
    _ failure: csimdjson_error, at offset: Int, bytes: [UInt8], limits: JSONLimits
  ) -> Reason {
    let found = offset < bytes.count ? bytes[offset] : 0
    return switch csimdjson_code(rawValue: failure.code) {
    case CSIMDJSON_EMPTY: .empty
    case CSIMDJSON_UNEXPECTED_END: .unexpectedEnd
    case CSIMDJSON_EXPECTED_VALUE: .unexpected(found: found, wanted: .value)
    case CSIMDJSON_EXPECTED_KEY: .unexpected(found: found, wanted: .key)
    case CSIMDJSON_EXPECTED_COLON: .unexpected(found: found, wanted: .colon)
    case CSIMDJSON_EXPECTED_COMMA_IN_ARRAY: .unexpected(found: found, wanted: .commaOrBracket)
    case CSIMDJSON_EXPECTED_COMMA_IN_OBJECT: .unexpected(found: found, wanted: .commaOrBrace)
    case CSIMDJSON_TRAILING: .trailing
    case CSIMDJSON_BAD_NUMBER: .badNumber(token(at: offset, in: bytes))
    case CSIMDJSON_BAD_LITERAL: .badWord(token(at: offset, in: bytes))
    case CSIMDJSON_BAD_ESCAPE: .badEscape
    case CSIMDJSON_LONE_SURROGATE: .loneSurrogate
    case CSIMDJSON_CONTROL_CHARACTER: .controlCharacter(found)
    case CSIMDJSON_UNTERMINATED_STRING: .unterminatedString
    case CSIMDJSON_BAD_UTF8: .invalidUTF8
    case CSIMDJSON_DUPLICATE_KEY:
      .duplicateKey(
        JSONPath.keyText(at: offset, in: bytes),
        first: JSONPlace(offset: Int(failure.other), in: bytes))
    case CSIMDJSON_TOO_DEEP: .tooDeep(limit: JSONLimits.depth)
    case CSIMDJSON_TOO_MANY: .tooManyValues(limit: limits.values)
    default: .noMemory
    }
  }

  /// The bare token at an offset, cut to a length that fits a message.
  private static func token(at offset: Int, in bytes: [UInt8]) -> String {
    let stops = Array(" \t\r\n,:[]{}\"".utf8)
    let token = bytes[offset...].prefix { !stops.contains($0) && $0 >= 0x20 }
    let shown = String(decoding: token.prefix(24), as: UTF8.self)
    return token.count > 24 ? shown + "…" : shown
  }
}
