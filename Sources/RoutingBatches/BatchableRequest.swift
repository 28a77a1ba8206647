import JSONReading
package import OpenAIWire
import RoutingGates

/// A request that may be asked together with others: instructions and one question, both texts.
package struct BatchableRequest: Sendable {
  package let request: ChatRequest
  /// The text of the one user message, byte for byte.
  package let question: String
  /// What its answer has to be.
  package let form: BatchForm
  /// Of everything but the question: two requests with the same differ in nothing else.
  package let likeness: [UInt8]

  /// What may stand in a request that is asked with others; whatever else stands there makes it one
  /// that is asked alone.
  ///
  /// All of them but the question and what is said to us are the same for every request of a batch.
  static let known: Set<String> = [
    "model", "messages", "max_tokens", "max_completion_tokens", "temperature", "top_p", "seed",
    "frequency_penalty", "presence_penalty", "reasoning_effort", "response_format", "user", "n",
    "stream", "stream_options", "tool_choice", "parallel_tool_calls", "logprobs", "store",
    "service_tier", "safety_identifier", "prompt_cache_key", "verbosity",
    "metadata", "cache",
  ]

  /// Said to us about one request, and to no provider.
  static let ofOneRequest: Set<String> = ["metadata", "cache"]

  package init(_ request: ChatRequest) throws(AloneReason) {
    if request.stream { throw .streams }
    if !request.tools.isEmpty { throw .tools }
    if request.choices > 1 { throw .choices }
    if !request.stop.isEmpty { throw .stop }
    if request.logprobs { throw .logprobs }
    self.request = request
    question = try Self.question(of: request)
    for (key, value) in request.json.root.members where !value.isNull {
      let name = key.string ?? ""
      guard Self.known.contains(name) else { throw .field(name) }
      if name == "response_format", value.hasReference { throw .schemaReferences }
    }
    likeness = Self.likeness(of: request)
    do throws(SchemaProblem) {
      form = try BatchForm(request)
    } catch {
      throw .schema
    }
  }

  private static func question(of request: ChatRequest) throws(AloneReason) -> String {
    guard let last = request.messages.last, last.role == .user else { throw .history }
    for message in request.messages {
      if !message.media.isEmpty { throw .media }
      if !message.toolCalls.isEmpty || message.toolCallID != nil { throw .history }
    }
    for message in request.messages.dropLast() {
      switch message.role {
      case .system, .developer: continue
      case .user, .assistant, .tool, .function: throw .history
      }
    }
    for (key, value) in last.value.members {
      guard let name = key.string, name == "role" || (name == "content" && value.string != nil)
      else { throw .field("messages.\(key.string ?? "")") }
    }
    return last.text
  }

  private static func likeness(of request: ChatRequest) -> [UInt8] {
    var bytes: [UInt8] = []
    func add(_ piece: ArraySlice<UInt8>) {
      bytes += Array("\(piece.count):".utf8)
      bytes += piece
    }
    for (key, value) in request.json.root.members
    where !Self.ofOneRequest.contains(key.string ?? "") {
      add(key.raw)
      guard key.spells("messages") else {
        add(value.raw)
        continue
      }
      for message in request.messages.dropLast() { add(message.value.raw) }
    }
    return bytes
  }
}

extension JSONValue {
  /// Whether an object anywhere inside has a member that points to another place.
  fileprivate var hasReference: Bool {
    switch kind {
    case .object:
      for (key, value) in members
      where key.spells("$ref") || key.spells("$dynamicRef") || value.hasReference {
        return true
      }
      return false
    case .array: return elements.contains(where: \.hasReference)
    case .string, .number, .true, .false, .null: return false
    }
  }
}
