package import JSONReading
import JSONWriting

/// A request of the older kind, for the continuation of a prompt, as the chat request it stands for.
///
/// The prompt becomes the one message of a user. What a chat cannot say is refused by name. Fields
/// nobody here knows pass byte for byte.
package struct CompletionsRequest: Sendable {
  package let chat: ChatRequest

  package init(
    _ bytes: [UInt8], limits: JSONLimits = JSONLimits()
  ) throws(WireProblem) {
    let root: JSONValue
    do throws(JSONProblem) {
      root = try JSONText(bytes, limits: limits).root
    } catch {
      throw .json(error)
    }
    try root.wantedObject()
    let prompt = try Self.prompt(of: root)
    try Self.refuse(root)
    var json = JSONWriter()
    json.array { json in
      json.object { json in
        json.member("role", "user")
        json.member("content", raw: prompt.raw)
      }
    }
    var edits: [MemberEdit] = [.set("messages", json.bytes), .drop("prompt")]
    for name in Self.refused { edits.append(.drop(name)) }
    // The API's own default, which keeps an answer from being as long as a chat's.
    if root["max_tokens"] == nil { edits.append(.set("max_tokens", Array("16".utf8))) }
    chat = try ChatRequest(root.edited(edits), limits: limits)
  }

  private static func prompt(of root: JSONValue) throws(WireProblem) -> JSONValue {
    if let messages = root["messages"] {
      throw .conflict(messages.place, with: "prompt")
    }
    let prompt = try root.wantedMember("prompt")
    if prompt.kind == .string { return prompt }
    guard prompt.kind == .array else { throw prompt.wanted(words) }
    let first = prompt.elements.first { _ in true }
    guard let first, prompt.elements.count(where: { _ in true }) == 1, first.kind == .string else {
      throw .badValue(prompt.place, found: prompt.shown, wanted: words)
    }
    return first
  }

  private static let words = "one text; several prompts, and prompts of tokens, are not served here"

  /// What a chat has no words for, and `null` and the value that asks for nothing are not.
  private static let refused = ["suffix", "echo", "best_of", "logprobs"]

  private static func refuse(_ root: JSONValue) throws(WireProblem) {
    for name in refused {
      guard let value = root[named: name], !value.isNull else { continue }
      let asksForNothing =
        switch name {
        case "echo": value.bool == false
        case "best_of": value.integer == 1
        case "suffix": value.string == ""
        case _: false
        }
      guard !asksForNothing else { continue }
      throw .badValue(
        value.place, found: value.shown,
        wanted: "left out: a chat model cannot do it; use `/v1/chat/completions`")
    }
  }
}
