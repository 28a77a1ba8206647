import OpenAIWire
import Testing

/// Errors in the shapes providers publish, and what each means.
struct ErrorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let status: Int
    let body: String
    let kind: ProviderFailure.Kind
    var message: String?
    var code: String?
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "OpenAI, prompt too long", status: 400,
      body:
        #"{"error":{"message":"This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens. Please reduce the length of the messages.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"#,
      kind: .tooLong, code: "context_length_exceeded"),
    Case(
      name: "OpenAI, rate limit", status: 429,
      body:
        #"{"error":{"message":"Rate limit reached for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000. Please try again in 2s.","type":"tokens","param":null,"code":"rate_limit_exceeded"}}"#,
      kind: .limited, code: "rate_limit_exceeded"),
    Case(
      name: "OpenAI, no money", status: 429,
      body:
        #"{"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"#,
      kind: .unpaid),
    Case(
      name: "OpenAI, wrong key", status: 401,
      body:
        #"{"error":{"message":"Incorrect API key provided: sk-x.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#,
      kind: .unauthorized),
    Case(
      name: "OpenAI, unknown model", status: 404,
      body:
        #"{"error":{"message":"The model `gpt-9` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}"#,
      kind: .notFound),
    Case(
      name: "OpenAI, flagged prompt", status: 400,
      body:
        #"{"error":{"message":"Invalid prompt: your prompt was flagged as potentially violating our usage policy.","type":"invalid_request_error","param":null,"code":"invalid_prompt"}}"#,
      kind: .filtered),
    Case(
      name: "OpenAI, wrong parameter", status: 400,
      body:
        #"{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}}"#,
      kind: .badRequest),
    Case(
      name: "OpenAI, server error", status: 500,
      body:
        #"{"error":{"message":"The server had an error while processing your request. Sorry about that!","type":"server_error","param":null,"code":null}}"#,
      kind: .unavailable),
    Case(
      name: "Azure, content filter", status: 400,
      body:
        #"{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":true,"severity":"high"}}}}}"#,
      kind: .filtered, code: "ResponsibleAIPolicyViolation"),
    Case(
      name: "Azure, rate limit", status: 429,
      body:
        #"{"error":{"code":"429","message":"Requests to the ChatCompletions_Create Operation have exceeded call rate limit. Please retry after 26 seconds."}}"#,
      kind: .limited, code: "429"),
    Case(
      name: "Azure, wrong key", status: 401,
      body:
        #"{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint."}}"#,
      kind: .unauthorized),
    Case(
      name: "Anthropic, overloaded", status: 529,
      body: #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
      kind: .unavailable, message: "Overloaded"),
    Case(
      name: "Anthropic, prompt too long", status: 400,
      body:
        #"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000 maximum"}}"#,
      kind: .tooLong),
    Case(
      name: "Anthropic, credit", status: 400,
      body:
        #"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the API."}}"#,
      kind: .unpaid),
    Case(
      name: "Gemini, quota", status: 429,
      body:
        #"[{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","status":"RESOURCE_EXHAUSTED"}}]"#,
      kind: .limited, code: "429"),
    Case(
      name: "Gemini, prompt too long", status: 400,
      body:
        #"[{"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}}]"#,
      kind: .tooLong),
    Case(
      name: "DeepSeek, no money", status: 402,
      body:
        #"{"error":{"message":"Insufficient Balance","type":"unknown_error","param":null,"code":"invalid_request_error"}}"#,
      kind: .unpaid),
    Case(
      name: "DeepSeek, filtered", status: 400,
      body:
        #"{"error":{"message":"Content Exists Risk","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}"#,
      kind: .filtered),
    Case(
      name: "Qwen, filtered", status: 400,
      body:
        #"{"error":{"code":"data_inspection_failed","param":null,"message":"Input data may contain inappropriate content.","type":"data_inspection_failed"},"request_id":"1"}"#,
      kind: .filtered),
    Case(
      name: "Qwen, prompt too long", status: 400,
      body:
        #"{"error":{"code":"invalid_parameter_error","param":null,"message":"Range of input length should be [1, 129024]","type":"invalid_request_error"}}"#,
      kind: .tooLong),
    Case(
      name: "SiliconFlow, unknown model", status: 400,
      body:
        #"{"code":20012,"message":"Model does not exist. Please check it carefully.","data":null}"#,
      kind: .badRequest, code: "20012"),
    Case(
      name: "vLLM, prompt too long", status: 400,
      body:
        #"{"object":"error","message":"This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (4000 in the messages, 1000 in the completion).","type":"BadRequestError","param":null,"code":400}"#,
      kind: .tooLong, code: "400"),
    Case(
      name: "Mistral, wrong field", status: 422,
      body: #"{"detail":[{"type":"missing","loc":["body","messages"],"msg":"Field required"}]}"#,
      kind: .badRequest, message: "Field required"),
    Case(
      name: "Mistral, wrong key", status: 401,
      body: #"{"message":"Unauthorized","request_id":"1"}"#, kind: .unauthorized,
      message: "Unauthorized"),
    Case(
      name: "Groq, too large for the minute", status: 413,
      body:
        #"{"error":{"message":"Request too large for model `llama` on tokens per minute (TPM): Limit 6000, Requested 8000","type":"tokens","code":"rate_limit_exceeded"}}"#,
      kind: .limited),
    Case(
      name: "Ollama, unknown model", status: 404, body: #"{"error":"model 'llama9' not found"}"#,
      kind: .notFound, message: "model 'llama9' not found"),
    Case(
      name: "text-generation-inference, prompt too long", status: 422,
      body:
        #"{"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 2048. Given: 3000","error_type":"validation"}"#,
      kind: .tooLong),
    Case(
      name: "OpenRouter, moderation", status: 403,
      body:
        #"{"error":{"code":403,"message":"Input was flagged by moderation","metadata":{"reasons":["violence"]}}}"#,
      kind: .filtered),
    Case(
      name: "OpenAI, limited for safety", status: 400,
      body:
        #"{"error":{"message":"Invalid prompt: we've limited access to this content for safety reasons.","type":"invalid_request_error","param":null,"code":"invalid_prompt"}}"#,
      kind: .filtered),
    Case(
      name: "xAI, usage guidelines", status: 403,
      body:
        #"{"code":"The caller does not have permission to execute the specified operation","error":"Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_BIO"}"#,
      kind: .filtered),
    Case(
      name: "xAI, no access", status: 403,
      body: #"{"code":"permission-denied","error":"Access to the chat endpoint is denied"}"#,
      kind: .unauthorized),
    Case(
      name: "Moonshot, high risk", status: 400,
      body:
        #"{"error":{"code":400,"message":"The request was rejected because it was considered high risk","param":"prompt","type":"content_filter"}}"#,
      kind: .filtered),
    Case(
      name: "MiniMax, sensitive input", status: 422,
      body: #"{"error":{"type":"bad_request_error","message":"input new_sensitive (1026)"}}"#,
      kind: .filtered),
    Case(
      name: "Zhipu, sensitive content", status: 400,
      body:
        #"{"error":{"code":"1301","message":"系统检测到输入或生成内容可能包含不安全或敏感内容，请您避免输入易产生敏感内容的提示语，感谢您的配合。"}}"#,
      kind: .filtered),
    Case(
      name: "New API, sensitive words", status: 400,
      body:
        #"{"error":{"message":"input contains sensitive words: [test]","type":"new_api_error","param":"","code":"sensitive_words_detected"}}"#,
      kind: .filtered),
    Case(
      name: "OpenRouter, 200 with an error", status: 200,
      body: #"{"error":{"code":502,"message":"Provider returned error"}}"#, kind: .unavailable),
    Case(
      name: "200 with a limit", status: 200,
      body: #"{"error":{"message":"slow down","type":"rate_limit_error"},"choices":null}"#,
      kind: .limited),
    Case(
      name: "a proxy's page", status: 502, body: "<html><h1>Bad Gateway</h1></html>",
      kind: .unavailable,
      message: "the provider answered with status 502 and no error we can read"),
    Case(
      name: "a proxy's refusal", status: 403, body: "Forbidden", kind: .unauthorized,
      message: "the provider answered with status 403 and no error we can read"),
    Case(name: "nothing at all", status: 503, body: "", kind: .unavailable),
    Case(
      name: "body too large for a proxy", status: 413, body: "<html>nginx</html>", kind: .tooLong),
  ]

  @Test(arguments: cases)
  func `says what an error means`(_ test: Case) {
    let answer = ProviderAnswer(status: test.status, body: Array(test.body.utf8))
    do {
      _ = try answer.read()
      Issue.record("read as an answer")
    } catch {
      #expect(error.kind == test.kind)
      #expect(error.status == test.status)
      if let message = test.message { #expect(error.message == message) }
      if let code = test.code { #expect(error.error?.code == code) }
    }
  }

  @Test(
    arguments: [
      ("12", nil, "", 12_000), ("1.5", nil, "", 1_500), ("7", "250", "", 250),
      ("Fri, 01 Jan 2027 00:00:00 GMT", nil, "", nil), (nil, nil, "Please try again in 2s.", 2_000),
      (nil, nil, "Please try again in 1m6.5s. Visit", 66_500),
      (nil, nil, "try again in 350ms", 350), (nil, nil, "try again in 6m0s.", 360_000),
      (nil, nil, "try again in a while", nil), ("-1", nil, "", nil), ("", nil, "", nil),
      ("99999999999999999999999", nil, "", 86_400_000),
      (nil, nil, "try again in 9999999999d", 86_400_000),
    ] as [(String?, String?, String, Int64?)])
  func `reads how long to wait`(
    header: String?, headerMs: String?, message: String, expected: Int64?
  ) {
    let body = ErrorResponse(message: message, code: "rate_limit_exceeded").body
    let answer = ProviderAnswer(
      status: 429, body: body, retryAfter: header, retryAfterMs: headerMs)
    do {
      _ = try answer.read()
      Issue.record("read as an answer")
    } catch {
      #expect(error.kind == .limited)
      #expect(error.retryAfter == expected)
    }
  }

  @Test(
    arguments: [
      ("Fri, 31 Dec 2027 23:59:59 GMT", "Fri, 31 Dec 2027 23:59:57 GMT", 2000),
      ("Sat, 01 Jan 2028 00:00:00 GMT", "Fri, 31 Dec 2027 23:59:59 GMT", 1000),
      ("Wed, 01 Mar 2028 00:00:00 GMT", "Tue, 29 Feb 2028 00:00:00 GMT", 86_400_000),
      ("Mon, 01 Mar 2100 00:00:01 GMT", "Sun, 28 Feb 2100 23:59:59 GMT", 2000),
      ("Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", 86_400_000),
      ("Fri, 31 Dec 2027 23:59:57 GMT", "Fri, 31 Dec 2027 23:59:59 GMT", 0),
      ("Fri, 31 Dec 2027 23:59:59 GMT", nil, nil),
      ("Fri, 31 Dec 2027 23:59:59 GMT", "yesterday", nil),
      ("Fri, 31 Dec 2027 24:59:59 GMT", "Fri, 31 Dec 2027 23:59:59 GMT", nil),
      ("Fri, 32 Dec 2027 23:59:59 GMT", "Fri, 31 Dec 2027 23:59:59 GMT", nil),
      ("Fri, 31 Mai 2027 23:59:59 GMT", "Fri, 31 Dec 2027 23:59:59 GMT", nil),
      ("Fri, 31 Dec 2027 23:59:59 CET", "Fri, 31 Dec 2027 23:59:59 GMT", nil),
      ("Friday, 31-Dec-27 23:59:59 GMT", "Fri, 31 Dec 2027 23:59:59 GMT", nil),
      ("Fri, 31 Dec 2027 1:2:3 GMT", "Fri, 31 Dec 2027 23:59:59 GMT", nil),
    ] as [(String, String?, Int64?)])
  func `holds a date to wait for against the answer's own`(
    wanted: String, sent: String?, expected: Int64?
  ) {
    #expect(RetryAfter.milliseconds(retryAfter: wanted, date: sent) == expected)
  }

  @Test func `writes all four fields and reads them back`() throws {
    let error = ErrorResponse(message: "a \"b\"\n", type: "t", param: nil, code: "c")
    #expect(
      String(decoding: error.body, as: UTF8.self)
        == #"{"error":{"message":"a \"b\"\n","type":"t","param":null,"code":"c"}}"#)
    do {
      _ = try ChatResponse(error.body)
      Issue.record("read as an answer")
    } catch {
      #expect(error == .error(ErrorResponse(message: "a \"b\"\n", type: "t", code: "c")))
    }
  }

  @Test func `only what may pass by itself is repeated`() {
    let repeated = ProviderFailure.Kind.allCases.filter(\.isRepeatable)
    #expect(repeated == [.unavailable, .limited])
  }
}
