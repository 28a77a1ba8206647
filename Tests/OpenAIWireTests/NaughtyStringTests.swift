import JSONReading
import JSONWriting
import OpenAIWire
import RoutingTestSupport
import Testing

struct NaughtyStringTests {
  @Test func `naughty strings survive every way through`() throws {
    guard let bytes = try SharedData.bytes(of: "blns.json", for: "naughty strings") else { return }
    let strings = try JSONText(bytes).root.elements.compactMap(\.string)
    for text in strings {
      var json = JSONWriter()
      json.object { json in
        json.member("model", text)
        json.array("messages") { json in
          json.object { json in
            json.member("role", "system")
            json.member("content", text)
          }
          json.object { json in
            json.member("role", "user")
            json.member("content", text)
          }
        }
      }
      let request = try ChatRequest(json.bytes)
      #expect(request.model == text)
      #expect(request.messages.map(\.text) == [text, text])
      let edits = UpstreamEdits(model: text, system: [.prepend(text), .append(text)])
      let edited = try ChatRequest(request.body(applying: edits))
      #expect(edited.model == text)
      #expect(edited.messages.map(\.text) == ["\(text)\n\n\(text)\n\n\(text)", text])
      try checkAnswer(text)
    }
    SharedData.say("naughty strings: \(strings.count) through requests, answers and streams")
    #expect(strings.count == 515)
  }

  private func checkAnswer(_ text: String) throws {
    let answer = ChatResponse(choices: [.init(text: text, finish: .stop)])
    #expect(try ChatResponse(answer.body).text == text)
    let chunk = ChatChunk(choices: [.init(text: text, finish: .stop)])
    var stream = ChatStream()
    _ = stream.feed(chunk.event + ChatChunk.doneEvent)
    #expect(try stream.finish().text == text)
    do {
      _ = try ChatResponse(ErrorResponse(message: text).body)
      Issue.record("an error read as an answer")
    } catch {
      #expect(error == .error(ErrorResponse(message: text)))
    }
  }
}
