import OpenAIWire
import RoutingRequests
import RoutingService
import Testing

@Suite struct `A field that chooses who answers` {
  static let fields: [(member: String, refused: String?)] = [
    (#""provider": {"order": ["x"]}"#, "provider"), (#""preset": "mine""#, "preset"),
    (#""route": "fallback""#, "route"), (#""transforms": ["middle-out"]"#, "transforms"),
    (#""models": ["dear"]"#, "models"), (#""fallbacks": ["dear"]"#, "fallbacks"),
    (#""api_base": "http://x""#, "api_base"), (#""base_url": "http://x""#, "base_url"),
    (#""custom_llm_provider": "x""#, "custom_llm_provider"),
    (#""user_config": {"model_list": []}"#, "user_config"),
    (#""inference_geo": "us""#, "inference_geo"),
    (#""extra_body": {"provider": {}}"#, "extra_body"),
    (#""extra_headers": {"Host": "x"}"#, "extra_headers"),
    (#""provider": null"#, nil), (#""models": []"#, nil), (#""route": false"#, nil),
    (#""metadata": {"provider": "x"}"#, nil), (#""seed": 1"#, nil),
    // However its name is spelled in JSON, and wherever it stands among others of its name.
    (#""pro\u0076ider": {"order": []}"#, "provider"),
  ]

  @Test(arguments: fields)
  func `is refused by name`(member: String, refused: String?) throws {
    let request = try ChatRequest(
      Array(#"{"messages": [{"role": "user", "content": "hi"}], \#(member)}"#.utf8))
    let problem = RequestProblem.unbounded(request)
    #expect(problem == refused.map { RequestProblem.content(.routingField($0)) })
    if let refused { #expect(problem?.description.contains("`\(refused)`") == true) }
  }
}
