/// Members in one call: a key and its value.
extension JSONWriter {
  package mutating func member(_ name: String, _ value: String) {
    key(name)
    string(value)
  }

  package mutating func member(_ name: String, _ value: some StringProtocol) {
    member(name, String(value))
  }

  package mutating func member(_ name: String, _ value: some BinaryInteger) {
    key(name)
    integer(value)
  }

  package mutating func member(_ name: String, _ value: Bool) {
    key(name)
    bool(value)
  }

  package mutating func member(_ name: String, millionths value: Int64) {
    key(name)
    number(millionths: value)
  }

  package mutating func member(_ name: String, raw json: some Collection<UInt8>) {
    key(name)
    raw(json)
  }

  /// Writes `null` where there is no value, so that a reader can count on the member.
  package mutating func member(_ name: String, orNull value: String?) {
    key(name)
    if let value { string(value) } else { null() }
  }

  /// Writes `null` where there is no value, so that a reader can count on the member.
  package mutating func member(_ name: String, orNull value: (some BinaryInteger)?) {
    key(name)
    if let value { integer(value) } else { null() }
  }

  package mutating func object(_ name: String, _ members: (inout JSONWriter) -> Void) {
    key(name)
    object(members)
  }

  package mutating func array(_ name: String, _ elements: (inout JSONWriter) -> Void) {
    key(name)
    array(elements)
  }
}
