import JSONReading

extension Request {
  /// What is known beside a body, as one JSON object whose members are named like the properties, with
  /// those of ``state`` among them; every member may be left out or null.
  ///
  /// - Throws: ``RequestError`` if it is no such object, or has a member of another name.
  package init(body: [UInt8], situation: [UInt8]) throws(RequestError) {
    self.init(body: body)
    guard !situation.isEmpty else { return }
    let json: JSONText
    do throws(JSONProblem) {
      json = try JSONText(situation)
    } catch {
      throw RequestError(situation: error.message, at: error.place)
    }
    guard json.root.kind == .object else {
      throw RequestError(situation: "it must be an object", at: json.root.place)
    }
    for (key, value) in json.root.members where !value.isNull {
      try set(key.string ?? "", value)
    }
  }

  private mutating func set(_ name: String, _ value: JSONValue) throws(RequestError) {
    switch name {
    case "name": self.name = try value.text(name)
    case "tenant": tenant = try value.text(name)
    case "user": user = try value.text(name)
    case "key": key = try value.text(name)
    case "conversation": conversation = try value.text(name)
    case "time": time = .text(try value.text(name))
    case "facts":
      for (name, value) in try value.named(name) { facts[name] = try Fact(value, name) }
    case "headers":
      for (name, value) in try value.named(name) { headers[name] = try value.text(name) }
    case "budgets":
      for (name, value) in try value.named(name) {
        state.budgets[name] = try RecordedState.BudgetUse(value, name)
      }
    case "classifiers":
      for (name, value) in try value.named(name) {
        state.classifiers[name] = try value.text(name)
      }
    case "acceptance":
      for (name, value) in try value.named(name) {
        state.acceptance[name] = try value.text(name)
      }
    case "unhealthy":
      guard value.kind == .array else {
        throw RequestError(situation: "`unhealthy` must be an array of models", at: value.place)
      }
      for model in value.elements { state.unhealthy.append(try model.text("unhealthy")) }
    default:
      throw RequestError(situation: "it has no member `\(name)`", at: value.place)
    }
  }
}

extension Request.Fact {
  fileprivate init(_ value: JSONValue, _ name: String) throws(RequestError) {
    if let flag = value.bool {
      self = .bool(flag)
    } else if let number = value.integer {
      self = .integer(number)
    } else if let text = value.string {
      self = .text(text)
    } else {
      throw RequestError(
        situation: "the fact `\(name)` must be a text, a whole number, true or false",
        at: value.place)
    }
  }
}

extension RecordedState.BudgetUse {
  fileprivate init(_ value: JSONValue, _ name: String) throws(RequestError) {
    if let units = value.integer {
      self = .units(units)
    } else {
      self = .text(try value.text(name))
    }
  }
}

extension JSONValue {
  fileprivate func text(_ name: String) throws(RequestError) -> String {
    guard let text = string else {
      throw RequestError(situation: "`\(name)` must be a text", at: place)
    }
    return text
  }

  fileprivate func named(_ name: String) throws(RequestError) -> [(String, JSONValue)] {
    guard kind == .object else {
      throw RequestError(situation: "`\(name)` must be an object", at: place)
    }
    return members.map { ($0.key.string ?? "", $0.value) }
  }
}

extension RequestError {
  /// Too many bytes to be looked at; nil for fewer.
  package init?(bytes: Int) {
    let most = JSONLimits().bytes
    guard bytes > most else { return nil }
    code = "json_too_large"
    message = "the JSON has \(bytes) bytes, and at most \(most) are read"
    line = nil
    column = nil
  }

  fileprivate init(situation message: String, at place: JSONPlace) {
    code = "invalid_situation"
    self.message = "what is said beside the request, \(place.line):\(place.column): \(message)"
    line = nil
    column = nil
  }
}
