/// How each fault is played, given the answer an honest provider would have sent.
struct FaultPlay {
  let reply: Reply
  /// What a rule or header said besides the fault's name.
  let delay: Step.Milliseconds?
  let retryAfter: String?
  /// Where the call was sent, as `127.0.0.1:8080`.
  let host: String

  /// Nil for the faults of content, which are worked into the completion itself.
  func steps(of fault: Fault) -> [Step]? {
    switch fault {
    case .closeBeforeHeaders: [.close]
    case .resetBeforeHeaders: [.reset]
    case .resetAfterHeaders: [.send(reply.head(length: 1000)), .pause(20), .reset]
    case .resetMidBody: [.send(reply.head(length: reply.size)), .send(half), .pause(20), .reset]
    case .hang: [.hang]
    case .slowFirstByte: [.pause(delay ?? 2000)] + reply.steps
    case .slowHead: [.drip(reply.head(length: reply.size), every: delay ?? 1000)]
    case .endlessHead: endlessHead
    case .slowBody:
      [.send(reply.head(length: reply.size)), .drip(reply.bytes, every: delay ?? 1000)]
    case .notHTTP: [.send(Array("220 mail.example ESMTP ready\r\n\r\n".utf8)), .close]
    case .noContent: [.send(Reply(status: 204, json: []).headWithoutBody)]
    case .badRequest, .status408, .status409, .status413, .status429, .status429Seconds,
      .status429Date,
      .status429Absurd, .status500, .status502, .status503, .status504, .contextLength,
      .contentFilter, .unauthorized, .unknownModel, .redirect:
      refusal(fault).steps
    case .html, .errorObject, .emptyBody, .halfJSON, .brokenJSON: wrongBody(fault).steps
    case .lengthShort: [.send(reply.head(length: reply.size / 2)), .send(reply.bytes)]
    case .lengthLong: [.send(reply.head(length: reply.size + 100)), .send(reply.bytes), .close]
    case .malformedChunk: [.send(reply.head(length: nil)), .send(Array("zz\r\nno size\r\n".utf8))]
    case .unaskedGzip: Reply(json: reply.bytes, headers: [("Content-Encoding", "gzip")]).steps
    case .bigHead:
      Reply(json: reply.bytes, headers: [("X-Filler", String(repeating: "x", count: 256 << 10))])
        .steps
    case .gzipBomb: gzipBomb
    case .bigBody: body(of: 64 << 20)
    case .hugeBody: body(of: 1 << 30)
    case .streamCut: [.send(reply.head(length: nil))] + firstChunks + [.pause(20), .close]
    case .streamSilent: [.send(reply.head(length: nil))] + firstChunks + [.hang]
    case .streamError:
      [.send(reply.head(length: nil))] + firstChunks + [
        .send(Chunked.chunk(ErrorShape(.server).event)), .send(Chunked.end),
      ]
    case .streamWithoutDone:
      [.send(reply.head(length: nil))] + chunks(reply.events.dropLast()) + [.send(Chunked.end)]
    case .streamDoneTwice: reply.isStream ? stream(ending: [EventStream.done]) : nil
    case .streamAfterDone: reply.isStream ? stream(ending: reply.events.dropLast()) : nil
    case .brokenEvent:
      [.send(reply.head(length: nil))] + firstChunks + chunks([Self.brokenEvent])
        + [.send(Chunked.end)]
    case .hugeChunk: hugeChunk
    case .invalidUTF8, .duplicateKeys, .usageMissing, .usageNegative, .usageZero, .usageInflated,
      .usageHuge,
      .wrongModel, .finishMissing, .finishFiltered, .batchDrop, .batchDuplicate, .batchReorder,
      .batchInvent, .batchProse:
      nil
    }
  }

  private var half: [UInt8] { Array(reply.bytes.prefix(reply.size / 2)) }

  private func chunks(_ events: some Sequence<[UInt8]>) -> [Step] {
    events.map { .send(Chunked.chunk($0)) }
  }

  /// The first half of the events: at least one, never all.
  private var firstChunks: [Step] { chunks(reply.events.prefix(max(1, reply.events.count / 2))) }

  /// The whole stream, and then more.
  private func stream(ending events: some Sequence<[UInt8]>) -> [Step] {
    [.send(reply.head(length: nil))] + chunks(reply.events) + chunks(events)
      + [.send(Chunked.end)]
  }

  private static let brokenJSON = Array(
    #"{"choices":[{"index":0,"message":{"role":"assistant","content":"Half an"},}]}"#.utf8)

  private static let brokenEvent = EventStream.event(Array(#"{"choices":[{"index":0,}"#.utf8))

  private var endlessHead: [Step] {
    let line = Array("X-And-Another: \(String(repeating: "x", count: 1000))\r\n".utf8)
    return [.send(Array(reply.head(length: reply.size).dropLast(2))), .flood(line)]
  }

  /// One JSON object, or one event of a stream, of this size.
  private func body(of size: Int) -> [Step] {
    let opening = Array((reply.isStream ? "data: " : "").utf8) + Array(#"{"filler":""#.utf8)
    let closing = Array((reply.isStream ? "\"}\n\n" : "\"}").utf8)
    return [
      .send(reply.head(length: size)), .send(opening),
      .fill(UInt8(ascii: "x"), count: size - opening.count - closing.count), .send(closing),
    ]
  }

  private var gzipBomb: [Step] {
    let bomb = GzipBomb(unpacked: 1 << 30)
    let head = Reply(json: [], headers: [("Content-Encoding", "gzip")]).head(length: nil)
    let slice = Step.send(Chunked.chunk(bomb.slice))
    return [.send(head), .send(Chunked.chunk(bomb.opening))]
      + [Step](repeating: slice, count: bomb.slices)
      + [.send(Chunked.chunk(bomb.closing)), .send(Chunked.end)]
  }

  private var hugeChunk: [Step] {
    let opening = Array(#"data: {"filler":""#.utf8)
    let closing = Array("\"}\n\n".utf8)
    let size = 16 << 20
    return [.send(reply.head(length: nil))] + firstChunks + [
      .send(Chunked.opening(size: size)), .send(opening),
      .fill(UInt8(ascii: "x"), count: size - opening.count - closing.count),
      .send(closing + Array("\r\n".utf8)), .send(Chunked.end),
    ]
  }

  private func wrongBody(_ fault: Fault) -> Reply {
    switch fault {
    case .html: Reply(status: 200, contentType: "text/html", bytes: Self.page("It works"))
    case .errorObject: Reply(json: ErrorShape(.server).bytes)
    case .halfJSON: Reply(json: half)
    case .brokenJSON: Reply(json: Self.brokenJSON)
    default: Reply(json: [])
    }
  }

  private func refusal(_ fault: Fault) -> Reply {
    func error(_ kind: ErrorShape.Kind, _ headers: [(String, String)] = []) -> Reply {
      Reply(status: kind.status, json: ErrorShape(kind).bytes, headers: headers)
    }
    return switch fault {
    case .status429Seconds: error(.limited, [("Retry-After", retryAfter ?? "2")])
    case .status429Date:
      error(
        .limited,
        [
          ("Date", "Fri, 31 Dec 2027 23:59:57 GMT"),
          ("Retry-After", retryAfter ?? "Fri, 31 Dec 2027 23:59:59 GMT"),
        ])
    case .status429Absurd: error(.limited, [("Retry-After", retryAfter ?? "99999999999999")])
    case .status408: error(.slowRequest)
    case .status409: error(.conflict)
    case .badRequest: error(.badRequest("the last message may not be the assistant's"))
    case .status413: error(.tooLarge)
    case .status500: error(.server)
    case .status502:
      Reply(status: 502, contentType: "text/html", bytes: Self.page("502 Bad Gateway"))
    case .status503: error(.overloaded, [("Retry-After", retryAfter ?? "1")])
    case .status504: Reply(status: 504, json: [])
    case .contextLength: error(.contextLength)
    case .contentFilter: error(.contentFilter)
    case .unauthorized: error(.unauthorized)
    case .unknownModel: error(.unknownModel("the model asked for"))
    case .redirect:
      Reply(status: 301, json: [], headers: [("Location", "http://elsewhere.localhost\(port)/")])
    default: error(.limited)
    }
  }

  /// Of the host the call was sent to, with its colon: who follows a redirect is seen here.
  private var port: Substring { host.lastIndex(of: ":").map { host[$0...] } ?? "" }

  private static func page(_ title: String) -> [UInt8] {
    Array(
      "<!DOCTYPE html><html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>"
        .utf8)
  }
}
