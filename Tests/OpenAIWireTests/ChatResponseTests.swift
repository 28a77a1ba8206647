import OpenAIWire
import Testing

struct ChatResponseTests {
  private func response(_ text: String) throws(WireProblem) -> ChatResponse {
    try ChatResponse(Array(text.utf8))
  }

  @Test func `reads every choice, its calls and its tokens`() throws {
    let answer = try response(
      #"""
      {"id": "c1", "object": "chat.completion", "created": 1700000000, "model": "gpt-4o-2024",
       "system_fingerprint": "fp", "choices": [
        {"index": 1, "message": {"role": "assistant", "content": null, "refusal": "no",
          "tool_calls": [{"id": "t", "type": "function",
            "function": {"name": "f", "arguments": "{\"a\": 1}"}}]}, "finish_reason": "tool_calls"},
        {"index": 0, "message": {"role": "assistant", "content": "4\u00b2", "reasoning_content": "hm"},
         "finish_reason": "stop",
         "logprobs": {"content": [{"token": "4", "logprob": -0.31725305, "bytes": [52]}]}}],
       "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15,
         "prompt_tokens_details": {"cached_tokens": 4},
         "completion_tokens_details": {"reasoning_tokens": 2}}}
      """#)
    #expect(answer.id == "c1")
    #expect(answer.model == "gpt-4o-2024")
    #expect(answer.created == 1_700_000_000)
    #expect(answer.choices.map(\.index) == [0, 1])
    #expect(answer.text == "4²")
    #expect(answer.finish == .stop)
    #expect(answer.choices[0].reasoning == "hm")
    #expect(answer.choices[0].logprobs == [TokenLogprob(token: "4", millionths: -317_253)])
    #expect(answer.choices[1].refusal == "no")
    #expect(
      answer.choices[1].toolCalls == [ToolCall(id: "t", name: "f", arguments: "{\"a\": 1}")])
    #expect(answer.usage == Usage(prompt: 10, completion: 5, cached: 4, reasoning: 2))
    let again = try ChatResponse(answer.written)
    #expect(again.choices == answer.choices)
    #expect(again.usage == answer.usage)
    #expect(again.written == answer.written)
  }

  @Test(arguments: [
    ("", "empty_answer"), (" \n", "empty_answer"), ("<!DOCTYPE html><p>", "html_answer"),
    ("  <html>", "html_answer"), (#"{"choices": [{"mess"#, "answer_cut_off"),
    (#"{"choices": [{"a": tru"#, "answer_cut_off"), (#"{"choices": 1."#, "answer_cut_off"),
    ("Internal Server Error", "answer_not_json"), (#"{"a": 1,}"#, "answer_not_json"),
    ("{\"a\": \"\u{1F600}", "answer_cut_off"), ("42", "answer_malformed"),
    ("{}", "answer_malformed"), (#"{"choices": []}"#, "answer_malformed"),
    (#"{"choices": {}}"#, "answer_malformed"), (#"{"choices": [1]}"#, "answer_malformed"),
    (#"{"choices": [{"index": 0}]}"#, "answer_malformed"),
    (#"{"choices": [{"message": {"content": 5}}]}"#, "answer_malformed"),
    (#"{"choices": [{"message": {"tool_calls": [{}]}}]}"#, "answer_malformed"),
    (#"{"error": {"message": "no"}}"#, "provider_error"), (#"{"error": "no"}"#, "provider_error"),
    (#"{"message": "no", "code": 3}"#, "provider_error"),
  ])
  func `tells apart what is no answer`(text: String, code: String) {
    #expect(throws: WireProblem.self) { try response(text) }
    do {
      _ = try response(text)
    } catch {
      #expect(error.code == code, "\(error)")
    }
  }

  @Test func `half a character at the end is an answer cut off`() {
    let bytes = Array(#"{"choices": [{"message": {"content": "é"#.utf8).dropLast()
    do {
      _ = try ChatResponse(Array(bytes))
      Issue.record("read as an answer")
    } catch {
      #expect(error.code == "answer_cut_off")
    }
  }

  @Test(
    arguments: [
      ("null", .failure(.absent)), ("[]", .failure(.notAnInteger("usage"))),
      ("{}", .failure(.incomplete("prompt_tokens"))),
      (#"{"prompt_tokens": 1}"#, .failure(.incomplete("completion_tokens"))),
      (#"{"prompt_tokens": -1, "completion_tokens": 1}"#, .failure(.negative("prompt_tokens"))),
      (
        #"{"prompt_tokens": "1", "completion_tokens": 1}"#, .failure(.notAnInteger("prompt_tokens"))
      ),
      (
        #"{"prompt_tokens": 1.5, "completion_tokens": 1}"#, .failure(.notAnInteger("prompt_tokens"))
      ),
      (#"{"prompt_tokens": 1e30, "completion_tokens": 1}"#, .failure(.tooLarge("prompt_tokens"))),
      (
        #"{"prompt_tokens": 1, "completion_tokens": 9223372036854775807}"#,
        .failure(.tooLarge("completion_tokens"))
      ),
      (
        #"{"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 8}"#,
        .failure(.inconsistent("3 and 4 tokens are not 8"))
      ),
      (
        #"{"prompt_tokens": 3, "completion_tokens": 4, "prompt_tokens_details": {"cached_tokens": 9}}"#,
        .success(Usage(prompt: 3, completion: 4, cached: 9))
      ),
      (
        #"{"prompt_tokens": 3, "completion_tokens": 4, "completion_tokens_details": {"reasoning_tokens": 9}}"#,
        .success(Usage(prompt: 3, completion: 4, reasoning: 9))
      ),
      (
        #"{"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}"#,
        .success(Usage(prompt: 3, completion: 4))
      ),
      (
        #"{"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 13, "completion_tokens_details": {"reasoning_tokens": 6}}"#,
        .success(Usage(prompt: 3, completion: 10, reasoning: 6, addedReasoning: true))
      ),
      (
        #"{"prompt_tokens": 10, "completion_tokens": 4, "total_tokens": 14, "prompt_cache_hit_tokens": 8, "prompt_cache_miss_tokens": 2}"#,
        .success(Usage(prompt: 10, completion: 4, cached: 8))
      ),
      (
        #"{"prompt_tokens": 10, "completion_tokens": 0, "prompt_tokens_details": null, "cache_creation_input_tokens": 2}"#,
        .success(Usage(prompt: 10, completion: 0, cacheWritten: 2))
      ),
      (
        #"{"prompt_tokens": 10, "completion_tokens": 4, "prompt_cache_hit_tokens": 8, "prompt_cache_miss_tokens": 3}"#,
        .failure(.inconsistent("8 and 3 prompt tokens are not 10"))
      ),
      (
        #"{"completion_tokens": 4, "prompt_cache_hit_tokens": 8, "prompt_cache_miss_tokens": 3}"#,
        .success(Usage(prompt: 11, completion: 4, cached: 8))
      ),
      (
        #"{"prompt_tokens": 10, "completion_tokens": 4, "total_tokens": 19, "cache_read_input_tokens": 3, "cache_creation_input_tokens": 2}"#,
        .success(Usage(prompt: 15, completion: 4, cached: 3, cacheWritten: 2, addedCached: true))
      ),
      (
        #"{"prompt_tokens": 10, "completion_tokens": 4, "total_tokens": 22, "cache_read_input_tokens": 3, "reasoning_tokens": 5}"#,
        .success(
          Usage(
            prompt: 13, completion: 9, cached: 3, reasoning: 5, addedReasoning: true,
            addedCached: true))
      ),
      (
        #"{"prompt_tokens": 10, "completion_tokens": 7, "total_tokens": 22, "cache_read_input_tokens": 5, "reasoning_tokens": 5}"#,
        .failure(.inconsistent("10 and 7 tokens are not 22"))
      ),
      (
        #"{"prompt_tokens": 20, "completion_tokens": 4, "cache_creation_input_tokens": 9, "cache_creation": {"ephemeral_5m_input_tokens": 2, "ephemeral_1h_input_tokens": 7}}"#,
        .success(Usage(prompt: 20, completion: 4, cacheWritten: 2, cacheWrittenLong: 7))
      ),
      (
        #"{"prompt_tokens": 20, "completion_tokens": 4, "cache_creation_input_tokens": 8, "cache_creation": {"ephemeral_5m_input_tokens": 2, "ephemeral_1h_input_tokens": 7}}"#,
        .failure(.inconsistent("2 and 7 tokens written to the cache are not 8"))
      ),
      (
        #"{"input_tokens": 20, "output_tokens": 4, "cache_read_input_tokens": 30, "cache_creation_input_tokens": 0}"#,
        .success(Usage(prompt: 50, completion: 4, cached: 30, addedCached: true))
      ),
      (
        #"{"input_tokens": 20, "output_tokens": 4, "total_tokens": 24, "input_tokens_details": {"cached_tokens": 10}, "output_tokens_details": {"reasoning_tokens": 1}}"#,
        .success(Usage(prompt: 20, completion: 4, cached: 10, reasoning: 1))
      ),
    ] as [(String, Result<Usage, UsageProblem>)])
  func `believes usage that adds up`(json: String, expected: Result<Usage, UsageProblem>) throws {
    let answer = try response(
      "{\"choices\": [{\"message\": {\"content\": \"x\"}}], \"usage\": \(json)}")
    switch expected {
    case .success(let usage):
      #expect(answer.usage == usage)
      #expect(answer.usageProblem == nil)
    case .failure(let problem):
      #expect(answer.usage == nil)
      #expect(answer.usageProblem == problem)
    }
  }

  @Test func `an answer the filter stopped is a failure with its usage`() {
    let body = ChatResponse(
      choices: [.init(text: "I", finish: .contentFilter)], usage: Usage(prompt: 3, completion: 1)
    ).body
    do {
      _ = try ProviderAnswer(status: 200, body: body).read()
      Issue.record("read as an answer")
    } catch {
      #expect(error.kind == .filtered)
      #expect(error.usage == Usage(prompt: 3, completion: 1))
    }
  }
}
