import JSONReading
import JSONWriting

/// Answers a prompt that holds several inputs, as an obedient model does: each by itself, under its id.
///
/// The inputs are one line of JSON, `{"items":[{"id":…,"input":…}]}`, between two lines that are the
/// same and begin with `batch-`.
struct BatchAnswer {
  private let call: ChatCall
  private let profile: ModelProfile
  private let items: [(id: String, input: String)]
  private let format: ChatCall.Format

  /// Nil if the last user message is no such prompt.
  init?(_ call: ChatCall, _ profile: ModelProfile) {
    let lines = call.question.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 3, let mark = lines.last, mark.hasPrefix("batch-"),
      lines[lines.count - 3] == mark,
      let json = try? JSONText(
        Array(lines[lines.count - 2].utf8), limits: JSONLimits(bytes: 64 << 20)),
      let list = json.root["items"], list.kind == .array
    else { return nil }
    self.call = call
    self.profile = profile
    items = list.elements.compactMap { item in
      guard let id = item["id"]?.string, let input = item["input"]?.string else { return nil }
      return (id, input)
    }
    switch call.format {
    case .schema(let schema):
      let wanted = schema["properties"]?["items"]?["items"]?["properties"]?["answer"]
      format = wanted.map(ChatCall.Format.schema) ?? .json
    case .json, .text:
      format = call.question.contains(#""answer":{"#) ? .json : .text
    }
  }

  func text(_ fault: Fault?) -> String {
    var entries = items.map { (id: $0.id, answer: answer(to: $0.input)) }
    switch fault {
    case .batchProse: return "Here you are: \(entries.map(\.answer).joined(separator: ", "))."
    case .batchDrop: if !entries.isEmpty { entries.removeFirst() }
    case .batchDuplicate: if let last = entries.last { entries.append(last) }
    case .batchReorder: entries.reverse()
    case .batchInvent: entries.insert(("00000000", "an answer nobody asked for"), at: 0)
    default: break
    }
    var json = JSONWriter()
    json.object { json in
      json.array("items") { json in
        for entry in entries {
          json.object { json in
            json.member("id", entry.id)
            switch format {
            case .text: json.member("answer", entry.answer)
            case .json, .schema: json.member("answer", raw: Array(entry.answer.utf8))
            }
          }
        }
      }
    }
    return json.text
  }

  /// What the model would have answered to this input alone.
  private func answer(to input: String) -> String {
    Answerer(call: call.asking(input, format), profile: profile, rule: nil).completion(fault: nil)
      .content
  }
}

extension ChatCall {
  /// The same call with another question, asked alone.
  fileprivate func asking(_ question: String, _ format: Format) -> ChatCall {
    var messages = messages
    if let last = messages.lastIndex(where: { $0.role == "user" }) {
      messages[last] = Message(role: "user", text: question, images: 0)
    }
    return ChatCall(
      model: model, messages: messages, tools: [], toolChoice: .never, format: format,
      streams: false, includesUsage: false, maxTokens: nil, stops: [], promptTokens: 0)
  }
}
