import JSONWriting

/// What a model answers, before it is written out.
struct Completion: Sendable {
  struct ToolCall: Sendable {
    let name: String
    /// JSON, as a text.
    let arguments: String
  }

  struct Usage: Sendable {
    let prompt: Int
    /// Reasoning included, as providers count it.
    let completion: Int
    let reasoning: Int
  }

  enum Finish: String, Sendable {
    case stop
    case length
    case toolCalls = "tool_calls"
    case contentFilter = "content_filter"
  }

  let id: String
  let model: String
  var content: String
  let toolCalls: [ToolCall]
  var finish: Finish
  let usage: Usage
}

/// Writes a completion in the shapes of the API, one of its lies included if asked for.
struct CompletionShape {
  let completion: Completion
  let fault: Fault?

  /// Always the same, so that runs can be compared byte for byte: 2026-01-01.
  private static let created = 1_767_225_600

  /// As one object.
  var whole: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      opening("chat.completion", &json)
      json.array("choices") { json in
        json.object { json in
          json.member("index", 0)
          json.object("message") { json in
            json.member("role", "assistant")
            if completion.toolCalls.isEmpty {
              json.member("content", text)
            } else {
              json.member("content", orNull: nil as String?)
              toolCalls(&json, indexed: false)
            }
          }
          finish(&json, isLast: true)
        }
      }
      usage(&json)
    }
    return spoiled(json.bytes)
  }

  /// As the events of a stream, `[DONE]` last.
  func events(includingUsage: Bool) -> [[UInt8]] {
    var events = [
      chunk {
        $0.member("role", "assistant"); $0.member("content", "")
      }
    ]
    if completion.toolCalls.isEmpty {
      for piece in Tokens.pieces(of: text) {
        events.append(chunk { $0.member("content", piece) })
      }
    } else {
      events.append(chunk { toolCalls(&$0, indexed: true) })
    }
    events.append(chunk(isLast: true) { _ in })
    if includingUsage {
      var json = JSONWriter()
      json.object { json in
        opening("chat.completion.chunk", &json)
        json.array("choices") { _ in }
        usage(&json)
      }
      events.append(EventStream.event(json.bytes))
    }
    return events + [EventStream.done]
  }

  private var text: String { completion.content }

  private func chunk(
    isLast: Bool = false, _ delta: (inout JSONWriter) -> Void
  ) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      opening("chat.completion.chunk", &json)
      json.array("choices") { json in
        json.object { json in
          json.member("index", 0)
          json.object("delta", delta)
          finish(&json, isLast: isLast)
        }
      }
    }
    return EventStream.event(spoiled(json.bytes))
  }

  private func opening(_ object: String, _ json: inout JSONWriter) {
    json.member("id", completion.id)
    json.member("object", object)
    json.member("created", Self.created)
    json.member("model", fault == .wrongModel ? "another-model-entirely" : completion.model)
    if fault == .duplicateKeys { json.member("model", "the-same-key-again") }
  }

  private func finish(_ json: inout JSONWriter, isLast: Bool) {
    if fault == .finishMissing { return }
    json.member("finish_reason", orNull: isLast ? completion.finish.rawValue : nil)
  }

  private func toolCalls(_ json: inout JSONWriter, indexed: Bool) {
    json.array("tool_calls") { json in
      for (number, call) in completion.toolCalls.enumerated() {
        json.object { json in
          if indexed { json.member("index", number) }
          json.member("id", "call_\(number)_\(completion.id.suffix(8))")
          json.member("type", "function")
          json.object("function") { json in
            json.member("name", call.name)
            json.member("arguments", call.arguments)
          }
        }
      }
    }
  }

  private func usage(_ json: inout JSONWriter) {
    if fault == .usageMissing { return }
    let usage = completion.usage
    func count(_ honest: Int) -> [UInt8] {
      switch fault {
      case .usageNegative: Array("\(-1 - honest)".utf8)
      case .usageZero: Array("0".utf8)
      case .usageInflated: Array("\(honest * 100_000)".utf8)
      case .usageHuge: Array("99999999999999999999999".utf8)
      default: Array("\(honest)".utf8)
      }
    }
    json.object("usage") { json in
      json.member("prompt_tokens", raw: count(usage.prompt))
      json.member("completion_tokens", raw: count(usage.completion))
      json.member("total_tokens", raw: count(usage.prompt + usage.completion))
      if usage.reasoning > 0 {
        json.object("completion_tokens_details") { json in
          json.member("reasoning_tokens", usage.reasoning)
        }
      }
    }
  }

  /// With bytes that are not UTF-8 in the place of the first content, if that is the fault.
  private func spoiled(_ bytes: [UInt8]) -> [UInt8] {
    guard fault == .invalidUTF8 else { return bytes }
    let mark = Array(#""content":""#.utf8)
    guard let place = bytes.firstRange(of: mark) else { return bytes }
    return Array(bytes[..<place.upperBound]) + [0xC3, 0x28, 0xFF] + bytes[place.upperBound...]
  }
}

/// Server-sent events.
enum EventStream {
  static func event(_ json: [UInt8]) -> [UInt8] { Array("data: ".utf8) + json + [0x0A, 0x0A] }

  static let done = Array("data: [DONE]\n\n".utf8)
}
