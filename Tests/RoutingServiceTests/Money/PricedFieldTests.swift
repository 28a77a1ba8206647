import OpenAIWire
import RoutingLedger
import RoutingRequests
import RoutingService
import Testing

@Suite struct `A field that is billed apart` {
  static let fields: [(member: String, refused: String?)] = [
    (#""service_tier": "priority""#, "service_tier"), (#""service_tier": "flex""#, "service_tier"),
    (#""service_tier": 1"#, "service_tier"), (#""service_tier": "auto""#, nil),
    (#""service_tier": "default""#, nil), (#""service_tier": null"#, nil),
    (#""modalities": ["text", "audio"]"#, "modalities"), (#""modalities": ["text"]"#, nil),
    (#""best_of": 3"#, "best_of"), (#""best_of": 1"#, nil),
    (#""web_search_options": {}"#, "web_search_options"), (#""web_search_options": null"#, nil),
    (#""search_parameters": {"mode": "on"}"#, "search_parameters"),
    (#""enable_search": true"#, "enable_search"), (#""enable_search": false"#, nil),
    (#""plugins": [{"id": "web"}]"#, "plugins"), (#""plugins": []"#, nil),
    (#""tools": [{"type": "function", "function": {"name": "f"}}]"#, nil),
    (#""tools": [{"type": "custom", "custom": {"name": "f"}}]"#, nil),
    (
      #""tools": [{"type": "function", "function": {"name": "f"}}, {"type": "web_search"}]"#,
      "tools[1]"
    ),
    (#""store": true"#, nil), (#""x": {"service_tier": "priority"}"#, nil),
  ]

  @Test(arguments: fields)
  func `is refused by name, whatever bounds hold`(member: String, refused: String?) throws {
    let request = try ChatRequest(
      Array(#"{"messages": [{"role": "user", "content": "hi"}], \#(member)}"#.utf8))
    let problem = RequestProblem.unbounded(request)
    #expect(problem == refused.map { RequestProblem.content(.pricedField($0)) })
    if let refused { #expect(problem?.description.contains("`\(refused)`") == true) }
  }

  @Test func `may be a cache write without a price where no budget bounds it`() async throws {
    try await ServiceGround.with("otherwise { use cheap }") { ground in
      let outcome = try await ground.ask("hi", more: #","cache_control":{"type":"ephemeral"}"#)
      #expect(outcome.row?.entry.status == .answered)
    }
  }
}
