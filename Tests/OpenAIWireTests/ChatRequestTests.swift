import OpenAIWire
import Testing

struct ChatRequestTests {
  @Test func `reads the fields routing needs`() throws {
    let request = try ChatRequest(
      Array(
        #"""
        {"model": "gpt-4o", "max_completion_tokens": 500, "temperature": 0.7, "top_p": 1,
         "seed": -3, "n": 2, "stop": "END", "user": "u1", "stream": true,
         "stream_options": {"include_usage": true}, "logprobs": true, "top_logprobs": 5,
         "metadata": {"plan": "pro", "count": 3, "beta": true},
         "response_format": {"type": "json_schema", "json_schema": {"name": "x"}},
         "tools": [{"type": "function", "function": {"name": "look_up"}}, {"type": "web_search"}],
         "messages": [
           {"role": "developer", "content": "be \"terse\"\n"},
           {"role": "user", "content": [
             {"type": "text", "text": "what is"},
             {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA"}},
             {"type": "text", "text": "this? 😀"}]},
           {"role": "assistant", "content": null, "tool_calls": [
             {"id": "c1", "type": "function",
              "function": {"name": "look_up", "arguments": "{\"a\":1}"}}]},
           {"role": "tool", "tool_call_id": "c1", "content": "42"}]}
        """#.utf8))
    #expect(request.model == "gpt-4o")
    #expect(request.maxTokens == 500)
    #expect(request.maxTokensField == .maxCompletionTokens)
    #expect(request.temperature == 700_000)
    #expect(request.topP == 1_000_000)
    #expect(request.seed == -3)
    #expect(request.choices == 2)
    #expect(request.stop == ["END"])
    #expect(request.user == "u1")
    #expect(request.stream && request.includeUsage && request.logprobs)
    #expect(request.topLogprobs == 5)
    #expect(request.format == .jsonSchema)
    #expect(request.tools.map(\.name) == ["look_up", "web_search"])
    #expect(request.messages.map(\.role) == [.developer, .user, .assistant, .tool])
    #expect(request.messages[0].text == "be \"terse\"\n")
    #expect(request.messages[1].text == "what is\nthis? 😀")
    #expect(request.messages[1].media.map(\.kind) == [.image])
    #expect(
      request.messages[2].toolCalls == [ToolCall(id: "c1", name: "look_up", arguments: "{\"a\":1}")]
    )
    #expect(request.messages[3].toolCallID == "c1")
    #expect(request.metadata.map(\.key) == ["plan", "count", "beta"])
  }
}
