/// Cuts the bytes of a stream into messages: a header of `Name: value` lines, an empty line, and as
/// many bytes as `Content-Length` says.
///
/// Bytes may come in any pieces. A frame that cannot be read ends the stream: where the next one
/// starts is not known. Memory is at most one message and the piece that came last; time is linear.
package struct FrameReader {
  /// The longest message that is read, in bytes.
  package static let mostBytes = 64 << 20
  /// The longest header that is read, in bytes.
  static let mostHeaderBytes = 8 << 10

  private var waiting: [UInt8] = []
  /// How much of `waiting` is given out already.
  private var start = 0
  /// How much of the header is known to hold no empty line.
  private var searched = 0
  /// The length of the message whose header has been read.
  private var length: Int?

  package init() {}

  package mutating func append(_ bytes: some Collection<UInt8>) {
    if start > 0 {
      waiting.removeFirst(start)
      start = 0
    }
    waiting.append(contentsOf: bytes)
  }

  /// Whether a message was begun and is not complete.
  package var isInsideMessage: Bool { length != nil || start < waiting.count }

  /// The next complete message; nil if more bytes are needed.
  package mutating func next() throws(FrameProblem) -> [UInt8]? {
    if length == nil { length = try readHeader() }
    guard let length, waiting.count - start >= length else { return nil }
    let message = Array(waiting[start..<(start + length)])
    start += length
    self.length = nil
    return message
  }

  /// Takes the header away and gives the length it states; nil if it is not complete.
  private mutating func readHeader() throws(FrameProblem) -> Int? {
    guard let end = headerEnd() else {
      guard waiting.count - start <= Self.mostHeaderBytes else { throw .headerTooLong }
      return nil
    }
    guard end - start <= Self.mostHeaderBytes else { throw .headerTooLong }
    var length: Int?
    for line in waiting[start..<end].split(separator: UInt8(ascii: "\n")) {
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      guard !line.isEmpty else { continue }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
        throw .notAHeader(String(decoding: line.prefix(60), as: UTF8.self))
      }
      guard String(decoding: line[..<colon], as: UTF8.self).lowercased() == "content-length" else {
        continue
      }
      let stated = try Self.length(line[(colon + 1)...])
      if let length, length != stated { throw .twoLengths(length, stated) }
      length = stated
    }
    guard let length else { throw .noLength }
    start = end
    searched = 0
    return length
  }

  /// The offset after the empty line that ends a header; nil if there is none yet.
  private mutating func headerEnd() -> Int? {
    var index = start + searched
    while index < waiting.count {
      defer { index += 1 }
      guard waiting[index] == UInt8(ascii: "\n") else { continue }
      let before = waiting[start..<index]
      let text = before.last == UInt8(ascii: "\r") ? before.dropLast() : before
      if text.last == UInt8(ascii: "\n") || (text.isEmpty && index > start) { return index + 1 }
    }
    searched = waiting.count - start
    return nil
  }

  private static func length(_ text: ArraySlice<UInt8>) throws(FrameProblem) -> Int {
    let words = text.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let shown = String(decoding: text.prefix(60), as: UTF8.self)
    guard words.count == 1, let digits = words.first,
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { throw .noNumber(shown) }
    guard let length = Int(String(decoding: digits, as: UTF8.self)), length <= mostBytes else {
      throw .tooLong(String(decoding: digits.prefix(60), as: UTF8.self))
    }
    return length
  }
}

/// Why a stream cannot be cut into messages.
package enum FrameProblem: Error, Hashable {
  case notAHeader(String)
  case noLength
  case noNumber(String)
  case twoLengths(Int, Int)
  case tooLong(String)
  case headerTooLong

  package var message: String {
    switch self {
    case .notAHeader(let line): "`\(line)` is no header line: a name, a colon and a value are"
    case .noLength: "a header without Content-Length: nobody knows where its message ends"
    case .noNumber(let text): "Content-Length is `\(text)`, which is no number of bytes"
    case .twoLengths(let one, let other): "Content-Length is both \(one) and \(other)"
    case .tooLong(let digits):
      "a message of \(digits) bytes; \(FrameReader.mostBytes) are read at most"
    case .headerTooLong: "a header of more than \(FrameReader.mostHeaderBytes) bytes"
    }
  }
}

/// A message with its header.
enum Frame {
  static func bytes(of json: [UInt8]) -> [UInt8] {
    Array("Content-Length: \(json.count)\r\n\r\n".utf8) + json
  }
}
