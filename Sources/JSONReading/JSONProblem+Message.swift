extension JSONProblem {
  /// A stable name in snake case.
  package var code: String {
    switch reason {
    case .empty: "json_empty"
    case .unexpectedEnd: "json_incomplete"
    case .unexpected, .trailing, .badNumber, .badWord, .badEscape, .controlCharacter,
      .unterminatedString:
      "json_syntax"
    case .loneSurrogate, .invalidUTF8: "json_encoding"
    case .duplicateKey: "json_duplicate_key"
    case .tooDeep, .tooLarge, .tooManyValues, .noMemory: "json_too_large"
    }
  }

  /// One line: what is wrong, without the place.
  package var message: String {
    switch reason {
    case .empty: "there is no JSON here"
    case .unexpectedEnd: "the JSON ends before it is complete"
    case .unexpected(let found, let wanted): "\(Self.shown(found)) where \(wanted.words) must stand"
    case .trailing: "something follows the JSON value"
    case .badNumber(let text): "`\(text)` is not a number of JSON"
    case .badWord(let text): "`\(text)` is not a value of JSON"
    case .badEscape: "unknown escape in a string"
    case .loneSurrogate: "half a surrogate pair in a string"
    case .controlCharacter(let byte): "\(Self.shown(byte)) inside a string must be escaped"
    case .unterminatedString: "the string never ends"
    case .invalidUTF8: "the text is not valid UTF-8"
    case .duplicateKey(let key, let first):
      "the key `\(key)` stands here for the second time, first on line \(first.line), "
        + "column \(first.column)"
    case .tooDeep(let limit): "more than \(limit) containers in each other"
    case .tooLarge(let limit): "more than \(limit) bytes"
    case .tooManyValues(let limit): "more than \(limit) values"
    case .noMemory: "not enough memory to read the JSON"
    }
  }

  /// One line: where, then what.
  package var description: String { "\(place.words): \(message)" }

  private static func shown(_ byte: UInt8) -> String {
    switch byte {
    case 0x21...0x7E: "`\(Unicode.Scalar(byte))`"
    case 0x20: "a space"
    case 0x09: "a tab"
    case 0x0A, 0x0D: "a line break"
    case 0x00..<0x20, 0x7F: "a control character"
    default: "a character outside ASCII"
    }
  }
}

extension JSONProblem.Wanted {
  var words: String {
    switch self {
    case .value: "a value"
    case .key: "a key in double quotes"
    case .colon: "a colon"
    case .commaOrBracket: "a comma or `]`"
    case .commaOrBrace: "a comma or `}`"
    }
  }
}

extension JSONPlace {
  /// As `line 3, column 14 (byte 61), at messages[2].content`.
  package var words: String {
    let numbers = "line \(line), column \(column) (byte \(offset))"
    return path.isEmpty ? numbers : "\(numbers), at \(path)"
  }
}
