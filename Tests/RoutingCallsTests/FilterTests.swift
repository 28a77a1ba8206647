import OpenAIWire
import PolicySemantics
import PolicyUnits
import RoutingCalls
import RoutingRequests
import RoutingRuntime
import Testing

/// What providers' own filters say, in each of their shapes: none is routed around unless the policy
/// says so in words.
@Suite struct `A refusal of a provider's filter` {
  struct Shape: CustomTestStringConvertible {
    let testDescription: String
    let status: Int
    let body: String
  }

  static let shapes = [
    Shape(
      testDescription: "OpenAI", status: 400,
      body: """
        {"error":{"message":"Your request was rejected as a result of our safety system.",\
        "type":"invalid_request_error","param":null,"code":"content_policy_violation"}}
        """),
    Shape(
      testDescription: "OpenAI, half an answer", status: 200,
      body: """
        {"id":"a","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,\
        "message":{"role":"assistant","content":"To do"},"finish_reason":"content_filter"}],\
        "usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}
        """),
    Shape(
      testDescription: "Azure", status: 400,
      body: """
        {"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's \
        content management policy.","type":null,"param":"prompt","code":"content_filter",\
        "status":400,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}
        """),
    Shape(
      testDescription: "DashScope", status: 400,
      body: """
        {"error":{"code":"data_inspection_failed","param":null,"message":"Input data may contain \
        inappropriate content.","type":"data_inspection_failed"},"id":"a","request_id":"b"}
        """),
    Shape(
      testDescription: "DeepSeek", status: 400,
      body: """
        {"error":{"message":"Content Exists Risk","type":"invalid_request_error","param":null,\
        "code":"invalid_request_error"}}
        """),
    Shape(
      testDescription: "OpenRouter", status: 403,
      body: """
        {"error":{"code":403,"message":"Input was flagged by moderation","metadata":{"reasons":\
        ["violence"],"flagged_input":"how"}}}
        """),
  ]

  /// Where each policy goes after the first call's refusal; nil if it ends there.
  static let policies: [(policy: String, next: Int?)] = [
    ("otherwise { use cheap attempts 3 fallback dear }", nil),
    ("ladder l { tier cheap  tier dear }\notherwise { use l fallback dear }", nil),
    ("otherwise { use cheap fallback on (unavailable, limited, too_long) dear }", nil),
    ("otherwise { use cheap fallback on filtered dear }", 1),
    ("ladder l { tier cheap  tier dear  on filtered climb }\notherwise { use l }", 1),
  ]

  @Test(arguments: shapes, policies.indices)
  func `ends a request, unless its policy says what follows`(shape: Shape, row: Int) async throws {
    let (policy, next) = Self.policies[row]
    let failure: ProviderFailure
    do {
      _ = try ProviderAnswer(status: shape.status, body: Array(shape.body.utf8)).read()
      Issue.record("taken for an answer")
      return
    } catch {
      failure = error
    }
    #expect(failure.kind == .filtered && !failure.kind.isRepeatable)
    guard let kind = CallFailure(failure.kind) else { return }
    try await Ground.with(policy) { ground in
      var machine = LadderMachine(try ground.decide("hello").3)
      guard case .call = machine.start() else {
        Issue.record("nothing to call")
        return
      }
      let fault = CallFault(kind, isRepeatable: failure.kind.isRepeatable)
      switch machine.step(.failed(fault)) {
      case .call(let order): #expect(next == max(order.leg, order.step))
      case .done(let outcome):
        #expect(next == nil)
        guard case .failed(.filtered) = outcome.ending else {
          Issue.record("\(outcome.ending)")
          return
        }
      case .ask: Issue.record("no gate is there")
      }
    }
  }
}
