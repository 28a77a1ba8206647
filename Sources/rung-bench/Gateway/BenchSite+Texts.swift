extension BenchSite {
  static let catalog = """
    currency: USD
    providers:
      house: {base_url: "http://127.0.0.1:1/v1"}
    models:
      small:
        upstream: gpt-4o-mini
        deployments: [{provider: house, region: eu}]
        window: 128k
        max_output: 16k
        capabilities: [tools, json, streaming]
        prices: {input: 0.15, output: 0.60, date: 2026-11-01, source: "of this bench"}
      large:
        upstream: gpt-4o
        deployments: [{provider: house, region: us}]
        window: 128k
        max_output: 16k
        capabilities: [tools, json, streaming]
        prices: {input: 2.50, output: 10.00, date: 2026-11-01, source: "of this bench"}
    """

  /// 550 bytes.
  static let completion: String = {
    let head =
      #"{"id":"chatcmpl-bench","object":"chat.completion","created":1763700000,"#
      + #""model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"message":{"role":"assistant","#
      + #""content":""#
    let tail =
      #"","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":42,"#
      + #""completion_tokens":58,"total_tokens":100},"system_fingerprint":"fp_0aa8d3e20b"}"#
    let room = 550 - head.utf8.count - tail.utf8.count
    return head + String(repeating: "word ", count: room / 5 + 1).prefix(room) + tail
  }()

  private static func chunk(_ delta: String, finish: String = "null") -> String {
    #"data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1763700000,"#
      + #""model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"delta":\#(delta),"#
      + #""logprobs":null,"finish_reason":\#(finish)}]}"# + "\n\n"
  }

  /// The first chunk of a stream.
  static let opening = chunk(#"{"role":"assistant","content":"word"}"#)

  static let stream =
    opening + String(repeating: chunk(#"{"content":" word"}"#), count: 8)
    + chunk("{}", finish: #""stop""#)
    + #"data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1763700000,"#
    + #""model":"gpt-4o-mini-2024-07-18","choices":[],"usage":{"prompt_tokens":42,"#
    + #""completion_tokens":10,"total_tokens":52}}"# + "\n\ndata: [DONE]\n\n"
}
