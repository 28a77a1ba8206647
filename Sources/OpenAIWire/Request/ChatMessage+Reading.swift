import JSONReading

extension ChatMessage {
  enum Field: String, CaseIterable {
    case role, content, refusal, name
    case toolCalls = "tool_calls"
    case functionCall = "function_call"
    case toolCallID = "tool_call_id"

    static let all = allCases
    static let names = JSONNames(all.map(\.rawValue))
  }

  init(_ value: JSONValue) throws(WireProblem) {
    try value.wantedObject()
    self.init(role: .user, value: value)
    let names = Field.names
    let fields = Field.all
    var content: JSONValue?
    var roleValue: JSONValue?
    var refusal: String?
    for (key, member) in value.members {
      guard let number = names[key] else { continue }
      switch fields[number] {
      case .content: content = member
      case .role: roleValue = member
      case .refusal: if !member.isNull { refusal = try member.wantedString() }
      case .name, .toolCalls, .functionCall, .toolCallID:
        if !member.isNull { try read(fields[number], member) }
      }
    }
    guard let roleValue else { throw value.missing(Field.role.rawValue) }
    role = try ChatRole(roleValue)
    try readContent(content)
    if let refusal { add(refusal) }
  }

  private mutating func read(_ field: Field, _ member: JSONValue) throws(WireProblem) {
    otherBytes += member.range.count
    switch field {
    case .role, .content, .refusal: break
    case .name: name = try member.wantedString()
    case .toolCallID: toolCallID = try member.wantedString()
    case .functionCall: toolCalls.append(try ToolCall(function: member, id: nil))
    case .toolCalls:
      try member.wantedArray()
      for element in member.elements { toolCalls.append(try ToolCall(element)) }
    }
  }

  /// Only an assistant or a function may say nothing.
  private mutating func readContent(_ content: JSONValue?) throws(WireProblem) {
    guard let content, !content.isNull else {
      guard role == .assistant || role == .function else {
        if let content { throw content.wanted(Self.contentWords) }
        throw value.missing(Field.content.rawValue)
      }
      return
    }
    if let string = content.string {
      text = string
      return
    }
    guard content.kind == .array else { throw content.wanted(Self.contentWords) }
    for part in content.elements { try readPart(part) }
  }

  private static let contentWords = "a string or an array of parts"

  private mutating func readPart(_ part: JSONValue) throws(WireProblem) {
    try part.wantedObject()
    let type = try part.wantedMember("type")
    if type.spells("text") {
      add(try part.wantedMember("text").wantedString())
    } else if type.spells("refusal") {
      add(try part.wantedMember("refusal").wantedString())
    } else if type.spells("image_url") {
      let image = try part.wantedMember("image_url")
      try image.wantedObject()
      _ = try image.wantedMember("url").wantedString()
      media.append(MediaPart(kind: .image, value: part))
    } else if type.spells("input_audio") {
      try part.wantedMember("input_audio").wantedObject()
      media.append(MediaPart(kind: .audio, value: part))
    } else if type.spells("file") {
      try part.wantedMember("file").wantedObject()
      media.append(MediaPart(kind: .file, value: part))
    } else {
      // What a part of another kind costs is unknown, so no bound could hold for it.
      _ = try type.wantedString()
      throw .badValue(
        type.place, found: type.shown,
        wanted: "`text`, `image_url`, `input_audio`, `file` or `refusal`")
    }
  }

  private mutating func add(_ part: String) {
    if text.isEmpty {
      text = part
    } else {
      text += "\n" + part
    }
  }
}

extension ChatRole {
  static let all = allCases
  static let names = JSONNames(all.map(\.rawValue))

  init(_ value: JSONValue) throws(WireProblem) {
    guard let number = Self.names[value] else {
      guard value.kind == .string else { throw value.wanted("a role") }
      throw .badValue(
        value.place, found: value.shown,
        wanted: Self.all.map { "`\($0.rawValue)`" }.joined(separator: ", "))
    }
    self = Self.all[number]
  }
}

extension ToolCall {
  /// Reads an element of `tool_calls`; providers leave out the type now and then.
  init(_ value: JSONValue) throws(WireProblem) {
    try value.wantedObject()
    let id = value["id"]?.string
    if let custom = value["custom"] {
      try custom.wantedObject()
      self.init(
        id: id, name: try custom.wantedMember("name").wantedString(),
        arguments: custom["input"]?.string ?? "", isCustom: true)
    } else {
      try self.init(function: try value.wantedMember("function"), id: id)
    }
  }

  init(function: JSONValue, id: String?) throws(WireProblem) {
    try function.wantedObject()
    self.init(
      id: id, name: try function.wantedMember("name").wantedString(),
      arguments: function["arguments"]?.string ?? "")
  }
}
