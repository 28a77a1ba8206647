import CSimdJSON

/// A value of a text by its number alone: for readers that hold the text and look at many values.
///
/// A ``JSONValue`` keeps its text alive, which costs a count up and down for each; a node does not.
package struct JSONNode: Hashable, Sendable {
  let index: Int
}

extension JSONValue {
  package var asNode: JSONNode { JSONNode(index: index) }
}

extension JSONText {
  package func value(_ node: JSONNode) -> JSONValue { JSONValue(text: self, index: node.index) }

  package func isNull(_ node: JSONNode) -> Bool { nodes[node.index].kind == CSIMDJSON_NULL }

  package func isObject(_ node: JSONNode) -> Bool { nodes[node.index].kind == CSIMDJSON_OBJECT }

  package func isArray(_ node: JSONNode) -> Bool { nodes[node.index].kind == CSIMDJSON_ARRAY }

  /// Nil unless the value is `true` or `false`.
  package func bool(_ node: JSONNode) -> Bool? {
    switch nodes[node.index].kind {
    case CSIMDJSON_TRUE: true
    case CSIMDJSON_FALSE: false
    default: nil
    }
  }

  /// The value exactly as it was written.
  package func raw(_ node: JSONNode) -> ArraySlice<UInt8> {
    bytes[Int(nodes[node.index].start)..<Int(nodes[node.index].end)]
  }

  /// The first element of an array or the first key of an object; the same node if it is empty.
  package func first(in container: JSONNode) -> JSONNode { JSONNode(index: container.index + 1) }

  /// True while a node reached from the first is still inside.
  package func contains(_ node: JSONNode, in container: JSONNode) -> Bool {
    node.index < Int(nodes[container.index].next)
  }

  /// The element after this one; after a key, the value after its value is the next key.
  package func after(_ node: JSONNode) -> JSONNode {
    JSONNode(index: Int(nodes[node.index].next))
  }

  /// The value of a key.
  package func valueOfKey(_ key: JSONNode) -> JSONNode { JSONNode(index: key.index + 1) }

  /// The number of the name a string spells; nil for every other value.
  package func number(of node: JSONNode, in names: JSONNames) -> Int? {
    names.number(of: node.index, in: self)
  }
}
