import JSONReading
import OpenAIWire
import Testing

struct ChatStreamTests {
  /// Feeds a stream at once and in every two halves; the outcome must be the same.
  private func outcome(_ text: String) -> Result<ChatResponse, WireProblem> {
    let bytes = Array(text.utf8)
    let whole = read([bytes[...]])
    for place in bytes.indices {
      let halves = read([bytes[..<place], bytes[place...]])
      #expect(halves.chunks == whole.chunks, "cut at \(place)")
      #expect(described(halves.answer) == described(whole.answer), "cut at \(place)")
    }
    return whole.answer
  }

  private func read(
    _ pieces: [ArraySlice<UInt8>]
  ) -> (chunks: [ChatChunk], answer: Result<ChatResponse, WireProblem>) {
    var stream = ChatStream()
    var chunks: [ChatChunk] = []
    for piece in pieces { chunks += stream.feed(piece) }
    do throws(WireProblem) {
      return (chunks, .success(try stream.finish()))
    } catch {
      return (chunks, .failure(error))
    }
  }

  private func described(_ answer: Result<ChatResponse, WireProblem>) -> String {
    switch answer {
    case .success(let response): String(decoding: response.body, as: UTF8.self)
    case .failure(let problem): problem.description
    }
  }

  @Test func `whose texts nobody wants gives the same chunks and keeps all but the texts`() throws {
    let text = #"""
      data: {"id":"c","model":"m","created":5,"choices":[{"index":0,"delta":{"role":"assistant","content":"Hel"}}]}

      data: {"choices":[{"index":0,"delta":{"content":"lo","refusal":"n","reasoning_content":"h"},"logprobs":{"content":[{"token":"lo","logprob":-1}]}}]}

      data: {"choices":[{"index":1,"delta":{"tool_calls":[{"index":0,"id":"t","function":{"name":"f","arguments":"{"}}]}}]}

      data: {"choices":[{"index":1,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"}"}}]}}]}

      data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"},{"index":1,"finish_reason":"tool_calls"}]}

      data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}

      data: [DONE]


      """#
    var keeping = ChatStream()
    var passing = ChatStream(keepsTexts: false)
    let kept = keeping.feed(text.utf8)
    let passed = passing.feed(text.utf8)
    #expect(kept == passed && kept.count == 6)
    var answer = try keeping.finish()
    let rest = try passing.finish()
    #expect(answer.text == "Hello" && answer.choices[1].toolCalls.first?.arguments == "{}")
    for place in answer.choices.indices {
      answer.choices[place].text = ""
      answer.choices[place].refusal = nil
      answer.choices[place].reasoning = nil
      answer.choices[place].logprobs = []
      for call in answer.choices[place].toolCalls.indices {
        answer.choices[place].toolCalls[call].arguments = ""
      }
    }
    #expect(rest.choices == answer.choices && rest.id == answer.id && rest.model == answer.model)
    #expect(rest.usage?.completion == 2 && rest.choices[1].toolCalls.first?.name == "f")
    let isDone = passing.isDone
    #expect(isDone && passing.text.isEmpty)
  }

  @Test func `puts texts, calls, reasons and usage together`() throws {
    let answer = try outcome(
      #"""
      data: {"id":"c","model":"m","created":5,"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

      : keep-alive

      data: {"id":"c","choices":[{"index":0,"delta":{"content":"Hel"}},{"index":1,"delta":{"reasoning_content":"h"}}]}

      data: {"choices":[{"index":0,"delta":{"content":"lo"},"logprobs":{"content":[{"token":"lo","logprob":-1}]}}]}

      data: {"choices":[{"index":1,"delta":{"tool_calls":[{"index":0,"id":"t0","type":"function","function":{"name":"f","arguments":""}}]}}]}

      data: {"choices":[{"index":1,"delta":{"tool_calls":[{"index":1,"id":"t1","function":{"name":"g","arguments":"{}"}},{"index":0,"function":{"arguments":"{\"a\""}}]}}]}

      data: {"choices":[{"index":1,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}}]}

      data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"},{"index":1,"finish_reason":"tool_calls"}]}

      data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}

      data: [DONE]


      """#
    ).get()
    #expect(answer.id == "c")
    #expect(answer.model == "m")
    #expect(answer.text == "Hello")
    #expect(answer.finish == .stop)
    #expect(answer.choices[0].logprobs == [TokenLogprob(token: "lo", millionths: -1_000_000)])
    #expect(answer.choices[1].reasoning == "h")
    #expect(
      answer.choices[1].toolCalls == [
        ToolCall(id: "t0", name: "f", arguments: "{\"a\":1}"),
        ToolCall(id: "t1", name: "g", arguments: "{}"),
      ])
    #expect(answer.usage == Usage(prompt: 3, completion: 2))
  }

  private static let hello = #"data: {"choices":[{"index":0,"delta":{"content":"hi"}}]}"#
  private static let stop = #"data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#

  @Test(arguments: [
    ("\(hello)\n\n\(stop)\n\n", nil), ("\(hello)\n\n\(stop)\n\ndata: [DONE]", nil),
    ("\(hello)\n\n\(stop)\n\ndata: [DONE]\n\ndata: garbage\n\n", nil),
    ("\(hello)\n\n", "stream_cut_off"), ("\(hello)\n\ndata: [DONE]\n\n", "stream_cut_off"),
    ("", "stream_cut_off"), ("data: [DONE]\n\n", "stream_cut_off"),
    ("\(hello)\n\ndata: {\"choices\":[{\"ind", "answer_cut_off"),
    ("\(hello)\n\ndata: {\"error\":{\"message\":\"overloaded\"}}\n\n", "provider_error"),
    ("\(hello)\n\ndata: <html>\n\n\(stop)\n\n", "html_answer"),
    ("\(hello)\n\ndata: {}\n\n", "answer_malformed"),
    ("data: {\"choices\":[{\"index\":128,\"delta\":{}}]}\n\n", "answer_malformed"),
    ("data: {\"choices\":[{\"index\":-1,\"delta\":{}}]}\n\n", "answer_malformed"),
    (#"{"choices":[{"message":{"content":"hi"},"finish_reason":"stop"}]}"#, nil),
    ("{\"error\":{\"message\":\"busy\"}}\n", "provider_error"),
    ("<html>\n\n</html>", "html_answer"),
    ("{\n\n\"choices\": [", "answer_cut_off"), ("busy\n\n", "stream_cut_off"),
    ("data: {\"choices\":{}}\n\n", "answer_malformed"), ("data: nonsense\n\n", "answer_not_json"),
  ])
  func `tells a finished stream from a broken one`(stream: String, code: String?) {
    switch outcome(stream) {
    case .success(let answer):
      #expect(code == nil)
      #expect(answer.text == "hi")
    case .failure(let problem): #expect(problem.code == code)
    }
  }

  @Test func `keeps what arrived before the stream broke`() {
    var stream = ChatStream()
    let chunks = stream.feed("\(Self.hello)\n\ndata: nonsense\n\n\(Self.hello)\n\n".utf8)
    #expect(chunks.count == 1)
    #expect(stream.problem?.code == "answer_not_json")
    #expect(stream.soFar.text == "hi")
    #expect(stream.feed("\(Self.hello)\n\n".utf8).isEmpty)
  }

  @Test func `stops at its limits`() {
    var small = ChatStream(limits: JSONLimits(bytes: 30))
    _ = small.feed("\(Self.hello)\n\n".utf8)
    #expect(small.problem == .eventTooLarge(limit: 30))
    var short = ChatStream(limit: 100)
    #expect(short.feed("\(Self.hello)\n\n\(Self.hello)\n\n".utf8).count == 1)
    #expect(short.problem == .streamTooLarge(limit: 100))
  }

  @Test func `what we stream is what we read`() throws {
    var text = ""
    let chunks = [
      ChatChunk(
        id: "c\"1", model: "m", created: 7, choices: [.init(role: "assistant", text: "a\n\u{2028}")]
      ),
      ChatChunk(
        id: "c\"1", model: "m", created: 7,
        choices: [
          .init(
            text: "\u{0}é😀", refusal: "r", reasoning: "t",
            toolCalls: [.init(index: 0, id: "i", name: "f", arguments: "{\"x\":")],
            logprobs: [TokenLogprob(token: "é", millionths: -5)])
        ]),
      ChatChunk(
        id: "c\"1", model: "m", created: 7,
        choices: [.init(toolCalls: [.init(index: 0, arguments: "1}")], finish: .length)]),
      ChatChunk(
        id: "c\"1", model: "m", created: 7, choices: [],
        usage: Usage(prompt: 5, completion: 4, cached: 3, cacheWritten: 1, reasoning: 2)),
    ]
    for chunk in chunks { text += String(decoding: chunk.event, as: UTF8.self) }
    text += String(decoding: ChatChunk.doneEvent, as: UTF8.self)
    var stream = ChatStream()
    #expect(stream.feed(text.utf8) == chunks)
    #expect(stream.isDone)
    let answer = try outcome(text).get()
    #expect(answer.text == "a\n\u{2028}\u{0}é😀")
    #expect(answer.toolCalls == [ToolCall(id: "i", name: "f", arguments: "{\"x\":1}")])
    #expect(answer.finish == .length)
    #expect(
      answer.usage == Usage(prompt: 5, completion: 4, cached: 3, cacheWritten: 1, reasoning: 2))
  }
}
