import JSONReading

/// An answer as it came over the wire.
struct PeerAnswer {
  let status: Int
  /// Names in lower case.
  let headers: [String: String]
  /// Without the chunks' framing.
  let body: [UInt8]

  /// The model that answered, as the body has it.
  var model: String? { (try? JSONText(body))?.root["model"]?.string }

  /// A stream that came to its proper end and holds no error.
  var isWholeStream: Bool {
    let text = String(decoding: body, as: UTF8.self)
    return status == 200 && text.hasSuffix("data: [DONE]\n\n") && !text.contains(#""error""#)
  }
}

extension Peer {
  /// The first answer among what has come, which is then forgotten; nil while it is not whole.
  func answer() throws(PromiseFailure) -> PeerAnswer? {
    guard let head = PeerHead(received) else { return nil }
    let rest = received[head.size...]
    if head.headers["transfer-encoding"] == "chunked" {
      guard let (body, size) = try Self.unchunked(rest) else { return nil }
      take(head.size + size)
      return PeerAnswer(status: head.status, headers: head.headers, body: body)
    }
    let length = head.headers["content-length"].flatMap { Int($0) } ?? 0
    guard rest.count >= length else { return nil }
    let body = Array(rest.prefix(length))
    take(head.size + length)
    return PeerAnswer(status: head.status, headers: head.headers, body: body)
  }

  /// The body and how many bytes it took on the wire; nil while its end is missing.
  private static func unchunked(
    _ bytes: ArraySlice<UInt8>
  ) throws(PromiseFailure) -> (body: [UInt8], size: Int)? {
    guard bytes.suffix(5).elementsEqual("0\r\n\r\n".utf8) else { return nil }
    var body: [UInt8] = []
    var place = bytes.startIndex
    while let line = bytes[place...].firstIndex(of: 0x0D) {
      guard let size = Int(String(decoding: bytes[place..<line], as: UTF8.self), radix: 16) else {
        throw PromiseFailure("an answer is not cut into chunks as it says")
      }
      let start = line + 2
      guard start + size + 2 <= bytes.endIndex else { return nil }
      if size == 0 { return (body, start + 2 - bytes.startIndex) }
      body += bytes[start..<(start + size)]
      place = start + size + 2
    }
    return nil
  }
}

/// The head of an answer.
struct PeerHead {
  let status: Int
  let headers: [String: String]
  /// In bytes, the empty line included.
  let size: Int

  /// Nil while its end is missing.
  init?(_ bytes: [UInt8]) {
    guard let end = Self.end(of: bytes) else { return nil }
    var lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")[...]
    guard let first = lines.popFirst()?.split(separator: " "), first.count >= 2,
      let status = Int(first[1])
    else { return nil }
    self.status = status
    headers = Dictionary(
      lines.compactMap { line in
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        return (parts[0].lowercased(), String(parts[1].drop { $0 == " " }))
      }, uniquingKeysWith: { $1 })
    size = end + 4
  }

  private static func end(of bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    for place in 0...(bytes.count - 4)
    where bytes[place] == 0x0D && bytes[place + 1] == 0x0A && bytes[place + 2] == 0x0D
      && bytes[place + 3] == 0x0A
    {
      return place
    }
    return nil
  }
}

/// Requests as bytes.
enum PeerRequest {
  static func chat(_ text: String, streams: Bool = false) -> [UInt8] {
    let stream = streams ? #""stream":true,"# : ""
    let body =
      #"{"model":"auto",\#(stream)"messages":[{"role":"user","content":"\#(text)"}]}"#
    return post("/v1/chat/completions", body)
  }

  static func post(_ path: String, _ body: String = "") -> [UInt8] {
    Array(
      """
      POST \(path) HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n\
      content-length: \(body.utf8.count)\r\n\r\n\(body)
      """.utf8)
  }

  static func get(_ path: String) -> [UInt8] {
    Array("GET \(path) HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n".utf8)
  }
}
