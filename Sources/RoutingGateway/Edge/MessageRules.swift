import NIOHTTP1

/// What a request's head must be for two readers never to understand it differently.
///
/// The parser before this one is strict; what it lets pass and a proxy may read otherwise ends here.
struct MessageRules {
  let limits: GatewayLimits

  func check(_ head: HTTPRequestHead) throws(APIProblem) {
    try checkSize(head.headers)
    guard head.version == .http1_1 || head.version == .http1_0 else {
      throw .malformed("HTTP/1.1 is spoken here")
    }
    try checkTarget(head.uri)
    switch head.method {
    case .CONNECT, .TRACE: throw .malformed("`\(head.method.rawValue)` is not for this server")
    default: break
    }
    try checkValues(head.headers)
    try checkHost(head.headers, isNeeded: head.version == .http1_1)
    try checkFraming(head)
    try checkConnection(head.headers)
    let expected = head.headers["expect"]
    guard expected.allSatisfy({ $0.lowercased() == "100-continue" }) else {
      throw .malformed("`expect` can only be `100-continue`", status: 417)
    }
  }

  /// Four bytes beside the name and the value of each: `: ` and the line's end.
  private func checkSize(_ headers: HTTPHeaders) throws(APIProblem) {
    guard headers.count <= limits.headerCount else {
      throw .tooManyHeaders("more than \(limits.headerCount) headers")
    }
    let bytes = headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
    guard bytes <= limits.headerBytes else {
      throw .tooManyHeaders("more than \(limits.headerBytes) bytes of headers")
    }
  }

  /// A path of this server, as it stands: no other server's address, no fragment, no space.
  private func checkTarget(_ target: String) throws(APIProblem) {
    guard target.utf8.first == UInt8(ascii: "/"),
      target.isMade(of: { $0 >= 0x21 && $0 <= 0x7E && $0 != UInt8(ascii: "#") })
    else { throw .malformed("the target is no path") }
  }

  private func checkValues(_ headers: HTTPHeaders) throws(APIProblem) {
    for (name, value) in headers {
      guard !name.isEmpty, name.isMade(of: Self.isToken) else {
        throw .malformed("a header's name is not one")
      }
      guard value.isMade(of: { $0 == 9 || ($0 >= 0x20 && $0 != 0x7F) }) else {
        throw .malformed("the header `\(name.prefix(40))` has a control character")
      }
    }
  }

  private func checkHost(_ headers: HTTPHeaders, isNeeded: Bool) throws(APIProblem) {
    let hosts = headers["host"]
    guard hosts.count <= 1, let host = hosts.first ?? (isNeeded ? nil : "none") else {
      throw .malformed("one `host` is needed")
    }
    guard !host.isEmpty, host.isMade(of: Self.isOfHost) else {
      throw .malformed("`host` names no host")
    }
  }

  /// Where the body ends is said once, in one way.
  private func checkFraming(_ head: HTTPRequestHead) throws(APIProblem) {
    let lengths = head.headers["content-length"]
    let codings = head.headers["transfer-encoding"]
    guard lengths.count + codings.count <= 1 else {
      throw .malformed("the length of the body is said more than once")
    }
    if let length = lengths.first {
      guard (1...18).contains(length.utf8.count),
        length.isMade(of: { (0x30...0x39).contains($0) })
      else { throw .malformed("`content-length` is no length") }
    }
    if let coding = codings.first {
      guard coding.lowercased() == "chunked" else {
        throw .malformed("`transfer-encoding` can only be `chunked`")
      }
      guard head.version == .http1_1 else { throw .malformed("HTTP/1.0 has no chunks") }
    }
  }

  /// A header that a proxy is asked to take away must not be one the message depends on.
  private func checkConnection(_ headers: HTTPHeaders) throws(APIProblem) {
    for value in headers["connection"] {
      let names = value.split(separator: ",").map {
        $0.filter { $0 != " " && $0 != "\t" }.lowercased()
      }
      guard names.allSatisfy({ !Self.needed.contains($0) }) else {
        throw .malformed("`connection` names a header the message depends on")
      }
    }
  }

  private static let needed: Set<String> = [
    "content-length", "transfer-encoding", "host", "authorization", "content-encoding",
  ]

  private static func isToken(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
  }

  private static func isOfHost(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || ".-_:[]".utf8.contains(byte)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}

extension String {
  /// Whether each byte is one of these; looks at them where they lie, asking no iterator.
  fileprivate func isMade(of isOne: (UInt8) -> Bool) -> Bool {
    let bytes = utf8.span
    for place in bytes.indices where !isOne(bytes[place]) { return false }
    return true
  }
}
