import CSimdJSON

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
    guard kind == .object else { return nil }
    var hasEscapes = false
    var key = index + 1
    while key < end {
      if text.spells(key, name) { return JSONValue(text: text, index: key + 1) }
      hasEscapes = hasEscapes || text.nodes[key].isEscaped
      key = Int(text.nodes[key + 1].next)
    }
    return hasEscapes ? self[named: String(describing: name)] : nil
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
