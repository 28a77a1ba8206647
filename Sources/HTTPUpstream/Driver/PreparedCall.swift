/// A request that has been checked and put into the form libcurl takes.
struct PreparedCall: Sendable {
  /// What a handle may keep for the next call that is like this one.
  struct Settings: Equatable, Sendable {
    let url: String
    let headerLines: [String]
    let method: UpstreamRequest.Method
    let isSecure: Bool
    let connectLimit: Duration
    let bodyLimit: Int
    let wantsNewConnection: Bool
  }

  let transfer: Transfer
  let settings: Settings
  /// Host and port, for messages.
  let host: String
  /// What must not show in a foreign text that is passed on.
  let secrets: [Secret]
  let body: [UInt8]
  let deadlines: UpstreamDeadlines
  let limits: UpstreamLimits

  init(_ request: UpstreamRequest, as transfer: Transfer) throws(UpstreamFailure) {
    let address = try Address(request.url)
    var lines: [String] = []
    var secrets: [Secret] = []
    lines.reserveCapacity(request.headers.count + 2)
    for header in request.headers {
      lines.append(try header.line())
      if case .secret(_, let secret) = header.value { secrets.append(secret) }
    }
    // Without this libcurl asks a server for leave before a large body, and waits a second for it.
    lines.append("Expect:")
    // libcurl would claim that the body is a web form.
    let named = request.headers.contains { $0.name.lowercased() == "content-type" }
    if !named { lines.append("Content-Type:") }
    self.transfer = transfer
    settings = Settings(
      url: request.url, headerLines: lines, method: request.method, isSecure: address.isSecure,
      connectLimit: request.deadlines.connect, bodyLimit: request.limits.body,
      wantsNewConnection: request.wantsNewConnection)
    host = address.host
    self.secrets = secrets
    body = request.body
    deadlines = request.deadlines
    limits = request.limits
  }

  /// A foreign text fit to be shown: one line, with every key of this call blanked out.
  func cleaned(_ text: String) -> String {
    var text = text
    for secret in secrets { text = secret.blankedOut(in: text) }
    return text.oneLine
  }
}

private struct Address {
  let isSecure: Bool
  let host: String

  init(_ url: String) throws(UpstreamFailure) {
    guard url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw .badRequest(.url(.characters))
    }
    let scheme = url.utf8.prefix(8).map { $0 | 0x20 }
    isSecure = scheme.elementsEqual("https://".utf8)
    guard isSecure || scheme.starts(with: "http://".utf8) else { throw .badRequest(.url(.scheme)) }
    let rest = url.utf8.dropFirst(isSecure ? 8 : 7)
    let authority = rest.prefix { !Self.endsAuthority($0) }
    guard !authority.contains(UInt8(ascii: "@")) else { throw .badRequest(.url(.credentials)) }
    guard let first = authority.first, first != UInt8(ascii: ":") else {
      throw .badRequest(.url(.host))
    }
    host = String(Substring(authority))
  }

  private static func endsAuthority(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
  }
}
