import CSimdJSON

extension JSONValue {
  /// The text of a string, escapes decoded; nil for every other kind.
  ///
  /// Linear in its length; one copy.
  package var string: String? {
    let node = node
    guard node.kind == CSIMDJSON_STRING else { return nil }
    let isEscaped = node.isEscaped
    return unsafe text.bytes.withUnsafeBufferPointer { buffer in
      let inner = unsafe UnsafeBufferPointer(
        rebasing: buffer[(Int(node.start) + 1)..<(Int(node.end) - 1)])
      return unsafe isEscaped ? Self.unescaped(inner) : String(decoding: inner, as: UTF8.self)
    }
  }

  /// True for a string that is exactly `name`, for names without characters that need an escape.
  package func spells(_ name: StaticString) -> Bool {
    let node = node
    guard
      node.kind == CSIMDJSON_STRING,
      Int(node.end - node.start) == name.utf8CodeUnitCount + 2
    else { return false }
    let start = Int(node.start) + 1
    return unsafe text.bytes.withUnsafeBufferPointer { buffer in
      let written = unsafe UnsafeBufferPointer(
        rebasing: buffer[start..<(start + name.utf8CodeUnitCount)])
      return unsafe written.elementsEqual(
        UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }
  }

  /// The text of the inside of a string that has escapes.
  static func unescaped(_ inner: ArraySlice<UInt8>) -> String {
    unsafe inner.withUnsafeBufferPointer { unsafe unescaped($0) }
  }

  private static func unescaped(_ inner: UnsafeBufferPointer<UInt8>) -> String {
    guard let source = inner.baseAddress else { return "" }
    return unsafe String(unsafeUninitializedCapacity: inner.count) { target in
      guard let start = target.baseAddress else { return 0 }
      return unsafe csimdjson_unescape(source, inner.count, start)
    }
  }
}
