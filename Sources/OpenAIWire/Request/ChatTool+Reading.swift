import JSONReading

extension ChatTool {
  /// Reads an element of `tools`.
  ///
  /// A `function` or `custom` tool has a name; any other type is a provider's own and goes by its
  /// type.
  init(_ value: JSONValue) throws(WireProblem) {
    try value.wantedObject()
    let type = try value.wantedMember("type")
    if type.spells("function") {
      self.init(name: try Self.name(in: value.wantedMember("function")), value: value)
    } else if type.spells("custom") {
      self.init(name: try Self.name(in: value.wantedMember("custom")), value: value)
    } else {
      self.init(name: try type.wantedString(), value: value)
    }
  }

  /// Reads an element of `functions`, the older form.
  init(function value: JSONValue) throws(WireProblem) {
    self.init(name: try Self.name(in: value), value: value)
  }

  private static func name(in definition: JSONValue) throws(WireProblem) -> String {
    try definition.wantedObject()
    return try definition.wantedMember("name").wantedString()
  }
}

extension ToolChoice {
  init(_ value: JSONValue) throws(WireProblem) {
    let words = "`none`, `auto`, `required` or an object"
    guard value.kind != .object else {
      self = .named
      return
    }
    guard value.kind == .string else { throw value.wanted(words) }
    if value.spells("none") {
      self = .none
    } else if value.spells("auto") {
      self = .auto
    } else if value.spells("required") || value.spells("any") {
      self = .required
    } else {
      throw .badValue(value.place, found: value.shown, wanted: words)
    }
  }
}

extension ResponseFormat {
  init(_ value: JSONValue) throws(WireProblem) {
    try value.wantedObject()
    let type = try value.wantedMember("type")
    guard let known = Self(rawValue: try type.wantedString()) else {
      throw .badValue(
        type.place, found: type.shown, wanted: "`text`, `json_object` or `json_schema`")
    }
    if known == .jsonSchema {
      try value.wantedMember("json_schema").wantedObject()
    }
    self = known
  }
}
