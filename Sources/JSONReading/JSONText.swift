import CSimdJSON

/// A JSON text that was read once: every value knows its bytes.
///
/// Holds the text as it came and, for each value and key, where it starts and ends, so that what
/// nobody understands can be passed on byte for byte and no number loses a digit. Immutable; values
/// taken from it keep it alive. Reading is linear in the text, but for objects with many keys, which
/// are sorted once to find duplicates.
package final class JSONText: Sendable {
  package let bytes: [UInt8]
  let nodes: [csimdjson_node]

  /// Reads one JSON value with nothing but white space around it.
  ///
  /// Stricter than the grammar: duplicate keys, lone surrogates and invalid UTF-8 are refused, and
  /// so is what exceeds the limits.
  package init(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONProblem) {
    guard bytes.count <= limits.bytes else {
      throw JSONProblem(.tooLarge(limit: limits.bytes), atEndOf: bytes)
    }
    let (nodes, failure) = Self.read(bytes, values: limits.values)
    if let failure {
      throw JSONProblem(failure, nodes: nodes, bytes: bytes, limits: limits)
    }
    self.bytes = bytes
    self.nodes = nodes
  }

  /// Reads the bytes of a text.
  package convenience init(
    _ text: some StringProtocol, limits: JSONLimits = JSONLimits()
  ) throws(JSONProblem) {
    try self.init(Array(text.utf8), limits: limits)
  }

  package var root: JSONValue { JSONValue(text: self, index: 0) }

  /// The nodes that were read, and the error that stopped the reading.
  private static func read(
    _ bytes: [UInt8], values limit: Int
  ) -> (nodes: [csimdjson_node], failure: csimdjson_error?) {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      // An empty array has no address; the reader looks at no byte of it.
      guard let start = buffer.baseAddress else {
        var failure = csimdjson_error()
        failure.code = CSIMDJSON_EMPTY.rawValue
        return ([], failure)
      }
      return unsafe withUnsafeTemporaryAllocation(of: csimdjson_error.self, capacity: 1) { errors in
        guard let error = errors.baseAddress else { return ([], nil) }
        let needed = unsafe Int(csimdjson_index(start, buffer.count, error))
        guard unsafe error.pointee.code == CSIMDJSON_OK.rawValue else {
          return unsafe ([], error.pointee)
        }
        let capacity = min(needed, limit)
        let nodes = unsafe [csimdjson_node](unsafeUninitializedCapacity: capacity) { nodes, count in
          guard let first = nodes.baseAddress else { return }
          unsafe count = Int(
            csimdjson_walk(start, buffer.count, first, UInt32(clamping: capacity), error))
        }
        let succeeded = unsafe error.pointee.code == CSIMDJSON_OK.rawValue
        return unsafe (nodes, succeeded ? nil : error.pointee)
      }
    }
  }
}

/// How much a text may ask of the reader.
///
/// The depth is fixed: 64 containers in each other.
package struct JSONLimits: Hashable, Sendable {
  /// The most bytes a text may have; at most 2^31 - 1.
  package var bytes: Int
  /// The most values and keys a text may have.
  package var values: Int

  package static let depth = Int(CSIMDJSON_MAX_DEPTH)

  package init(bytes: Int = 10 << 20, values: Int = 2_000_000) {
    self.bytes = min(max(bytes, 0), Int(Int32.max))
    self.values = max(values, 1)
  }
}
