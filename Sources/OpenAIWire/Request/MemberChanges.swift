import JSONReading
import JSONWriting

/// What edits make of the members of a request: those that do not simply pass, each with its change.
///
/// A few at most, so that they are found by looking at each.
struct MemberChanges {
  enum Change {
    case drop
    case write([UInt8])
  }

  /// Those an edit may add, in the order they are added, and those it may drop.
  private enum Member: String, CaseIterable {
    case model, messages
    case maxTokens = "max_tokens"
    case maxCompletionTokens = "max_completion_tokens"
    case temperature
    case topP = "top_p"
    case seed
    case reasoningEffort = "reasoning_effort"
    case stream
    case streamOptions = "stream_options"
    case logprobs
    case topLogprobs = "top_logprobs"
    case tools
    case toolChoice = "tool_choice"
    case parallelToolCalls = "parallel_tool_calls"
    case functions
    case functionCall = "function_call"

    static let all = allCases
    static let names = JSONNames(all.map(\.rawValue))
    static let ofTools = [tools, toolChoice, parallelToolCalls, functions, functionCall]

    init(_ field: ChatRequest.MaxTokensField) {
      self =
        switch field {
        case .maxTokens: .maxTokens
        case .maxCompletionTokens: .maxCompletionTokens
        }
    }
  }

  /// Those whose member has not been met.
  private var open: [(member: Member, change: Change)] = []

  init(_ edits: UpstreamEdits, of request: ChatRequest) {
    if let model = edits.model { write(.model) { $0.string(model) } }
    if let value = edits.temperature { write(.temperature) { $0.number(millionths: value) } }
    if let value = edits.topP { write(.topP) { $0.number(millionths: value) } }
    if let value = edits.seed { write(.seed) { $0.integer(value) } }
    if let value = edits.reasoningEffort { write(.reasoningEffort) { $0.string(value) } }
    if !edits.system.isEmpty {
      var text = SystemText(request.messages)
      for edit in edits.system { text.apply(edit) }
      set(.messages, .write(text.json))
    }
    if edits.dropsTools {
      for member in Member.ofTools { set(member, .drop) }
    }
    if let wanted = edits.logprobs, wanted != request.logprobs {
      if wanted {
        write(.logprobs) { $0.bool(true) }
      } else {
        set(.logprobs, .drop)
        set(.topLogprobs, .drop)
      }
    }
    addMaxTokens(edits, request)
    addStream(edits.stream, request)
  }

  /// The change of the member with this key, which is met once.
  mutating func take(_ key: JSONNode, in json: JSONText) -> Change? {
    guard let number = json.number(of: key, in: Member.names) else { return nil }
    let member = Member.all[number]
    return open.firstIndex { $0.member == member }.map { open.remove(at: $0).change }
  }

  /// Members to write that have not been met, in the order they are added.
  var additions: [(name: String, value: [UInt8])] {
    var additions: [(name: String, value: [UInt8])] = []
    for member in Member.all {
      for case (member, .write(let value)) in open { additions.append((member.rawValue, value)) }
    }
    return additions
  }

  private mutating func set(_ member: Member, _ change: Change) {
    if let place = open.firstIndex(where: { $0.member == member }) {
      open[place].change = change
    } else {
      open.append((member, change))
    }
  }

  private mutating func write(_ member: Member, _ value: (inout JSONWriter) -> Void) {
    var json = JSONWriter(reserving: 32)
    value(&json)
    set(member, .write(json.bytes))
  }
}

extension MemberChanges {
  private mutating func addMaxTokens(_ edits: UpstreamEdits, _ request: ChatRequest) {
    let kept = edits.maxTokensField == nil ? nil : request.maxTokens
    guard let value = edits.maxTokens ?? kept else { return }
    let wanted = edits.maxTokensField ?? request.maxTokensField ?? .maxTokens
    for field in ChatRequest.MaxTokensField.allCases where field != wanted {
      set(Member(field), .drop)
    }
    write(Member(wanted)) { $0.integer(value) }
  }

  private mutating func addStream(_ edit: Bool?, _ request: ChatRequest) {
    if let edit, edit != request.stream { write(.stream) { $0.bool(edit) } }
    guard edit ?? request.stream else {
      if request.stream { set(.streamOptions, .drop) }
      return
    }
    guard !request.includeUsage else { return }
    let options = request.json.root["stream_options"].map { Array($0.members) } ?? []
    write(.streamOptions) { json in
      json.object { json in
        for (key, value) in options where !key.spells("include_usage") {
          json.member(key.string ?? "", raw: value.raw)
        }
        json.member("include_usage", true)
      }
    }
  }
}
