import JSONReading
import OpenAIWire
import RoutingTestSupport
import Testing

@testable import RoutingBatches

@Suite struct `A request for several` {
  private func batchable(_ body: String) throws -> BatchableRequest {
    try BatchableRequest(try ChatRequest(Array(body.utf8)))
  }

  private func reason(_ body: String) throws -> AloneReason? {
    let request = try ChatRequest(Array(body.utf8))
    do throws(AloneReason) {
      _ = try BatchableRequest(request)
      return nil
    } catch {
      return error
    }
  }

  private static let user = #"{"role":"user","content":"q"}"#

  private static let bodies: [(String, AloneReason?)] = [
    (#"{"messages":[U]}"#, nil),
    (
      #"{"messages":[{"role":"system","content":"s"},U],"max_tokens":5,"temperature":0,"n":1,"stop":null}"#,
      nil
    ),
    (#"{"messages":[U],"stream":true}"#, AloneReason.streams),
    (#"{"messages":[U],"n":2}"#, .choices),
    (#"{"messages":[U],"stop":["x"]}"#, .stop),
    (#"{"messages":[U],"logprobs":true}"#, .logprobs),
    (#"{"messages":[U],"tools":[{"type":"function","function":{"name":"f"}}]}"#, .tools),
    (#"{"messages":[U,{"role":"assistant","content":"a"},U]}"#, .history),
    (#"{"messages":[{"role":"system","content":"s"}]}"#, .history),
    (
      #"{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}}]}]}"#,
      .media
    ),
    (
      #"{"messages":[{"role":"user","content":[{"type":"text","text":"x"}]}]}"#,
      .field("messages.content")
    ),
    (#"{"messages":[{"role":"user","name":"me","content":"x"}]}"#, .field("messages.name")),
    (#"{"messages":[U],"logit_bias":{"1":2}}"#, .field("logit_bias")),
    (
      ##"{"messages":[U],"response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"$ref":"#/x"}}}}"##,
      .schemaReferences
    ),
    (
      ##"{"messages":[U],"response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"unevaluatedItems":false}}}}"##,
      .schema
    ),
  ]

  @Test(arguments: bodies)
  func `only instructions and one text are asked with others`(
    body: String, expected: AloneReason?
  ) throws {
    #expect(try reason(body.replacing("U", with: Self.user)) == expected)
  }

  @Test func `what differs in anything but the question is of another kind`() throws {
    let one = try batchable(
      #"{"model":"auto","messages":[{"role":"system","content":"s"},{"role":"user","content":"a"}],"seed":1,"metadata":{"plan":"free"}}"#
    )
    let same = try batchable(
      #"{"model":"auto","messages":[{"role":"system","content":"s"},{"role":"user","content":"b"}],"seed":1,"metadata":{"plan":"pro"}}"#
    )
    #expect(one.likeness == same.likeness)
    #expect(same.question == "b")
    for other in [
      #"{"model":"auto","messages":[{"role":"system","content":"S"},{"role":"user","content":"a"}],"seed":1}"#,
      #"{"model":"auto","messages":[{"role":"developer","content":"s"},{"role":"user","content":"a"}],"seed":1}"#,
      #"{"model":"auto","messages":[{"role":"user","content":"a"}],"seed":1}"#,
      #"{"model":"auto","messages":[{"role":"system","content":"s"},{"role":"user","content":"a"}],"seed":2}"#,
      #"{"model":"auto","messages":[{"role":"system","content":"s"},{"role":"user","content":"a"}],"seed":1,"user":"u"}"#,
      #"{"model":"qwen","messages":[{"role":"system","content":"s"},{"role":"user","content":"a"}],"seed":1}"#,
    ] {
      #expect(try batchable(other).likeness != one.likeness, "\(other)")
    }
  }

  @Test func `it keeps instructions and parameters, and says nothing of who asked`() throws {
    let one = try batchable(
      #"{"model":"auto","messages":[{"role":"system","content":"Label it."},{"role":"user","content":"a"}],"temperature":0,"metadata":{"ticket":"17"}}"#
    )
    var random = SplitMix(state: 3)
    let composer = BatchComposer(["a", "b"], one.form) { random.next() }
    let request = try composer.request(like: one.request, takesJSON: true)
    #expect(request.messages.count == 2)
    #expect(request.messages[0].text == "Label it.")
    #expect(request.messages[1].text == composer.text)
    #expect(request.temperature == 0)
    #expect(request.format == .jsonObject)
    #expect(request.metadata.isEmpty)
    let plain = try composer.request(like: one.request, takesJSON: false)
    #expect(plain.format == .text)
  }

  @Test func `a schema is asked of each item, not of the whole`() throws {
    let one = try batchable(
      #"{"messages":[{"role":"user","content":"a"}],"response_format":{"type":"json_schema","json_schema":{"name":"label","strict":true,"schema":{"type":"object","properties":{"label":{"type":"string"}}}}}}"#
    )
    var random = SplitMix(state: 3)
    let composer = BatchComposer(["a", "b"], one.form) { random.next() }
    let request = try composer.request(like: one.request, takesJSON: true)
    let wrapped = try #require(request.json.root["response_format"]?["json_schema"]?["schema"])
    let item = try #require(wrapped["properties"]?["items"]?["items"]?["properties"]?["answer"])
    #expect(
      String(decoding: item.raw, as: UTF8.self)
        == #"{"type":"object","properties":{"label":{"type":"string"}}}"#)
    #expect(request.json.root["response_format"]?["json_schema"]?["strict"]?.bool == true)
  }
}
