extension JSONValue {
  /// The members of an object in written order; of anything else, none.
  package var members: JSONMembers {
    JSONMembers(parent: self, position: index + 1, end: kind == .object ? end : index)
  }

  /// The elements of an array in order; of anything else, none.
  package var elements: JSONElements {
    JSONElements(parent: self, position: index + 1, end: kind == .array ? end : index)
  }

  /// The value of a member; nil if there is none or this is no object.
  ///
  /// Linear in the number of members.
  package subscript(name: StaticString) -> JSONValue? {
    for (key, value) in members where key.spells(name) { return value }
    // A key may be spelled with escapes.
    let wanted = String(describing: name)
    for (key, value) in members where key.node.isEscaped && key.string == wanted { return value }
    return nil
  }

  /// The value of a member; nil if there is none or this is no object.
  package subscript(named name: String) -> JSONValue? {
    for (key, value) in members where key.string == name { return value }
    return nil
  }
}

/// Keys and values of an object.
package struct JSONMembers: Sequence, IteratorProtocol, Sendable {
  let parent: JSONValue
  var position: Int
  let end: Int

  package mutating func next() -> (key: JSONValue, value: JSONValue)? {
    guard position < end else { return nil }
    let key = JSONValue(text: parent.text, index: position)
    let value = JSONValue(text: parent.text, index: position + 1)
    position = value.end
    return (key, value)
  }
}

/// Elements of an array.
package struct JSONElements: Sequence, IteratorProtocol, Sendable {
  let parent: JSONValue
  var position: Int
  let end: Int

  package mutating func next() -> JSONValue? {
    guard position < end else { return nil }
    let value = JSONValue(text: parent.text, index: position)
    position = value.end
    return value
  }
}
