import JSONReading
import StandInProvider
import Testing

/// What a provider's filter refuses is not sent to the next provider, unless the policy says so in
/// words.
@Suite struct `A safety refusal` {
  struct Shape: Sendable, CustomTestStringConvertible {
    let name: String
    let status: Int
    let body: String
    var testDescription: String { name }
  }

  /// As providers send them; texts are shortened, words that tell are theirs.
  static let shapes: [Shape] = [
    Shape(
      name: "OpenAI, flagged prompt", status: 400,
      body:
        #"{"error":{"message":"Invalid prompt: your prompt was flagged as potentially violating our usage policy.","type":"invalid_request_error","param":null,"code":"invalid_prompt"}}"#
    ),
    Shape(
      name: "OpenAI, limited for safety", status: 400,
      body:
        #"{"error":{"message":"Invalid prompt: we've limited access to this content for safety reasons.","type":"invalid_request_error","param":null,"code":"invalid_prompt"}}"#
    ),
    Shape(
      name: "OpenAI, stopped answer", status: 200,
      body:
        #"{"id":"c","object":"chat.completion","created":1,"model":"cheap","choices":[{"index":0,"message":{"role":"assistant","content":"Half an"},"finish_reason":"content_filter"}],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}"#
    ),
    Shape(
      name: "Azure, filtered prompt", status: 400,
      body:
        #"{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}"#
    ),
    Shape(
      name: "Azure, answer without a message", status: 200,
      body:
        #"{"id":"c","object":"chat.completion","created":1,"model":"cheap","choices":[{"index":0,"finish_reason":"content_filter","content_filter_results":{"hate":{"filtered":true}}}]}"#
    ),
    Shape(
      name: "DeepSeek", status: 400,
      body:
        #"{"error":{"message":"Content Exists Risk","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}"#
    ),
    Shape(
      name: "Qwen", status: 400,
      body:
        #"{"error":{"code":"data_inspection_failed","param":null,"message":"Input data may contain inappropriate content.","type":"data_inspection_failed"}}"#
    ),
    Shape(
      name: "OpenRouter", status: 403,
      body:
        #"{"error":{"code":403,"message":"Input was flagged by moderation","metadata":{"reasons":["violence"]}}}"#
    ),
    Shape(
      name: "xAI", status: 403,
      body:
        #"{"code":"The caller does not have permission to execute the specified operation","error":"Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_BIO"}"#
    ),
    Shape(
      name: "Moonshot", status: 400,
      body:
        #"{"error":{"code":400,"message":"The request was rejected because it was considered high risk","param":"prompt","type":"content_filter"}}"#
    ),
    Shape(
      name: "MiniMax", status: 422,
      body: #"{"error":{"type":"bad_request_error","message":"input new_sensitive (1026)"}}"#),
    Shape(
      name: "Zhipu", status: 400,
      body:
        #"{"error":{"code":"1301","message":"系统检测到输入或生成内容可能包含不安全或敏感内容，请您避免输入易产生敏感内容的提示语，感谢您的配合。"}}"#
    ),
  ]

  private static let policy = """
    ladder firm(max_budget = 0.50) { tier cheap  tier dear }
    ladder climbing(max_budget = 0.50) { tier cheap  tier dear  on filtered climb }
    route told when question contains "CLIMB" { use climbing }
    route direct when question contains "DIRECT" { use cheap fallback dear }
    route direct_told when question contains "NAMED" { use cheap fallback on filtered dear }
    otherwise { use firm }
    """

  @Test(arguments: shapes)
  func `is the caller's answer, unless the policy says otherwise in words`(
    _ shape: Shape
  ) async throws {
    let refusal = Rule(model: "cheap", body: shape.body, status: shape.status)
    try await GatewayGround.with(Self.policy, script: Script(rules: [refusal])) { ground in
      for (question, goesOn) in [
        ("How?", false), ("DIRECT: how?", false), ("CLIMB: how?", true), ("NAMED: how?", true),
      ] {
        for isStreamed in [false, true] {
          ground.standIn.follow(Script(rules: [refusal]))
          let answer = await CallerAnswer.of(
            GatewayGround.chat(question, more: isStreamed ? #","stream":true"# : ""), to: ground)
          let calls = ground.standIn.stats.models.mapValues(\.calls)
          let cell: Comment = "\(question) streamed: \(isStreamed)"
          if goesOn {
            #expect(answer.status == 200 && answer.model == "dear", cell)
            #expect(calls == ["cheap": 1, "dear": 1], cell)
          } else {
            #expect(answer.status == 400 && answer.text.isEmpty, cell)
            #expect(answer.error?.root["error"]?["code"]?.string == "content_filter", cell)
            #expect(calls == ["cheap": 1], cell)
          }
        }
      }
    }
  }
}
