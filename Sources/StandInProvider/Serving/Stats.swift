import JSONWriting

/// What a stand-in has seen since it started or was last reset.
package struct Stats: Sendable {
  package struct Model: Hashable, Sendable {
    package fileprivate(set) var calls = 0
    package fileprivate(set) var promptTokens = 0
    package fileprivate(set) var completionTokens = 0
    package fileprivate(set) var faults = 0
    /// Of every call a model worked on, whether its answer arrived or not.
    package fileprivate(set) var workedTokens = 0
  }

  /// One request, for a reader who wants to know what went on.
  package struct Seen: Hashable, Sendable {
    package let path: String
    package let model: String
    /// The first 200 characters.
    package let question: String
    package let streams: Bool
    package let status: Int
    package let fault: Fault?
    package let promptTokens: Int
    package let completionTokens: Int
    /// Prompt and completion of a call a model worked on, whether its answer arrived or not.
    package let workedTokens: Int
  }

  package fileprivate(set) var connections = 0
  package fileprivate(set) var openConnections = 0
  /// Connections the other side closed while an answer was under way.
  package fileprivate(set) var hangUps = 0
  /// Bytes of answers that the system has taken: a caller who does not read holds them back.
  package fileprivate(set) var sentBytes = 0
  package fileprivate(set) var requests = 0
  package fileprivate(set) var models: [String: Model] = [:]
  package fileprivate(set) var faults: [Fault: Int] = [:]
  /// The last 200, oldest first.
  package fileprivate(set) var last: [Seen] = []

  package init() {}

  package var calls: Int { models.values.reduce(0) { $0 + $1.calls } }

  mutating func opened() {
    connections += 1
    openConnections += 1
  }

  mutating func closed(whileAnswering: Bool) {
    openConnections -= 1
    if whileAnswering { hangUps += 1 }
  }

  mutating func sent(_ bytes: Int) { sentBytes += bytes }

  mutating func saw(_ seen: Seen) {
    requests += 1
    if last.count == 200 { last.removeFirst() }
    last.append(seen)
    if let fault = seen.fault { faults[fault, default: 0] += 1 }
    guard !seen.model.isEmpty else { return }
    models[seen.model, default: Model()].calls += 1
    models[seen.model, default: Model()].promptTokens += seen.promptTokens
    models[seen.model, default: Model()].completionTokens += seen.completionTokens
    models[seen.model, default: Model()].workedTokens += seen.workedTokens
    if seen.fault != nil { models[seen.model, default: Model()].faults += 1 }
  }

  /// Forgets everything but the connections that are open.
  mutating func reset() {
    var fresh = Stats()
    fresh.openConnections = openConnections
    self = fresh
  }

  /// As JSON, members in a fixed order.
  package var json: [UInt8] {
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("connections", connections)
      json.member("open_connections", openConnections)
      json.member("hang_ups", hangUps)
      json.member("requests", requests)
      json.member("calls", calls)
      json.object("models") { json in
        for (name, model) in models.sorted(by: { $0.key < $1.key }) {
          json.object(name) { json in
            json.member("calls", model.calls)
            json.member("prompt_tokens", model.promptTokens)
            json.member("completion_tokens", model.completionTokens)
            json.member("worked_tokens", model.workedTokens)
            json.member("faults", model.faults)
          }
        }
      }
      json.object("faults") { json in
        for fault in Fault.allCases {
          if let count = faults[fault] { json.member(fault.name, count) }
        }
      }
      json.array("last") { json in for seen in last { json.object { seen.write(to: &$0) } } }
    }
    return json.bytes
  }

}

extension Stats.Seen {
  /// Its members, into an object that is open.
  func write(to json: inout JSONWriter) {
    json.member("path", path)
    json.member("model", model)
    json.member("question", question)
    json.member("stream", streams)
    json.member("status", status)
    json.member("fault", orNull: fault?.name)
    json.member("prompt_tokens", promptTokens)
    json.member("completion_tokens", completionTokens)
    json.member("worked_tokens", workedTokens)
  }
}
