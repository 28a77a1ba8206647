import OpenAIWire
import Testing

struct RequestProblemTests {
  private static let user = #""messages": [{"role": "user", "content": "hi"}]"#

  @Test(arguments: [
    ("[]", "the body is an array, it must be an object"),
    ("{}", "`messages` is missing"),
    (#"{"messages": []}"#, "`messages` is empty, it must be an array of at least one message"),
    (#"{"messages": null}"#, "`messages` is null, it must be an array"),
    (#"{"messages": {}}"#, "`messages` is an object, it must be an array"),
    (#"{"messages": ["hi"]}"#, "`messages[0]` is a string, it must be an object"),
    (#"{"messages": [{"content": "hi"}]}"#, "`messages[0].role` is missing"),
    (#"{"messages": [{"role": 1}]}"#, "`messages[0].role` is a number, it must be a role"),
    (
      #"{"messages": [{"role": "root", "content": ""}]}"#,
      "`messages[0].role` is `\"root\"`, it must be `developer`, `system`, `user`, `assistant`, "
        + "`tool`, `function`"
    ),
    (#"{"messages": [{"role": "user"}]}"#, "`messages[0].content` is missing"),
    (
      #"{"messages": [{"role": "user", "content": null}]}"#,
      "`messages[0].content` is null, it must be a string or an array of parts"
    ),
    (
      #"{"messages": [{"role": "user", "content": ["x"]}]}"#,
      "`messages[0].content[0]` is a string, it must be an object"
    ),
    (
      #"{"messages": [{"role": "user", "content": [{"text": "x"}]}]}"#,
      "`messages[0].content[0].type` is missing"
    ),
    (
      #"{"messages": [{"role": "user", "content": [{"type": "text"}]}]}"#,
      "`messages[0].content[0].text` is missing"
    ),
    (
      #"{"messages": [{"role": "user", "content": [{"type": "video_url"}]}]}"#,
      "`messages[0].content[0].type` is `\"video_url\"`, it must be `text`, `image_url`, "
        + "`input_audio`, `file` or `refusal`"
    ),
    (
      #"{"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": "x"}]}]}"#,
      "`messages[0].content[0].image_url` is a string, it must be an object"
    ),
    (
      #"{"messages": [{"role": "assistant", "tool_calls": [{"id": "1", "function": {}}]}]}"#,
      "`messages[0].tool_calls[0].function.name` is missing"
    ),
    ("{\"model\": 4, \(user)}", "`model` is a number, it must be a string"),
    ("{\"stream\": \"yes\", \(user)}", "`stream` is a string, it must be true or false"),
    ("{\"temperature\": \"hot\", \(user)}", "`temperature` is a string, it must be a number"),
    ("{\"temperature\": 2.1, \(user)}", "`temperature` is `2.1`, it must be a number from 0 to 2"),
    (
      "{\"temperature\": -0.1, \(user)}", "`temperature` is `-0.1`, it must be a number from 0 to 2"
    ),
    ("{\"top_p\": 1.5, \(user)}", "`top_p` is `1.5`, it must be a number from 0 to 1"),
    ("{\"max_tokens\": 0, \(user)}", "`max_tokens` is `0`, it must be a whole number from 1 up"),
    (
      "{\"max_tokens\": 1.5, \(user)}",
      "`max_tokens` is `1.5`, it must be a whole number from 1 up"
    ),
    (
      "{\"max_tokens\": 99999999999999999999, \(user)}",
      "`max_tokens` is `99999999999999999999`, it must be a whole number from 1 up"
    ),
    (
      "{\"max_tokens\": 5, \"max_completion_tokens\": 6, \(user)}",
      "`max_completion_tokens` contradicts `max_tokens`"
    ),
    (
      "{\"max_completion_tokens\": 6, \"max_tokens\": 5, \(user)}",
      "`max_tokens` contradicts `max_completion_tokens`"
    ),
    ("{\"seed\": 1.5, \(user)}", "`seed` is `1.5`, it must be a whole number of 64 bits"),
    ("{\"n\": 0, \(user)}", "`n` is `0`, it must be a whole number from 1 to 128"),
    ("{\"stop\": 1, \(user)}", "`stop` is a number, it must be a string or an array of strings"),
    ("{\"stop\": [1], \(user)}", "`stop[0]` is a number, it must be a string"),
    ("{\"metadata\": [], \(user)}", "`metadata` is an array, it must be an object"),
    ("{\"tools\": [{}], \(user)}", "`tools[0].type` is missing"),
    (
      "{\"tools\": [{\"type\": \"function\", \"function\": {}}], \(user)}",
      "`tools[0].function.name` is missing"
    ),
    ("{\"functions\": [3], \(user)}", "`functions[0]` is a number, it must be an object"),
    (
      "{\"tool_choice\": \"maybe\", \(user)}",
      "`tool_choice` is `\"maybe\"`, it must be `none`, `auto`, `required` or an object"
    ),
    (
      "{\"response_format\": {\"type\": \"xml\"}, \(user)}",
      "`response_format.type` is `\"xml\"`, it must be `text`, `json_object` or `json_schema`"
    ),
    (
      "{\"response_format\": {\"type\": \"json_schema\"}, \(user)}",
      "`response_format.json_schema` is missing"
    ),
    (
      "{\"stream_options\": {\"include_usage\": 1}, \(user)}",
      "`stream_options.include_usage` is a number, it must be true or false"
    ),
    ("{\"model\": \"a\", \(user), \"model\": \"b\"}", nil),
  ])
  func `refuses a wrong request by path`(text: String, expected: String?) throws {
    let problem = try #require(refusal(of: text))
    #expect(problem.message == expected ?? problem.message)
    if expected == nil { #expect(problem.code == "json_duplicate_key") }
  }

  @Test func `tells the caller in the API's own shape`() throws {
    let problem = try #require(
      refusal(
        of: "{\"temperature\": \"hot\",\n \"messages\": [{\"role\": \"user\", \"content\": 7}]}")
    )
    let body = String(decoding: ErrorResponse(problem).body, as: UTF8.self)
    #expect(
      body == #"{"error":{"message":"line 1, column 17 (byte 16): `temperature` is a string, it "#
        + #"must be a number","type":"invalid_request_error","param":"temperature","#
        + #""code":"wrong_type"}}"#)
  }

  @Test(arguments: [
    "\"max_tokens\": 5, \"max_completion_tokens\": 5", "\"model\": null", "\"temperature\": null",
    "\"stop\": null", "\"tools\": null", "\"unknown\": {\"max_tokens\": -1}", "\"seed\": 1e3",
    "\"functions\": [{\"name\": \"f\"}], \"function_call\": \"auto\"",
    "\"tool_choice\": {\"type\": \"function\", \"function\": {\"name\": \"f\"}}",
  ])
  func `accepts what the API allows`(member: String) {
    #expect(refusal(of: "{\(member), \(Self.user)}") == nil)
  }

  private func refusal(of text: String) -> WireProblem? {
    do {
      _ = try ChatRequest(Array(text.utf8))
      return nil
    } catch {
      return error
    }
  }
}
