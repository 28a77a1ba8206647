import CSimdJSON

extension JSONValue {
  /// The text of a string, escapes decoded; nil for every other kind.
  ///
  /// Linear in its length; one copy.
  package var string: String? { text.string(asNode) }

  /// True for a string that is exactly `name`, for names without characters that need an escape.
  package func spells(_ name: StaticString) -> Bool { text.spells(index, name) }

  /// The text of the inside of a string that has escapes.
  static func unescaped(_ inner: ArraySlice<UInt8>) -> String {
    unsafe inner.withUnsafeBufferPointer { unsafe unescaped($0) }
  }

  fileprivate static func unescaped(_ inner: UnsafeBufferPointer<UInt8>) -> String {
    guard let source = inner.baseAddress else { return "" }
    return unsafe String(unsafeUninitializedCapacity: inner.count) { target in
      guard let start = target.baseAddress else { return 0 }
      return unsafe csimdjson_unescape(source, inner.count, start)
    }
  }
}

extension JSONText {
  /// The text of a string, escapes decoded; nil for every other kind.
  package func string(_ place: JSONNode) -> String? {
    let node = nodes[place.index]
    guard node.kind == CSIMDJSON_STRING else { return nil }
    let isEscaped = node.isEscaped
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      let inner = unsafe UnsafeBufferPointer(
        rebasing: buffer[(Int(node.start) + 1)..<(Int(node.end) - 1)])
      return unsafe isEscaped
        ? JSONValue.unescaped(inner) : String(decoding: inner, as: UTF8.self)
    }
  }

  func spells(_ index: Int, _ name: StaticString) -> Bool {
    let node = nodes[index]
    let length = name.utf8CodeUnitCount
    guard node.kind == CSIMDJSON_STRING, Int(node.end - node.start) == length + 2 else {
      return false
    }
    let start = Int(node.start) + 1
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      for offset in 0..<length where unsafe buffer[start + offset] != name.utf8Start[offset] {
        return false
      }
      return true
    }
  }
}
