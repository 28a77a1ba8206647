import JSONReading

/// Values of a wanted type, or an error that names the path, what was found and what is wanted.
extension JSONValue {
  func wanted(_ words: String) -> WireProblem {
    .wrongType(place, found: kind, wanted: words)
  }

  func wantedString() throws(WireProblem) -> String {
    guard let string else { throw wanted("a string") }
    return string
  }

  func wantedFlag() throws(WireProblem) -> Bool {
    guard let bool else { throw wanted("true or false") }
    return bool
  }

  /// A whole number within limits.
  func wantedInteger(_ limits: ClosedRange<Int64>) throws(WireProblem) -> Int64 {
    guard kind == .number else { throw wanted("a whole number") }
    guard let integer, limits.contains(integer) else {
      throw .badValue(place, found: shown, wanted: Self.words(of: limits))
    }
    return integer
  }

  /// A number within limits, in millionths; what lies between two millionths is rounded.
  func wantedMillionths(upTo limit: Int64) throws(WireProblem) -> Int64 {
    guard kind == .number else { throw wanted("a number") }
    guard let millionths, (0...limit).contains(millionths) else {
      throw .badValue(place, found: shown, wanted: "a number from 0 to \(limit / 1_000_000)")
    }
    return millionths
  }

  func wantedObject() throws(WireProblem) {
    guard kind == .object else { throw wanted("an object") }
  }

  func wantedArray() throws(WireProblem) {
    guard kind == .array else { throw wanted("an array") }
  }

  /// A member that must be there.
  func wantedMember(_ name: StaticString) throws(WireProblem) -> JSONValue {
    guard let member = self[name] else { throw missing(String(describing: name)) }
    return member
  }

  func missing(_ name: String) -> WireProblem {
    var place = place
    place.path += place.path.isEmpty ? name : ".\(name)"
    return .missing(place)
  }

  /// The value as it was written, cut to a length that fits a message.
  var shown: String {
    let text = String(decoding: raw.prefix(40), as: UTF8.self)
    return raw.count > 40 ? "`\(text)…`" : "`\(text)`"
  }

  private static func words(of limits: ClosedRange<Int64>) -> String {
    switch (limits.lowerBound, limits.upperBound) {
    case (.min, .max): "a whole number of 64 bits"
    case (let low, .max): "a whole number from \(low) up"
    case (let low, let high): "a whole number from \(low) to \(high)"
    }
  }
}

extension JSONText {
  func wantedString(_ node: JSONNode) throws(WireProblem) -> String {
    guard let string = string(node) else { throw value(node).wanted("a string") }
    return string
  }

  func wantedFlag(_ node: JSONNode) throws(WireProblem) -> Bool {
    guard let bool = bool(node) else { throw value(node).wanted("true or false") }
    return bool
  }
}
