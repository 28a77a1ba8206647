import OpenAIWire
import Testing

struct EventParserTests {
  /// The events of a stream, fed at once and fed byte by byte.
  private func events(_ bytes: [UInt8]) -> [String] {
    var whole = EventParser()
    var atOnce = whole.feed(bytes)
    if let last = whole.finish() { atOnce.append(last) }
    var parser = EventParser()
    var slowly: [ServerSentEvent] = []
    for byte in bytes { slowly += parser.feed(CollectionOfOne(byte)) }
    if let last = parser.finish() { slowly.append(last) }
    #expect(atOnce == slowly)
    for place in bytes.indices {
      var parser = EventParser()
      var halves = parser.feed(bytes[..<place]) + parser.feed(bytes[place...])
      if let last = parser.finish() { halves.append(last) }
      #expect(halves == atOnce, "cut at \(place)")
    }
    return atOnce.map { event in
      (event.name.map { "\($0)|" } ?? "") + String(decoding: event.data, as: UTF8.self)
    }
  }

  @Test(arguments: [
    ("data: a\n\ndata: b\n\n", ["a", "b"]), ("data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]),
    ("data: a\r\rdata: b\r\r", ["a", "b"]), ("data: a\r\n\ndata: b\n\r\n", ["a", "b"]),
    ("\u{FEFF}data: a\n\n", ["a"]), ("\u{FEFF}\u{FEFF}data: a\n\n", []),
    (": ping\n\n: ping\ndata: a\n\n", ["a"]), ("data:a\n\n", ["a"]), ("data:  a\n\n", [" a"]),
    ("data: a\ndata: b\ndata\ndata:\n\n", ["a\nb\n\n"]), ("data\n\n", [""]),
    ("event: error\ndata: x\n\ndata: y\n\n", ["error|x", "y"]),
    ("event: lonely\n\ndata: y\n\n", ["y"]), ("id: 1\nretry: 3\ndata: a\n\n", ["a"]),
    ("Data: a\n\n", []), ("data : a\n\n", []), ("data: a", ["a"]), ("data: a\n", ["a"]),
    ("", []), ("\n\n\n", []), ("data: é😀\n\n", ["é😀"]), ("data: a: b\n\n", ["a: b"]),
    ("\r\ndata: a\r\n\r\n", ["a"]),
  ])
  func `reads events however lines end and bytes arrive`(stream: String, expected: [String]) {
    #expect(events(Array(stream.utf8)) == expected)
  }

  @Test func `stops at an event that is too large`() {
    var parser = EventParser(limit: 100)
    let small = parser.feed("data: a\n\n".utf8)
    #expect(small.count == 1)
    let events = parser.feed("data: \(String(repeating: "x", count: 200))\n\ndata: b\n\n".utf8)
    #expect(events.isEmpty)
    #expect(parser.isOverfull)
    #expect(parser.finish() == nil)
  }
}
