/// An answer as it goes over the wire: whole, or as events of a stream.
struct Reply: Sendable {
  enum Body: Sendable {
    case whole([UInt8])
    /// Events with a pause before each but the first.
    case events([[UInt8]], pause: Step.Milliseconds)
  }

  let status: Int
  let contentType: String
  let headers: [(String, String)]
  let body: Body

  init(status: Int = 200, contentType: String, bytes: [UInt8], headers: [(String, String)] = []) {
    self.status = status
    self.contentType = contentType
    self.headers = headers
    body = .whole(bytes)
  }

  init(status: Int = 200, json: [UInt8], headers: [(String, String)] = []) {
    self.init(
      status: status, contentType: "application/json", bytes: json, headers: headers)
  }

  init(events: [[UInt8]], pause: Step.Milliseconds) {
    status = 200
    contentType = "text/event-stream"
    headers = [("Cache-Control", "no-cache")]
    body = .events(events, pause: pause)
  }

  /// The body in one piece.
  var bytes: [UInt8] {
    switch body {
    case .whole(let bytes): bytes
    case .events(let events, _): Array(events.joined())
    }
  }

  var size: Int { bytes.count }

  var isStream: Bool {
    switch body {
    case .whole: false
    case .events: true
    }
  }

  /// The body in the pieces a stream sends it in; of a whole one, its halves.
  var events: [[UInt8]] {
    switch body {
    case .whole(let bytes):
      [Array(bytes.prefix(bytes.count / 2)), Array(bytes.dropFirst(bytes.count / 2))]
    case .events(let events, _): events
    }
  }

  /// The honest way to send it.
  var steps: [Step] {
    switch body {
    case .whole(let bytes): return [.send(head(length: bytes.count) + bytes)]
    case .events(let events, let pause):
      var steps: [Step] = [.send(head(length: nil))]
      for (number, event) in events.enumerated() {
        if number > 0, pause > 0 { steps.append(.pause(pause)) }
        steps.append(.send(Chunked.chunk(event)))
      }
      return steps + [.send(Chunked.end)]
    }
  }

  /// The head with this Content-Length; nil for a body in chunks.
  func head(length: Int?) -> [UInt8] {
    var text = "HTTP/1.1 \(status) \(Self.reason(status))\r\nServer: rung-standin\r\n"
    text += "Content-Type: \(contentType)\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    if let length {
      text += "Content-Length: \(length)\r\n"
    } else {
      text += "Transfer-Encoding: chunked\r\n"
    }
    return Array((text + "\r\n").utf8)
  }

  /// For a status that has no body by its own meaning.
  var headWithoutBody: [UInt8] {
    Array("HTTP/1.1 \(status) \(Self.reason(status))\r\nServer: rung-standin\r\n\r\n".utf8)
  }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 204: "No Content"
    case 301: "Moved Permanently"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 413: "Content Too Large"
    case 429: "Too Many Requests"
    case 500: "Internal Server Error"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    default: "Status"
    }
  }
}

/// HTTP's chunked encoding.
enum Chunked {
  static func opening(size: Int) -> [UInt8] { Array("\(String(size, radix: 16))\r\n".utf8) }

  static func chunk(_ bytes: [UInt8]) -> [UInt8] {
    guard !bytes.isEmpty else { return [] }
    return opening(size: bytes.count) + bytes + [0x0D, 0x0A]
  }

  static let end = Array("0\r\n\r\n".utf8)
}
