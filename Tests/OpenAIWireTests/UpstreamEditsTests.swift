import OpenAIWire
import Testing

struct UpstreamEditsTests {
  /// What a provider gets for a request under some edits.
  private func body(_ request: String, _ edits: UpstreamEdits = UpstreamEdits()) throws -> String {
    let request = try ChatRequest(Array(request.utf8))
    let body = request.body(applying: edits)
    _ = try ChatRequest(body)
    return String(decoding: body, as: UTF8.self)
  }

  private static let user = #"{"role":"user","content":"hi"}"#

  @Test func `passes what nobody edits byte for byte`() throws {
    let request =
      #"{"x" : {"deep": [1.50, 1e400 ]}, "\u006dodel":"a","messages":[ \#(Self.user) ],"logit_bias":{"1": -100}}"#
    #expect(
      try body(request)
        == #"{"x":{"deep": [1.50, 1e400 ]},"\u006dodel":"a","messages":[ \#(Self.user) ],"logit_bias":{"1": -100}}"#
    )
    #expect(
      try body(request, UpstreamEdits(model: "b", drops: ["x"]))
        == #"{"\u006dodel":"b","messages":[ \#(Self.user) ],"logit_bias":{"1": -100}}"#)
  }

  @Test(arguments: [
    (#""model":"a","#, UpstreamEdits(model: "q/\"b\""), #""model":"q/\"b\"","#, ""),
    ("", UpstreamEdits(model: "b"), "", #","model":"b""#),
    (#""max_tokens":9,"#, UpstreamEdits(maxTokens: 5), #""max_tokens":5,"#, ""),
    (
      #""max_completion_tokens":9,"#, UpstreamEdits(maxTokens: 5), #""max_completion_tokens":5,"#,
      ""
    ),
    (
      #""max_tokens":9,"max_completion_tokens":9,"#, UpstreamEdits(maxTokens: 5),
      #""max_completion_tokens":5,"#, ""
    ),
    ("", UpstreamEdits(maxTokens: 5), "", #","max_tokens":5"#),
    (
      #""max_tokens":9,"#, UpstreamEdits(maxTokensField: .maxCompletionTokens), "",
      #","max_completion_tokens":9"#
    ),
    (
      #""temperature":0.30000000000000004,"#, UpstreamEdits(),
      #""temperature":0.30000000000000004,"#,
      ""
    ),
    (
      #""temperature":1,"seed":1,"#, UpstreamEdits(temperature: 0, topP: 950_000, seed: 7),
      #""temperature":0,"seed":7,"#, #","top_p":0.95"#
    ),
    ("", UpstreamEdits(reasoningEffort: "high"), "", #","reasoning_effort":"high""#),
    (
      #""tools":[{"type":"function","function":{"name":"f"}}],"tool_choice":"auto","functions":[{"name":"g"}],"#,
      UpstreamEdits(dropsTools: true), "", ""
    ),
    (
      #""stream":true,"#, UpstreamEdits(), #""stream":true,"#,
      #","stream_options":{"include_usage":true}"#
    ),
    (
      #""stream":true,"stream_options":{"include_usage":false,"include_obfuscation":false},"#,
      UpstreamEdits(),
      #""stream":true,"stream_options":{"include_obfuscation":false,"include_usage":true},"#, ""
    ),
    (
      #""stream":true,"stream_options":{"include_usage": true},"#, UpstreamEdits(stream: true),
      #""stream":true,"stream_options":{"include_usage": true},"#, ""
    ),
    (
      #""stream":true,"stream_options":{"include_usage":true},"#, UpstreamEdits(stream: false),
      #""stream":false,"#, ""
    ),
    ("", UpstreamEdits(stream: false), "", ""),
    (
      "", UpstreamEdits(stream: true), "",
      #","stream":true,"stream_options":{"include_usage":true}"#
    ),
  ])
  func `replaces or adds only what is named`(
    before: String, edits: UpstreamEdits, after: String, added: String
  ) throws {
    let messages = "\"messages\":[\(Self.user)]"
    #expect(try body("{\(before)\(messages)}", edits) == "{\(after)\(messages)\(added)}")
  }

  private static let system = #"{"role":"system","name":"s", "content":"be \"nice\""}"#
  private static let developer = #"{"role":"developer","content":[{"type":"text","text":"d"}]}"#

  @Test(
    arguments: [
      (user, [.prepend("A\n")], #"{"role":"system","content":"A\n"},"# + user),
      (user, [.append("A")], #"{"role":"system","content":"A"},"# + user),
      (user, [.replace("A")], #"{"role":"system","content":"A"},"# + user),
      (
        "\(system),\(user)", [.prepend("A \"x\"")],
        #"{"role":"system","name":"s", "content":"A \"x\"\n\nbe \"nice\""},"# + user
      ),
      (
        "\(system),\(user)", [.append("Z")],
        #"{"role":"system","name":"s", "content":"be \"nice\"\n\nZ"},"# + user
      ),
      (
        "\(user),\(developer)", [.prepend("A"), .append("Z")],
        user
          + #",{"role":"developer","content":[{"type":"text","text":"A"},{"type":"text","text":"d"},{"type":"text","text":"Z"}]}"#
      ),
      (
        "\(user),\(developer),\(system)", [.replace("R"), .append("Z")],
        user + #",{"role":"developer","content":"R\n\nZ"}"#
      ),
      (
        "\(system),\(developer),\(user)", [.append("Z")],
        system
          + #",{"role":"developer","content":[{"type":"text","text":"d"},{"type":"text","text":"Z"}]},"#
          + user
      ),
    ] as [(String, [SystemEdit], String)])
  func `edits the system text and nothing else`(
    before: String, edits: [SystemEdit], after: String
  ) throws {
    #expect(
      try body("{\"messages\":[\(before)]}", UpstreamEdits(system: edits))
        == "{\"messages\":[\(after)]}")
  }
}
