/// A request that has been checked and put into the form libcurl takes.
struct PreparedCall: Sendable {
  let transfer: Transfer
  let method: UpstreamRequest.Method
  let url: String
  /// Host and port, for messages.
  let host: String
  let isSecure: Bool
  let headerLines: [String]
  /// What must not show in a foreign text that is passed on.
  let secrets: [Secret]
  let body: [UInt8]
  let deadlines: UpstreamDeadlines
  let limits: UpstreamLimits
  let wantsNewConnection: Bool

  init(_ request: UpstreamRequest, as transfer: Transfer) throws(UpstreamFailure) {
    let address = try Address(request.url)
    var lines: [String] = []
    var secrets: [Secret] = []
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
    method = request.method
    url = request.url
    host = address.host
    isSecure = address.isSecure
    headerLines = lines
    self.secrets = secrets
    body = request.body
    deadlines = request.deadlines
    limits = request.limits
    wantsNewConnection = request.wantsNewConnection
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
    let lowered = url.lowercased()
    isSecure = lowered.hasPrefix("https://")
    guard isSecure || lowered.hasPrefix("http://") else { throw .badRequest(.url(.scheme)) }
    let rest = url.dropFirst(isSecure ? 8 : 7)
    let authority = rest.prefix { !"/?#".contains($0) }
    guard !authority.contains("@") else { throw .badRequest(.url(.credentials)) }
    guard !authority.isEmpty, !authority.hasPrefix(":") else { throw .badRequest(.url(.host)) }
    host = String(authority)
  }
}
