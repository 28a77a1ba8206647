import JSONReading

/// Why a script cannot be used.
package struct ScriptProblem: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  init(_ message: String, at value: JSONValue? = nil) {
    description = value.map { "\($0.place.words): \(message)" } ?? message
  }
}

extension Script {
  /// Reads a script; every key it does not know is an error.
  ///
  /// ```json
  /// {"models": [{"name": "qwen3-8b", "quality": 0.8, "context_window": 32768, "latency_ms": 80}],
  ///  "chunk_delay_ms": 5,
  ///  "rules": [{"model": "qwen3-8b", "calls": [1, 2], "fault": "status_429_seconds"},
  ///            {"contains": "password", "answer": "Use the link on the sign-in page."}]}
  /// ```
  package init(json bytes: [UInt8]) throws(ScriptProblem) {
    let root: JSONValue
    do throws(JSONProblem) {
      root = try JSONText(bytes).root
    } catch {
      throw ScriptProblem(error.description)
    }
    var script = Script()
    for (key, value) in try root.checkedMembers() {
      switch key {
      case "models":
        script.models = try value.list { value throws(ScriptProblem) in
          try ModelProfile(value)
        }
      case "only_listed_models": script.onlyListed = try value.truth()
      case "chunk_delay_ms": script.chunkDelay = try value.count()
      case "key": script.key = try value.text()
      case "batches": script.batches = try BatchScript(value)
      case "rules":
        script.rules = try value.list { value throws(ScriptProblem) in
          try Rule(value)
        }
      default: throw ScriptProblem("unknown key `\(key)`", at: value)
      }
    }
    self = script
  }
}

extension ModelProfile {
  fileprivate init(_ value: JSONValue) throws(ScriptProblem) {
    var name: String?
    var quality: Int64 = 952_000
    var window: Int64 = 131_072
    var reasons = false
    var latency: Int64 = 0
    for (key, value) in try value.checkedMembers() {
      switch key {
      case "name": name = try value.text()
      case "quality":
        guard let share = value.millionths, (0...1_000_000).contains(share) else {
          throw ScriptProblem("`quality` is a number from 0 to 1", at: value)
        }
        quality = share
      case "context_window": window = try value.count()
      case "reasons": reasons = try value.truth()
      case "latency_ms": latency = try value.count()
      default: throw ScriptProblem("unknown key `\(key)` of a model", at: value)
      }
    }
    guard let name else { throw ScriptProblem("a model needs a `name`", at: value) }
    self.init(
      name, quality: quality, contextWindow: Int(window), reasons: reasons, latency: latency)
  }
}

extension Rule {
  fileprivate init(_ value: JSONValue) throws(ScriptProblem) {
    self.init()
    for (key, value) in try value.checkedMembers() {
      switch key {
      case "model": model = try value.text()
      case "contains": contains = try value.text()
      case "calls":
        calls =
          value.kind == .array
          ? try value.list { value throws(ScriptProblem) in Int(try value.count()) }
          : [Int(try value.count())]
      case "times": times = Int(try value.count())
      case "fault":
        let name = try value.text()
        guard let known = Fault(rawValue: name) else {
          throw ScriptProblem("unknown fault `\(name)`", at: value)
        }
        fault = known
      case "answer": answer = try value.text()
      case "finish":
        let name = try value.text()
        guard Completion.Finish(rawValue: name) != nil else {
          throw ScriptProblem("unknown finish `\(name)`", at: value)
        }
        finish = name
      case "status":
        guard let code = value.integer, (200...599).contains(code) else {
          throw ScriptProblem("`status` is a number from 200 to 599", at: value)
        }
        status = Int(code)
      case "body": body = try value.text()
      case "events":
        events = try value.list { value throws(ScriptProblem) in try value.text() }
      case "delay_ms": delay = try value.count()
      case "retry_after": retryAfter = try value.text()
      default: throw ScriptProblem("unknown key `\(key)` of a rule", at: value)
      }
    }
  }
}

extension JSONValue {
  func checkedMembers() throws(ScriptProblem) -> [(key: String, value: JSONValue)] {
    guard kind == .object else { throw ScriptProblem("an object must stand here", at: self) }
    return members.map { ($0.key.string ?? "", $0.value) }
  }

  func list<Element>(
    _ read: (JSONValue) throws(ScriptProblem) -> Element
  ) throws(ScriptProblem) -> [Element] {
    guard kind == .array else { throw ScriptProblem("an array must stand here", at: self) }
    var all: [Element] = []
    for element in elements { all.append(try read(element)) }
    return all
  }

  func text() throws(ScriptProblem) -> String {
    guard let string else { throw ScriptProblem("a string must stand here", at: self) }
    return string
  }

  func truth() throws(ScriptProblem) -> Bool {
    guard let bool else { throw ScriptProblem("`true` or `false` must stand here", at: self) }
    return bool
  }

  /// A whole number from 0 to a billion.
  func count() throws(ScriptProblem) -> Int64 {
    guard let integer, (0...1_000_000_000).contains(integer) else {
      throw ScriptProblem("a whole number of at least 0 must stand here", at: self)
    }
    return integer
  }
}
