import JSONReading
import OpenAIWire
import RoutingTestSupport
import Testing

struct CassetteTests {
  @Test func `recorded requests pass unchanged`() throws {
    guard let all = try RecordedExchange.all(for: "recorded requests") else { return }
    var count = 0
    for exchange in all where exchange.isChat && !exchange.request.isEmpty {
      let request = try ChatRequest(exchange.request)
      let body = try JSONText(request.body(applying: UpstreamEdits(model: "other")))
      var names: Set<String> = []
      for (key, value) in request.json.root.members {
        let name = key.string ?? ""
        names.insert(name)
        if name == "model" || name == "stream_options" { continue }
        #expect(body.root[named: name]?.raw == value.raw, "\(exchange.file) \(name)")
      }
      #expect(body.root["model"]?.string == "other")
      #expect(body.root["stream_options"] != nil || !request.stream)
      count += 1
    }
    SharedData.say("recorded requests: \(count)")
    #expect(count > 150)
  }

  @Test func `recorded answers are read, written and read again`() throws {
    guard let all = try RecordedExchange.all(for: "recorded answers") else { return }
    var count = 0
    var failures: [ProviderFailure.Kind: Int] = [:]
    for exchange in all where exchange.isChat && !exchange.isStream && !exchange.answer.isEmpty {
      let answer = ProviderAnswer(status: exchange.status, body: exchange.answer)
      do {
        let response = try answer.read()
        #expect(exchange.status == 200, "\(exchange.file)")
        let isSilent = response.text.isEmpty && response.toolCalls.isEmpty
        #expect(!isSilent || response.refusal != nil, "\(exchange.file)")
        #expect(
          response.usage != nil, "\(exchange.file): \(String(describing: response.usageProblem))")
        #expect(response.finish != nil)
        let again = try ChatResponse(response.written)
        #expect(again.choices == response.choices, "\(exchange.file)")
        #expect(again.usage == response.usage)
        count += 1
      } catch let failure as ProviderFailure {
        #expect(
          exchange.status >= 400 || failure.kind == .filtered,
          "\(exchange.file): \(failure.message)")
        failures[failure.kind, default: 0] += 1
      }
    }
    SharedData.say("recorded answers: \(count), errors: \(failures.map { "\($1) \($0.rawValue)" })")
    #expect(count > 100)
    #expect(failures == [.notFound: 3, .badRequest: 1, .filtered: 2])
  }

  @Test func `recorded streams are the same however they arrive`() throws {
    guard let all = try RecordedExchange.all(for: "recorded streams") else { return }
    var streams = 0
    var chats = 0
    var bytes = 0
    var random = SplitMix(state: 7)
    for exchange in all where exchange.isStream {
      let whole = events(exchange.answer, pieces: [exchange.answer[...]])
      #expect(!whole.isEmpty, "\(exchange.file)")
      #expect(
        events(exchange.answer, pieces: exchange.answer.indices.map { exchange.answer[$0...$0] })
          == whole)
      for _ in 0..<4 {
        let pieces = cut(exchange.answer, using: &random)
        #expect(events(exchange.answer, pieces: pieces) == whole, "\(exchange.file)")
      }
      streams += 1
      bytes += exchange.answer.count
      if exchange.isChat, exchange.status == 200 {
        try checkChat(exchange)
        chats += 1
      }
    }
    SharedData.say(
      "recorded streams: \(streams), of chats \(chats), \(bytes) bytes, cut at every byte")
    #expect(chats >= 38)
  }

  private func checkChat(_ exchange: RecordedExchange) throws {
    let whole = try answer([exchange.answer[...]])
    #expect(whole.finish != nil, "\(exchange.file)")
    #expect(!whole.text.isEmpty || !whole.toolCalls.isEmpty, "\(exchange.file)")
    let slow = try answer(exchange.answer.indices.map { exchange.answer[$0...$0] })
    #expect(slow.body == whole.body, "\(exchange.file)")
    let windows = try answer([
      Array(
        String(decoding: exchange.answer, as: UTF8.self)
          .replacing("\n", with: "\r\n").utf8)[...]
    ])
    #expect(windows.body == whole.body, "\(exchange.file)")
  }

  private func answer(_ pieces: [ArraySlice<UInt8>]) throws -> ChatResponse {
    var stream = ChatStream()
    for piece in pieces { _ = stream.feed(piece) }
    return try stream.finish()
  }

  private func events(_ stream: [UInt8], pieces: [ArraySlice<UInt8>]) -> [ServerSentEvent] {
    var parser = EventParser()
    var events: [ServerSentEvent] = []
    for piece in pieces { events += parser.feed(piece) }
    if let last = parser.finish() { events.append(last) }
    return events
  }

  private func cut(_ bytes: [UInt8], using random: inout SplitMix) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let size = Int(random.next() % 97) + 1
      pieces.append(rest.prefix(size))
      rest = rest.dropFirst(size)
    }
    return pieces
  }
}
