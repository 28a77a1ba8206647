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

  /// More fields than most answers have.
  private static let usualCount = 16

  init(limit: Int) { self.limit = limit }

  mutating func read(_ line: Span<UInt8>) -> Step {
    size += line.count
    guard size <= limit else { return .tooLarge }
    guard !isDone else { return .more }
    let count = line.lengthWithoutEnd
    if count == 0 { return end() }
    if line.startsWithHTTP {
      guard let status = line.extracting(0..<count).status else { return .malformed }
      self.status = status
      headers.removeAll(keepingCapacity: true)
      headers.reserveCapacity(Self.usualCount)
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

  /// The number after the first blanks of `HTTP/1.1 200 OK` or `HTTP/2 200`.
  fileprivate var status: Int? {
    var start = 0
    while start < count, self[start] != 0x20 { start += 1 }
    while start < count, self[start] == 0x20 { start += 1 }
    guard start + 3 <= count, start + 3 == count || self[start + 3] == 0x20 else { return nil }
    var status = 0
    for place in start..<start + 3 {
      guard case UInt8(ascii: "0")...UInt8(ascii: "9") = self[place] else { return nil }
      status = status * 10 + Int(self[place] - UInt8(ascii: "0"))
    }
    return status >= 100 ? status : nil
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
