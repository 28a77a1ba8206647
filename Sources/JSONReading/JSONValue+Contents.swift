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
    switch text.member(name, of: index) {
    case .value(let place): return JSONValue(text: text, index: place)
    case .none: return nil
    case .unknown: return self[named: String(describing: name)]
    }
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

extension JSONText {
  fileprivate enum Member {
    case value(Int)
    case none
    /// No key is written like this; one with escapes may mean it.
    case unknown
  }

  /// Looks for a name among the keys of an object as they are written, without touching the text of
  /// those that have another length.
  fileprivate func member(_ name: StaticString, of object: Int) -> Member {
    let length = UInt32(clamping: name.utf8CodeUnitCount) + 2
    let end = Int(nodes[object].next)
    var hasEscapes = false
    var key = object + 1
    while key < end {
      let node = nodes[key]
      if node.end - node.start == length, spells(key, name) { return .value(key + 1) }
      hasEscapes = hasEscapes || node.isEscaped
      key = Int(nodes[key + 1].next)
    }
    return hasEscapes ? .unknown : .none
  }
}
