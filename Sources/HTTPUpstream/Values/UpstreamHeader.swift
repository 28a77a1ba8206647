/// A header line of a request.
package struct UpstreamHeader: Sendable {
  package enum Value: Sendable {
    case text(String)
    /// A key after an open prefix, as in `Bearer …`.
    case secret(prefix: String, Secret)
  }

  package let name: String
  package let value: Value

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = .text(value)
  }

  package init(_ name: String, prefix: String = "", secret: Secret) {
    self.name = name
    self.value = .secret(prefix: prefix, secret)
  }

  /// `Authorization: Bearer …`, as most providers want their key.
  package static func bearer(_ key: Secret) -> UpstreamHeader {
    UpstreamHeader("Authorization", prefix: "Bearer ", secret: key)
  }
}

extension UpstreamHeader {
  /// The name in lower case.
  ///
  /// - Throws: `UpstreamFailure.badRequest` for a name that is no token, and the names libcurl must
  ///   write itself because they say where the body ends.
  func checkedName() throws(UpstreamFailure) -> String {
    let lowered = name.lowercased()
    guard !name.isEmpty, name.utf8.span.allSatisfy(\.isTokenByte) else {
      throw .badRequest(.headerName(lowered))
    }
    guard !Self.reserved.contains(lowered) else { throw .badRequest(.headerReserved(lowered)) }
    return lowered
  }

  /// The line as it is sent, of a header whose name has been checked.
  ///
  /// The one place that reads a secret.
  ///
  /// - Throws: `UpstreamFailure.badRequest` for a value that could end the line.
  func line(named lowered: String) throws(UpstreamFailure) -> String {
    let text =
      switch value {
      case .text(let text): text
      case .secret(let prefix, let secret): prefix + secret.revealed()
      }
    guard text.utf8.span.allSatisfy(\.isHeaderValueByte) else {
      throw .badRequest(.headerValue(lowered))
    }
    // libcurl reads `Name:` as "leave this header out" and `Name;` as an empty one.
    return text.utf8.span.allSatisfy(\.isBlank) ? name + ";" : name + ": " + text
  }

  /// So few that looking through them is cheaper than hashing a name.
  private static let reserved = [
    "connection", "content-length", "expect", "host", "te", "trailer", "transfer-encoding",
    "upgrade",
  ]
}

extension Span<UInt8> {
  fileprivate func allSatisfy(_ isFine: (UInt8) -> Bool) -> Bool {
    for place in indices where !isFine(self[place]) { return false }
    return true
  }
}

extension UInt8 {
  /// `tchar` of RFC 9110.
  fileprivate var isTokenByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    case UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "*"),
      UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "^")...UInt8(ascii: "`"),
      UInt8(ascii: "|"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  /// No control byte but the tab: neither CR nor LF nor NUL may get into a line.
  fileprivate var isHeaderValueByte: Bool { self == 0x09 || (self >= 0x20 && self != 0x7F) }

  fileprivate var isBlank: Bool { self == 0x09 || self == 0x20 }
}
