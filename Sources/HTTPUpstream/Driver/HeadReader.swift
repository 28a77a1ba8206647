/// Gathers the header lines of an answer.
///
/// An interim answer (100 to 199) is forgotten when its lines are through; lines after the head of
/// the answer itself, the trailers of a chunked body, only count against the limit.
struct HeadReader {
  enum Step {
    case more
    case head(UpstreamHead)
    case tooLarge
    case malformed
  }

  private let limit: Int
  private var size = 0
  private var status: Int?
  private var headers: [UpstreamHead.Field] = []
  private(set) var isDone = false

  init(limit: Int) { self.limit = limit }

  mutating func read(_ line: Span<UInt8>) -> Step {
    size += line.count
    guard size <= limit else { return .tooLarge }
    guard !isDone else { return .more }
    let text = line.text
    if text.isEmpty { return end() }
    if text.hasPrefix("HTTP/") {
      guard let status = Self.status(of: text) else { return .malformed }
      self.status = status
      headers = []
      return .more
    }
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return .more }
    let name = text[..<colon].lowercased()
    let value = text[text.utf8.index(after: colon)...].trimmingBlanks
    headers.append(UpstreamHead.Field(name: name, value: String(value)))
    return .more
  }

  private mutating func end() -> Step {
    guard let status else { return .malformed }
    guard status >= 200 else {
      self.status = nil
      return .more
    }
    isDone = true
    return .head(UpstreamHead(status: status, headers: headers))
  }

  /// The number after the first blank of `HTTP/1.1 200 OK` or `HTTP/2 200`.
  private static func status(of line: String) -> Int? {
    let parts = line.split(separator: " ", maxSplits: 2)
    guard parts.count >= 2, parts[1].utf8.count == 3, let status = Int(parts[1]) else { return nil }
    return (100...999).contains(status) ? status : nil
  }
}

extension Span<UInt8> {
  /// The line without its end; bytes that are not UTF-8 are replaced.
  fileprivate var text: String {
    var bytes: [UInt8] = []
    bytes.append(copying: self)
    while let last = bytes.last, last == 0x0D || last == 0x0A { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    var text = drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return text
  }
}

extension [UInt8] {
  /// Appends the bytes of a span, in one pass.
  mutating func append(copying span: Span<UInt8>) {
    unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
