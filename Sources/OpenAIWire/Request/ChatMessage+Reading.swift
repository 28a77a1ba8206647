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

  init(_ node: JSONNode, in json: JSONText) throws(WireProblem) {
    guard json.isObject(node) else { throw json.value(node).wanted("an object") }
    self.init(role: .user, value: json.value(node))
    var content: JSONNode?
    var roleNode: JSONNode?
    var refusal: String?
    var key = json.first(in: node)
    while json.contains(key, in: node) {
      let member = json.valueOfKey(key)
      if let number = json.number(of: key, in: Field.names) {
        switch Field.all[number] {
        case .content: content = member
        case .role: roleNode = member
        case .refusal: if !json.isNull(member) { refusal = try json.wantedString(member) }
        case .name, .toolCalls, .functionCall, .toolCallID:
          if !json.isNull(member) { try read(Field.all[number], json.value(member)) }
        }
      }
      key = json.after(member)
    }
    guard let roleNode else { throw value.missing(Field.role.rawValue) }
    role = try ChatRole(roleNode, in: json)
    if let content, let string = json.string(content) {
      text = string
    } else {
      try readParts(content.map(json.value))
    }
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
  private mutating func readParts(_ content: JSONValue?) throws(WireProblem) {
    guard let content, !content.isNull else {
      guard role == .assistant || role == .function else {
        if let content { throw content.wanted(Self.contentWords) }
        throw value.missing(Field.content.rawValue)
      }
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

  init(_ node: JSONNode, in json: JSONText) throws(WireProblem) {
    guard let number = json.number(of: node, in: Self.names) else {
      let value = json.value(node)
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
