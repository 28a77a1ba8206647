import OpenAIWire
import RoutingTestSupport
import Testing

/// Recorded streams, shortened to how they begin and end, in every two pieces they can come in.
struct SplitStreamTests {
  @Test func `a stream says the same wherever its bytes are cut in two`() throws {
    guard let all = try RecordedExchange.all(for: "streams in two pieces") else { return }
    let streams = Set(
      all.filter { $0.isStream && $0.status == 200 }.map { Short(isChat: $0.isChat, $0.answer) })
    var splits = 0
    var withoutDone = 0
    for stream in streams {
      let bytes = stream.bytes
      let whole = Reading([bytes[...]], isChat: stream.isChat)
      #expect(!whole.events.isEmpty)
      if !whole.events.contains(where: \.isDone) { withoutDone += 1 }
      for place in bytes.indices {
        let halves = Reading([bytes[..<place], bytes[place...]], isChat: stream.isChat)
        #expect(halves == whole, "cut at \(place) of \(String(decoding: bytes, as: UTF8.self))")
        splits += 1
      }
    }
    SharedData.say(
      "streams in two pieces: \(streams.count), \(withoutDone) without [DONE], \(splits) cuts")
    #expect(streams.count > 30 && withoutDone > 0)
  }

  /// The first event of a stream and the last two.
  private struct Short: Hashable {
    let isChat: Bool
    let bytes: [UInt8]

    init(isChat: Bool, _ stream: [UInt8]) {
      self.isChat = isChat
      var ends: [Int] = []
      for place in stream.indices.dropFirst()
      where stream[place] == 0x0A && stream[place - 1] == 0x0A { ends.append(place + 1) }
      guard ends.count > 4 else {
        bytes = Array(stream.prefix(1000))
        return
      }
      bytes = Array(stream[..<ends[0]].prefix(1000) + stream[ends[ends.count - 3]...].suffix(1000))
    }
  }

  /// All that comes of a stream.
  private struct Reading: Equatable {
    var events: [ServerSentEvent] = []
    var chunks: [ChatChunk] = []
    var answer = ""

    init(_ pieces: [ArraySlice<UInt8>], isChat: Bool) {
      var parser = EventParser()
      for piece in pieces { events += parser.feed(piece) }
      if let last = parser.finish() { events.append(last) }
      guard isChat else { return }
      var stream = ChatStream()
      for piece in pieces { chunks += stream.feed(piece) }
      do throws(WireProblem) {
        answer = String(decoding: try stream.finish().body, as: UTF8.self)
      } catch {
        answer = error.description
      }
    }
  }
}
