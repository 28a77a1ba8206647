import ContextCompression
import JSONReading
import OpenAIWire
import Testing

@testable import RoutingCompression

@Suite struct `Compressed messages on the wire` {
  private func request(_ json: String) throws -> ChatRequest { try ChatRequest(Array(json.utf8)) }

  static let prose =
    "The desk is open from nine to five. Ana painted the roof in May. The roof is green now."

  @Test func `only the texts change, every other byte passes`() throws {
    let before = """
      { "model":"auto", "x-own" : [1.50, {"a":null}],
        "messages": [ {"role":"system","content":"Rules.  \\u00e4"},
          {"role":"user","content":"\(Self.prose)","name":"ana"},
          {"role":"assistant","content":"Read."}, {"role":"user","content":"When is the desk open?"}
        ], "seed": 7 }
      """
    let request = try request(before)
    let made = ContextCompressor(.extractive(.share(600_000))).compress(request.contextMessages)
    let shorter = try #require(request.replacing(made))
    #expect(
      String(decoding: shorter.json.bytes, as: UTF8.self) == """
        { "model":"auto", "x-own" : [1.50, {"a":null}],
          "messages": [{"role":"system","content":"Rules.  \\u00e4"},\
        {"role":"user","content":"The desk is open from nine to five.","name":"ana"},\
        {"role":"assistant","content":"Read."},{"role":"user","content":"When is the desk open?"}], "seed": 7 }
        """)
  }

  @Test func `parts are compressed each by itself, and pictures stay`() throws {
    let before = """
      {"messages":[{"role":"user","content":[{"type":"text","text":"\(Self.prose)","x":1},\
      {"type":"image_url","image_url":{"url":"https://a.example/b.png"}},\
      {"type":"text","text":"The desk is in Leeds. A hall was built of stone. A friend of Ana \\"likes\\" halls."}]},\
      {"role":"user","content":"When is the desk open, and where is the desk?"}]}
      """
    let request = try request(before)
    let made = ContextCompressor(.extractive(.share(600_000))).compress(request.contextMessages)
    let shorter = try #require(request.replacing(made))
    #expect(shorter.messages[0].media.count == 1)
    #expect(shorter.contextMessages[0].texts.count == 2)
    #expect(shorter.json.bytes.count < request.json.bytes.count)
    let text = String(decoding: shorter.json.bytes, as: UTF8.self)
    #expect(
      text.contains(#","x":1},{"type":"image_url","image_url":{"url":"https://a.example/b.png"}}"#))
    #expect(text.contains("The desk is open from nine to five."))
    #expect(text.contains("The desk is in Leeds."))
  }

  @Test func `a turn that goes leaves the others`() throws {
    let before = """
      {"messages":[{"role":"user","content":"Who is Ana?"},{"role":"assistant","content":"A painter of roofs."},\
      {"role":"user","content":"Where is the desk?"},{"role":"assistant","content":"The desk is in Leeds."},\
      {"role":"user","content":"When is the desk open?"}]}
      """
    let request = try request(before)
    let made = ContextCompressor(.extractive(.share(600_000))).compress(request.contextMessages)
    let shorter = try #require(request.replacing(made))
    #expect(
      shorter.messages.map(\.text) == [
        "Where is the desk?", "The desk is in Leeds.", "When is the desk open?",
      ])
  }

  @Test func `what the caller asks the provider to keep is not touched`() throws {
    let before = """
      {"messages":[{"role":"user","content":"\(Self.prose)"},\
      {"role":"user","content":[{"type":"text","text":"\(Self.prose)","cache_control":{"type":"ephemeral"}}]},\
      {"role":"user","content":"\(Self.prose)"},{"role":"user","content":"When is the desk open?"}]}
      """
    #expect(try request(before).contextMessages.map(\.isCached) == [true, true, false, false])
  }

  @Test func `a message with two contents is left alone`() throws {
    let before = """
      {"messages":[{"role":"user","content":"\(Self.prose)","content":"\(Self.prose) More."},\
      {"role":"user","content":"When is the desk open?"}]}
      """
    guard let request = try? request(before) else { return }
    let made = ContextCompressor(.extractive(.share(300_000))).compress(request.contextMessages)
    if let shorter = request.replacing(made) {
      #expect(shorter.contextMessages.map(\.texts) == made.messages.map { $0.texts.map(\.text) })
    }
  }

  @Test func `calls, results and refusals are known`() throws {
    let request = try request(
      """
      {"messages":[{"role":"user","content":"a"},{"role":"assistant","content":null,"tool_calls":\
      [{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]},\
      {"role":"tool","tool_call_id":"1","content":"r"},{"role":"assistant","refusal":"no"},\
      {"role":"developer","content":"d"},{"role":"user","content":"q"}]}
      """)
    let messages = request.contextMessages
    #expect(messages.map(\.role) == [.user, .assistant, .tool, .assistant, .developer, .user])
    #expect(messages.map(\.hasCalls) == [false, true, true, false, false, false])
    #expect(messages[3].hasMedia)
  }
}
