import HTTPUpstream
import JSONReading
import OpenAIWire
import Testing

@Suite struct `Completions over HTTP` {
  @Test func `a prompt is answered in the older shape`() async throws {
    try await GatewayGround.with("otherwise { use cheap }") { ground in
      let answer = try await ground.send(
        .post, "/v1/completions", #"{"model":"auto","prompt":["where is it?"],"max_tokens":40}"#)
      #expect(answer.status == 200)
      let json = try JSONText(answer.body).root
      #expect(json["object"]?.string == "text_completion" && json["model"]?.string == "cheap")
      #expect(json["id"]?.string?.hasPrefix("cmpl-") == true)
      let choice = try #require(json["choices"]?.elements.first { _ in true })
      #expect(choice["text"]?.string?.isEmpty == false)
      #expect(json["usage"]?["total_tokens"]?.integer ?? 0 > 0)
      if let schema = try OpenAISchema("CreateCompletionResponse") {
        #expect(schema.accepts(answer.body))
      }
    }
  }

  @Test(arguments: [
    (#"{"prompt":"a","suffix":"b"}"#, "suffix"), (#"{"prompt":"a","echo":true}"#, "echo"),
    (#"{"prompt":"a","best_of":3}"#, "best_of"), (#"{"prompt":"a","logprobs":2}"#, "logprobs"),
    (#"{"prompt":["a","b"]}"#, "prompt"), (#"{"prompt":[1,2]}"#, "prompt"),
    (#"{"prompt":[[1,2]]}"#, "prompt"), (#"{}"#, "prompt"),
    (#"{"prompt":"a","messages":[]}"#, "messages"),
  ])
  func `what a chat cannot say is refused by name`(body: String, param: String) throws {
    let error = #expect(throws: WireProblem.self) {
      _ = try CompletionsRequest(Array(body.utf8))
    }
    #expect(error?.place?.path == param)
  }

  @Test(arguments: [
    (
      #"{"prompt":"a\u00e9","echo":false,"best_of":1,"suffix":null,"top_k":1.0}"#,
      #"{"top_k":1.0,"messages":[{"role":"user","content":"a\u00e9"}],"max_tokens":16}"#
    ),
    (
      #"{"max_tokens":3, "prompt":"a"}"#,
      #"{"max_tokens":3,"messages":[{"role":"user","content":"a"}]}"#
    ),
  ])
  func `the rest becomes a chat`(body: String, chat: String) throws {
    let request = try CompletionsRequest(Array(body.utf8)).chat
    #expect(String(decoding: request.json.bytes, as: UTF8.self) == chat)
  }
}
