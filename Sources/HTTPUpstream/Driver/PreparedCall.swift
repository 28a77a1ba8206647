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
    /// What libcurl reads the answer in.
    let readSize: Int
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

  /// As little as libcurl takes.
  private static let smallestRead = 1 << 10
  private static let largestRead = 16 << 10

  init(_ request: UpstreamRequest, as transfer: Transfer) throws(UpstreamFailure) {
    let address = try Address(request.url)
    var lines: [String] = []
    var secrets: [Secret] = []
    lines.reserveCapacity(request.headers.count + 2)
    var namesContent = false
    for header in request.headers {
      let name = try header.checkedName()
      if name == "content-type" { namesContent = true }
      lines.append(try header.line(named: name))
      if case .secret(_, let secret) = header.value { secrets.append(secret) }
    }
    // Without this libcurl asks a server for leave before a large body, and waits a second for it.
    lines.append("Expect:")
    // libcurl would claim that the body is a web form.
    if !namesContent { lines.append("Content-Type:") }
    self.transfer = transfer
    settings = Settings(
      url: request.url, headerLines: lines, method: request.method, isSecure: address.isSecure,
      connectLimit: request.deadlines.connect, bodyLimit: request.limits.body,
      readSize: min(Self.largestRead, max(Self.smallestRead, request.limits.buffer / 2)),
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
    let bytes = url.utf8.span
    for place in bytes.indices where bytes[place] <= 0x20 || bytes[place] == 0x7F {
      throw .badRequest(.url(.characters))
    }
    isSecure = bytes.starts(with: "https://")
    guard isSecure || bytes.starts(with: "http://") else { throw .badRequest(.url(.scheme)) }
    let start = isSecure ? 8 : 7
    var end = start
    while end < bytes.count, !Self.endsAuthority(bytes[end]) {
      guard bytes[end] != UInt8(ascii: "@") else { throw .badRequest(.url(.credentials)) }
      end += 1
    }
    guard end > start, bytes[start] != UInt8(ascii: ":") else { throw .badRequest(.url(.host)) }
    host = String(Substring(url.utf8.dropFirst(start).prefix(end - start)))
  }

  private static func endsAuthority(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
  }
}

extension Span<UInt8> {
  /// Whether these bytes begin with a text of lower case letters and marks, whatever their own case.
  fileprivate func starts(with scheme: StaticString) -> Bool {
    guard count >= scheme.utf8CodeUnitCount else { return false }
    for place in 0..<scheme.utf8CodeUnitCount
    where unsafe self[place] | 0x20 != scheme.utf8Start[place] {
      return false
    }
    return true
  }
}
