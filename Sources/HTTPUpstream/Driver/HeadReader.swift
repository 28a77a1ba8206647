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
    let count = line.lengthWithoutEnd
    if count == 0 { return end() }
    if line.startsWithHTTP {
      guard let status = Self.status(of: line.text(0..<count)) else { return .malformed }
      self.status = status
      headers = []
      return .more
    }
    guard let colon = (0..<count).first(where: { line[$0] == UInt8(ascii: ":") }) else {
      return .more
    }
    var value = colon + 1..<count
    while let first = value.first, line[first].isBlank { value = first + 1..<count }
    while let last = value.last, line[last].isBlank { value = value.lowerBound..<last }
    headers.append(
      UpstreamHead.Field(name: line.text(0..<colon).lowercased(), value: line.text(value)))
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
  /// How many bytes stand before the line's end.
  fileprivate var lengthWithoutEnd: Int {
    var length = count
    while length > 0, self[length - 1] == 0x0D || self[length - 1] == 0x0A { length -= 1 }
    return length
  }

  fileprivate var startsWithHTTP: Bool {
    count >= 5 && self[0] == UInt8(ascii: "H") && self[1] == UInt8(ascii: "T")
      && self[2] == UInt8(ascii: "T") && self[3] == UInt8(ascii: "P")
      && self[4] == UInt8(ascii: "/")
  }

  /// These bytes as text; what is not UTF-8 is replaced.
  fileprivate func text(_ range: Range<Int>) -> String {
    unsafe extracting(range).withUnsafeBufferPointer {
      unsafe String(decoding: $0, as: UTF8.self)
    }
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 }
}

extension [UInt8] {
  /// Appends the bytes of a span, in one pass.
  mutating func append(copying span: Span<UInt8>) {
    unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
