/// Server-sent events, however their bytes arrive: feed bytes, get the events they complete.
///
/// A value: copy it to try something. Lines end in LF, CR or CRLF; a byte order mark at the start,
/// comments and unknown fields are skipped; `data` lines of an event are joined with a newline.
/// Linear in the bytes.
package struct EventParser: Sendable {
  private let limit: Int
  private var line: [UInt8] = []
  private var data: [UInt8] = []
  private var hasData = false
  private var name: [UInt8] = []
  private var isFirstLine = true
  private var lastWasCR = false
  /// An event had more bytes than the limit; everything from there on is ignored.
  package private(set) var isOverfull = false

  /// `limit` is the most bytes one event may have.
  package init(limit: Int = 10 << 20) {
    self.limit = limit
  }

  /// The events these bytes complete.
  package mutating func feed(_ bytes: some Sequence<UInt8>) -> [ServerSentEvent] {
    var events: [ServerSentEvent] = []
    for byte in bytes where !isOverfull {
      defer { lastWasCR = byte == UInt8(ascii: "\r") }
      switch byte {
      case UInt8(ascii: "\n") where lastWasCR: break
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        if let event = endLine() { events.append(event) }
      default:
        line.append(byte)
        isOverfull = line.count + data.count > limit
      }
    }
    return events
  }

  /// The event that was complete but for its blank line, if there is one.
  ///
  /// The standard drops it; providers that close right after `[DONE]` mean it.
  package mutating func finish() -> ServerSentEvent? {
    guard !isOverfull else { return nil }
    if !line.isEmpty { _ = endLine() }
    return endLine()
  }

  private mutating func endLine() -> ServerSentEvent? {
    if isFirstLine {
      isFirstLine = false
      if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    }
    defer { line.removeAll(keepingCapacity: true) }
    guard !line.isEmpty else { return dispatch() }
    let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
    var value = line[colon...].dropFirst()
    if value.first == UInt8(ascii: " ") { value.removeFirst() }
    let field = line[..<colon]
    if field.elementsEqual("data".utf8) {
      if hasData { data.append(UInt8(ascii: "\n")) }
      data.append(contentsOf: value)
      hasData = true
    } else if field.elementsEqual("event".utf8) {
      name = Array(value)
    }
    return nil
  }

  private mutating func dispatch() -> ServerSentEvent? {
    // Given away, not kept: an open stream that is read slowly would hold room for two events.
    let data = data
    defer {
      self.data = []
      name = []
      hasData = false
    }
    guard hasData else { return nil }
    return ServerSentEvent(
      name: name.isEmpty ? nil : String(decoding: name, as: UTF8.self), data: data)
  }
}

package struct ServerSentEvent: Hashable, Sendable {
  /// The `event` field; nil for a plain message.
  package var name: String?
  package var data: [UInt8]

  package init(name: String? = nil, data: [UInt8]) {
    self.name = name
    self.data = data
  }

  /// `data: [DONE]`, the last event of a stream of chunks.
  package var isDone: Bool {
    data.elementsEqual("[DONE]".utf8)
  }
}
