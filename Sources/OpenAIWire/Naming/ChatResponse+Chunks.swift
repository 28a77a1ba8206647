import JSONReading
import JSONWriting

extension ChatResponse {
  /// The chunks a provider would have streamed this answer in: two for each choice.
  ///
  /// For a caller who streams an answer that came whole. The first brings everything the message has,
  /// as it was written; the second says why it ended. The usage is not among them.
  package var chunks: [ChatChunk] {
    let root = raw?.root ?? (try? JSONText(written).root)
    guard let root, let choices = root["choices"] else { return [] }
    var chunks: [ChatChunk] = []
    for (position, choice) in choices.elements.enumerated() {
      let index = choice["index"].map { Array($0.raw) } ?? Array("\(position)".utf8)
      for isLast in [false, true] {
        let bytes = Self.chunk(of: choice, index, isLast: isLast, in: root)
        if let chunk = try? ChatChunk(bytes) { chunks.append(chunk) }
      }
    }
    return chunks
  }

  /// The members of the answer, with one choice that says its part of this one.
  private static func chunk(
    of choice: JSONValue, _ index: [UInt8], isLast: Bool, in root: JSONValue
  ) -> [UInt8] {
    var json = JSONWriter()
    json.array { json in
      json.object { json in
        json.member("index", raw: index)
        json.object("delta") { json in
          if !isLast, let message = choice["message"] { write(message, to: &json) }
        }
        for (key, value) in choice.members {
          guard let name = key.string, !["index", "message"].contains(name) else { continue }
          switch (name == "finish_reason", isLast) {
          case (true, true), (false, false): json.member(name, raw: value.raw)
          case (true, false): json.member(name, raw: Array("null".utf8))
          case (false, true): continue
          }
        }
      }
    }
    return root.edited([
      .set("object", Array("\"chat.completion.chunk\"".utf8)), .set("choices", json.bytes),
      .drop("usage"),
    ])
  }

  /// A message as a delta: calls need their place, and a content in parts becomes a text.
  private static func write(_ message: JSONValue, to json: inout JSONWriter) {
    for (key, value) in message.members {
      let name = key.string ?? ""
      if name == "tool_calls", value.kind == .array {
        json.array(name) { json in
          for (position, call) in value.elements.enumerated() {
            json.raw(call.edited([.set("index", Array("\(position)".utf8))]))
          }
        }
      } else if name == "content", value.kind == .array {
        let texts = value.elements.compactMap { $0["text"]?.string }
        json.member(name, texts.joined(separator: "\n"))
      } else {
        json.member(name, raw: value.raw)
      }
    }
  }
}
