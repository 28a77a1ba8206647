/// A key as a request carries it: good for one look-up, and cannot be printed.
package struct PresentedKey: Sendable {
  let bytes: [UInt8]

  /// The header fields a key may stand in; each says the same thing.
  package static let fields = ["authorization", "api-key", "x-api-key"]

  /// Longer than any key this project makes, and short enough to be hashed for a stranger.
  static let mostBytes = 512

  /// Nil for an empty text and one that is too long to be a key.
  package init?(_ text: String) { self.init(text.utf8[...]) }

  private init?(_ text: Substring.UTF8View) {
    let count = text.count
    guard count > 0, count <= Self.mostBytes else { return nil }
    bytes = Array(text)
  }

  /// The one key of a request.
  ///
  /// - Parameter values: all values of the header field of this lower-case name, in order.
  /// - Throws: ``KeyRefusal`` where there is none, where a field is no key, and where two fields
  ///   differ: which of them counts would depend on who reads them.
  package init(_ values: (_ name: String) -> [String]) throws(KeyRefusal) {
    var found: PresentedKey?
    for field in Self.fields {
      for value in values(field) {
        let text = field == "authorization" ? try Self.token(of: value) : value.utf8[...]
        guard let key = PresentedKey(text.trimmingSpaces) else { throw .malformed(field: field) }
        if let found, found.bytes != key.bytes { throw .twoKeys }
        found = key
      }
    }
    guard let found else { throw .none }
    self = found
  }

  private static func token(of value: String) throws(KeyRefusal) -> Substring.UTF8View {
    let line = value.utf8[...].trimmingSpaces
    let scheme = line.prefix { $0 != UInt8(ascii: " ") }
    // A letter of either case is one bit away from the other.
    guard scheme.count == 6, zip(scheme, "bearer".utf8).allSatisfy({ $0 | 0x20 == $1 }) else {
      throw .malformed(field: "authorization")
    }
    return line[scheme.endIndex...].trimmingSpaces
  }
}

extension PresentedKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "***" }
  package var debugDescription: String { "***" }
  package var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

extension Substring.UTF8View {
  /// Without spaces and tabs at either end.
  fileprivate var trimmingSpaces: Substring.UTF8View {
    func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    var rest = drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest = rest.dropLast() }
    return rest
  }
}
