/// A key as a request carries it: good for one look-up, and cannot be printed.
package struct PresentedKey: Sendable {
  let bytes: [UInt8]

  /// The header fields a key may stand in; each says the same thing.
  package static let fields = ["authorization", "api-key", "x-api-key"]

  /// Longer than any key this project makes, and short enough to be hashed for a stranger.
  static let mostBytes = 512

  /// Nil for an empty text and one that is too long to be a key.
  package init?(_ text: some StringProtocol) {
    guard !text.isEmpty, text.utf8.count <= Self.mostBytes else { return nil }
    bytes = Array(text.utf8)
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
        let text = field == "authorization" ? try Self.token(of: value) : value[...]
        guard let key = PresentedKey(text.trimmingSpaces) else { throw .malformed(field: field) }
        if let found, found.bytes != key.bytes { throw .twoKeys }
        found = key
      }
    }
    guard let found else { throw .none }
    self = found
  }

  private static func token(of value: String) throws(KeyRefusal) -> Substring {
    let line = value[...].trimmingSpaces
    let scheme = line.prefix { $0 != " " }
    guard scheme.utf8.count == 6, scheme.lowercased() == "bearer" else {
      throw .malformed(field: "authorization")
    }
    return line.dropFirst(scheme.count).trimmingSpaces
  }
}

extension PresentedKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "***" }
  package var debugDescription: String { "***" }
  package var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

extension Substring {
  /// Without spaces and tabs at either end.
  fileprivate var trimmingSpaces: Substring {
    func isSpace(_ character: Character) -> Bool { character == " " || character == "\t" }
    var rest = drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return rest
  }
}
