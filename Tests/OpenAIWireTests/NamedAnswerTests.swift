import JSONReading
import OpenAIWire
import RoutingTestSupport
import Testing

struct NamedAnswerTests {
  private let name = AnswerName(id: "chatcmpl-9", model: "small")

  @Test(
    arguments: [
      (#"{"a":1}"#, [], #"{"a":1}"#),
      (#"{ "a" : 1.50 , "b":[ 1 ] }"#, [.set("a", [0x32])], #"{ "a" : 2 , "b":[ 1 ] }"#),
      (#"{ "a":1, "b":2, "c":3 }"#, [.drop("a")], #"{"b":2, "c":3 }"#),
      (#"{ "a":1, "b":2, "c":3 }"#, [.drop("b")], #"{ "a":1, "c":3 }"#),
      (#"{ "a":1, "b":2, "c":3 }"#, [.drop("c")], #"{ "a":1, "b":2 }"#),
      (#"{ "a":1, "b":2, "c":3 }"#, [.drop("a"), .drop("b")], #"{"c":3 }"#),
      (#"{ "a":1, "b":2 }"#, [.drop("a"), .drop("b")], "{ }"),
      (#"{ "a":1 }"#, [.drop("a"), .set("x", [0x30])], #"{"x":0 }"#),
      ("{}", [.set("x", [0x30]), .set("y", [0x31])], #"{"x":0,"y":1}"#),
      (#"{"a":1}"#, [.set("x", [0x30]), .drop("y")], #"{"a":1,"x":0}"#),
      (#"{"\u0061":1}"#, [.set("a", [0x30])], #"{"\u0061":0}"#),
      (#"{"a":1,"b":2}"#, [.drop("a"), .set("b", [0x30])], #"{"b":0}"#),
    ] as [(String, [MemberEdit], String)])
  func `members are set, dropped and added, and nothing else is touched`(
    object: String, edits: [MemberEdit], result: String
  ) throws {
    let bytes = try JSONText(object).root.edited(edits)
    #expect(String(decoding: bytes, as: UTF8.self) == result)
  }

  @Test func `an answer goes out under our name with every other byte the provider's`() throws {
    let body =
      #"{"id":"x", "model" : "gpt","created":1.0e3,"choices":[{"index":0,"message":{"role":"assistant","content":"h\u00e9","annotations":[{"type":"url"}],"refusal":null,"tool_calls":[{"id":"c","type":"custom","custom":{"name":"f","input":"i"}}]},"logprobs":{"content":[{"token":"h","logprob":-1e-9,"bytes":[104],"top_logprobs":[]}]},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2.0,"cost":0.10},"future":{"n":1E400}}"#
    let named = try ChatResponse(Array(body.utf8)).body(
      as: name, adding: [.set("rung", Array(#"{"calls":1}"#.utf8))])
    let wanted = body.replacing(
      #""id":"x", "model" : "gpt""#, with: #""id":"chatcmpl-9", "model" : "small""#)
    #expect(String(decoding: named, as: UTF8.self) == wanted.dropLast() + #","rung":{"calls":1}}"#)
  }

  @Test(
    arguments: [
      (
        true, #"{"id":"x","model":"m","choices":[{"delta":{"content":"a","x":1}}],"usage":null}"#,
        #"{"id":"chatcmpl-9","model":"small","choices":[{"delta":{"content":"a","x":1}}],"usage":null}"#
      ),
      (
        false,
        #"{"id":"x","model":"m","choices":[{"delta":{"content":"a"}}],"usage":null,"y":0.0}"#,
        #"{"id":"chatcmpl-9","model":"small","choices":[{"delta":{"content":"a"}}],"y":0.0}"#
      ),
      (
        true,
        #"{"choices":[{"delta":{}}],"usage":{"prompt_tokens":1,"completion_tokens":1}}"#,
        #"{"choices":[{"delta":{}}],"usage":null,"id":"chatcmpl-9","model":"small"}"#
      ),
      (
        true, #"{"id":"x","model":"m","choices":[{"delta":{"content":"a"}}]}"#,
        #"{"id":"chatcmpl-9","model":"small","choices":[{"delta":{"content":"a"}}],"usage":null}"#
      ),
      (true, #"{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":1}}"#, nil),
    ] as [(Bool, String, String?)])
  func `a chunk goes out under our name, its usage kept back`(
    tellsUsage: Bool, chunk: String, wanted: String?
  ) throws {
    let event = try ChatChunk(Array(chunk.utf8)).event(as: name, tellsUsage: tellsUsage)
    #expect(String(decoding: event, as: UTF8.self) == wanted.map { "data: \($0)\n\n" } ?? "")
  }

  @Test func `a chunk over several lines is the same after a stream`() throws {
    let chunk =
      "{\r\n \"id\": \"chatcmpl-9\",\n \"model\": \"small\", \"choices\": []\n,\"usage\":null}"
    let event = try ChatChunk(Array(chunk.utf8)).event(as: name, tellsUsage: true)
    var parser = EventParser()
    let data = parser.feed(event).map(\.data)
    #expect(data == [Array(chunk.replacing("\r\n", with: " \n").utf8)])
  }

  @Test func `the usage comes in the provider's own chunk, else in one of ours`() throws {
    let text =
      #"{"id":"x","model":"m","created":7,"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}],"usage":null}"#
    let last =
      #"{"id":"x","model":"m","created":7,"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"x":1.0}}"#
    var stream = ChatStream()
    _ = stream.feed(Array("data: \(text)\n\ndata: \(last)\n\ndata: [DONE]\n\n".utf8))
    let rung = MemberEdit.set("rung", Array(#"{"cost_usd":0.1}"#.utf8))
    let event = try stream.finish().usageEvent(as: name, adding: [rung])
    let named = last.replacing(
      #""id":"x","model":"m""#, with: #""id":"chatcmpl-9","model":"small""#)
    #expect(
      String(decoding: event, as: UTF8.self)
        == "data: \(named.dropLast()),\"rung\":{\"cost_usd\":0.1}}\n\n")

    var silent = ChatStream()
    _ = silent.feed(Array("data: \(text)\n\ndata: [DONE]\n\n".utf8))
    let ours = try silent.finish().usageEvent(
      as: name, estimated: Usage(prompt: 3, completion: 4), adding: [rung])
    var parser = EventParser()
    let data = try #require(parser.feed(ours).first?.data)
    let read = try JSONText(data).root
    #expect(read["usage"]?["total_tokens"]?.integer == 7)
    #expect(read["rung"]?["cost_usd"]?.millionths == 100_000)
    #expect(read["id"]?.string == name.id && read["model"]?.string == name.model)
    #expect(read["choices"]?.kind == .array && read["created"]?.integer == 7)
  }

  @Test func `an answer that came whole streams to the same answer`() throws {
    let body =
      #"{"id":"x","object":"chat.completion","model":"m","created":3,"service_tier":"default","choices":[{"index":1,"message":{"role":"assistant","content":null,"refusal":"no","tool_calls":[{"id":"c","type":"custom","custom":{"name":"f","input":"i"}},{"id":"d","type":"function","function":{"name":"g","arguments":"{}"}}]},"finish_reason":"tool_calls"},{"index":0,"message":{"role":"assistant","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},"logprobs":{"content":[{"token":"a","logprob":-0.5}]},"finish_reason":"length"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#
    let answer = try ChatResponse(Array(body.utf8))
    let chunks = answer.chunks
    #expect(chunks.count == 4)
    var stream = ChatStream()
    for chunk in chunks { _ = stream.feed(chunk.event(as: name, tellsUsage: false)) }
    let again = try stream.finish()
    #expect(again.choices == answer.choices)
    #expect(again.id == name.id && again.model == name.model)
    for chunk in chunks {
      let root = try #require(chunk.raw.json?.root)
      #expect(root["object"]?.string == "chat.completion.chunk")
      #expect(root["service_tier"]?.string == "default" && root["usage"] == nil)
    }
  }

  @Test func `recorded answers and streams pass but for their names`() throws {
    guard let all = try RecordedExchange.all(for: "recorded passing") else { return }
    var answers = 0
    var chunks = 0
    for exchange in all where exchange.isChat && exchange.status == 200 {
      if exchange.isStream {
        var stream = ChatStream()
        for chunk in stream.feed(exchange.answer) {
          let event = chunk.event(as: name, tellsUsage: true)
          guard !event.isEmpty else { continue }
          let raw = try #require(chunk.raw.json?.root)
          try same(raw, JSONText(Array(event.dropFirst(6))).root, but: ["id", "model", "usage"])
          chunks += 1
        }
      } else if let answer = try? ChatResponse(exchange.answer) {
        let raw = try #require(answer.raw?.root)
        try same(raw, JSONText(answer.body(as: name)).root, but: ["id", "model"])
        var stream = ChatStream()
        for chunk in answer.chunks { _ = stream.feed(chunk.event(as: name, tellsUsage: true)) }
        #expect(try stream.finish().choices == answer.choices, "\(exchange.file)")
        answers += 1
      }
    }
    SharedData.say("passed on: \(answers) answers, \(chunks) chunks")
    #expect(answers > 100 && chunks > 1000)
  }

  private func same(_ one: JSONValue, _ two: JSONValue, but names: Set<String>) throws {
    for (key, value) in one.members where !names.contains(key.string ?? "") {
      #expect(two[named: key.string ?? ""]?.raw == value.raw)
    }
    #expect(two["id"]?.string == name.id && two["model"]?.string == name.model)
  }

  @Test func `an error in a stream is one event`() throws {
    let event = ErrorResponse(message: "it\nbroke", type: "upstream_error", code: "x").event()
    #expect(
      String(decoding: event, as: UTF8.self)
        == "data: {\"error\":{\"message\":\"it\\nbroke\",\"type\":\"upstream_error\",\"param\":null,\"code\":\"x\"}}\n\n"
    )
  }
}
