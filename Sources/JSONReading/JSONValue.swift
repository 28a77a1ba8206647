import CSimdJSON

/// One value of a ``JSONText``: two words that keep the text alive.
package struct JSONValue: Sendable {
  package let text: JSONText
  let index: Int

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case object, array, string, number, `true`, `false`, null
  }

  package var kind: Kind {
    switch node.kind {
    case CSIMDJSON_OBJECT: .object
    case CSIMDJSON_ARRAY: .array
    case CSIMDJSON_STRING: .string
    case CSIMDJSON_NUMBER: .number
    case CSIMDJSON_TRUE: .true
    case CSIMDJSON_FALSE: .false
    default: .null
    }
  }

  /// Where the value stands in the text's bytes, quotes and brackets included.
  package var range: Range<Int> { Int(node.start)..<Int(node.end) }

  /// The value exactly as it was written.
  package var raw: ArraySlice<UInt8> { text.bytes[range] }

  package var isNull: Bool { kind == .null }

  /// Nil unless the value is `true` or `false`.
  package var bool: Bool? {
    switch kind {
    case .true: true
    case .false: false
    case .object, .array, .string, .number, .null: nil
    }
  }

  /// The line, column and path: linear in the text, for messages only.
  package var place: JSONPlace {
    JSONPlace(offset: Int(node.start), in: text.bytes, path: JSONPath.of(self))
  }

  var node: csimdjson_node { text.nodes[index] }

  /// The index after this value and everything in it.
  var end: Int { Int(node.next) }

  /// True for the value itself and everything in it.
  func contains(_ other: JSONValue) -> Bool {
    index <= other.index && other.index < end
  }
}

extension csimdjson_node {
  var kind: csimdjson_kind { csimdjson_kind(rawValue: info & UInt32(CSIMDJSON_KIND_MASK)) }

  /// A string with at least one escape.
  var isEscaped: Bool { info & UInt32(CSIMDJSON_ESCAPED) != 0 }
}
