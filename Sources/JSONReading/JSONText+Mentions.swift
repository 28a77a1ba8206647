import CSimdJSON

extension JSONText {
  /// Whether some string of the text, a key or a value, may be this name: false means there is none.
  ///
  /// A look before a walk: most texts do not have what the walk would look for. A string with escapes
  /// is not read; it may be the name if its length allows it. O(values).
  package func mayMention(_ name: StaticString) -> Bool {
    let length = name.utf8CodeUnitCount
    // An escape takes two to six bytes for one of the name.
    let escaped = (length + 1)...(length * 6)
    return nodes.indices.contains { index in
      let node = nodes[index]
      guard node.kind == CSIMDJSON_STRING else { return false }
      guard node.isEscaped else { return spells(index, name) }
      return escaped.contains(Int(node.end) - Int(node.start) - 2)
    }
  }
}
