import JSONReading
import JSONWriting
import OpenAIWire
import RoutingTestSupport
import Testing

/// Requests made from the API's public description.
struct DescribedRequestTests {
  @Test func `every described property survives`() throws {
    guard
      let bytes = try SharedData.bytes(of: "openai_openapi_subset.json", for: "described requests")
    else { return }
    let schemas = try #require(try JSONText(bytes).root["components"]?["schemas"])
    let schema = try #require(schemas["CreateChatCompletionRequest"])
    let properties = DescribedSchema(schemas: schemas).properties(of: schema)
    var count = 0
    for (name, property) in properties where name != "messages" {
      let value = DescribedSchema(schemas: schemas).sample(property)
      var json = JSONWriter()
      json.object { json in
        json.member(name, raw: value)
        json.member("messages", raw: #"[{"role": "user", "content": "hi"}]"#.utf8)
      }
      let request = try ChatRequest(json.bytes)
      let body = try JSONText(request.body(applying: UpstreamEdits()))
      #expect(body.root[named: name].map { Array($0.raw) } == value, "\(name)")
      count += 1
    }
    let messages = DescribedSchema(schemas: schemas).roles()
    for message in messages {
      var json = JSONWriter()
      json.object { json in json.array("messages") { $0.raw(message) } }
      let body = try ChatRequest(json.bytes).body(applying: UpstreamEdits())
      #expect(body == json.bytes)
    }
    SharedData.say("described properties: \(count + 1), kinds of messages: \(messages.count)")
    #expect(count == 36)
    #expect(messages.count == 6)
  }
}
