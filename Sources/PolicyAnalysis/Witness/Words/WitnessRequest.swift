import JSONWriting
import PolicyGraph
package import PolicySemantics
import PolicyUnits

/// A witness as a user runs it: the body of a chat-completions request, and the flags of `rung
/// explain` for what a body cannot say.
package struct WitnessRequest: Sendable {
  private let draft: RequestDraft
  private let policy: CheckedPolicy

  package init(_ draft: RequestDraft, _ policy: CheckedPolicy) {
    self.draft = draft
    self.policy = policy
  }

  /// `rung explain POLICY FILE …`, quoted for a shell.
  package func command(policy path: String, file: String) -> String {
    (["rung", "explain", path, file] + flags).map(Self.quoted).joined(separator: " ")
  }

  // MARK: Flags

  /// The flags, each name followed by its value.
  package var flags: [String] {
    var flags: [String] = []
    for (fact, value) in draft.declaredFacts(of: policy) where fact.origin != .metadata {
      flags += ["--fact", "\(fact.name)=\(value.header)"]
    }
    for identity in Identity.allCases {
      guard identity != .user, let name = draft.identities[identity] else { continue }
      flags += ["--\(identity.rawValue)", name]
    }
    for answer in draft.answers(of: policy) {
      flags += ["--classifier", "\(answer.name)=\(answer.label)"]
    }
    for (budget, used) in draft.declaredBudgets(of: policy) {
      flags += ["--budget", "\(budget.name)=\(budget.plainText(of: used))"]
    }
    for model in draft.openCircuits(of: policy) { flags += ["--unhealthy", model] }
    // Without an offset it is the policy's own time.
    if draft.hasMoment { flags += ["--at", "\(draft.dateText)T\(draft.hourText):00"] }
    return flags
  }

  private static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || plainMarks.contains(scalar))
    }
    if isPlain, !word.isEmpty { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }

  private static let plainMarks = Set("0123456789_-./=:%+,@".unicodeScalars)

  // MARK: Body

  /// One JSON object, indented, with a newline at the end.
  package var body: String {
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("model", draft.model ?? "auto")
      writeMessages(&json)
      if draft.stream { json.member("stream", true) }
      if let tokens = draft.maxTokens { json.member("max_tokens", tokens) }
      if draft.choices > 1 { json.member("n", draft.choices) }
      if let temperature = draft.temperature {
        json.member("temperature", millionths: temperature)
      }
      writeFormat(&json)
      writeTools(&json)
      if let user = draft.identities[.user] { json.member("user", user) }
      writeMetadata(&json)
    }
    return json.text + "\n"
  }

  private func writeMessages(_ json: inout JSONWriter) {
    json.array("messages") { json in
      for (index, message) in draft.messages.enumerated() {
        json.object { json in
          json.member("role", message.role.rawValue)
          let isLast = index == draft.messages.count - 1
          guard isLast, draft.imageCount > 0 else {
            json.member("content", message.text)
            return
          }
          writeParts(message.text, &json)
        }
      }
    }
  }

  /// The last message brings the images.
  private func writeParts(_ text: String, _ json: inout JSONWriter) {
    json.array("content") { json in
      json.object { json in
        json.member("type", "text")
        json.member("text", text)
      }
      for number in 1...max(1, draft.imageCount) {
        json.object { json in
          json.member("type", "image_url")
          json.object("image_url") { $0.member("url", "https://example.com/\(number).png") }
        }
      }
    }
  }

  private func writeFormat(_ json: inout JSONWriter) {
    switch draft.format {
    case .text: return
    case .json: json.object("response_format") { $0.member("type", "json_object") }
    case .jsonSchema:
      json.object("response_format") { json in
        json.member("type", "json_schema")
        json.object("json_schema") { json in
          json.member("name", "answer")
          json.object("schema") { $0.member("type", "object") }
        }
      }
    }
  }

  private func writeTools(_ json: inout JSONWriter) {
    guard !draft.toolNames.isEmpty else { return }
    json.array("tools") { json in
      for name in draft.toolNames {
        json.object { json in
          json.member("type", "function")
          json.object("function") { json in
            json.member("name", name)
            json.object("parameters") { $0.member("type", "object") }
          }
        }
      }
    }
  }

  private func writeMetadata(_ json: inout JSONWriter) {
    let facts = draft.declaredFacts(of: policy).filter { $0.fact.origin == .metadata }
    guard !facts.isEmpty else { return }
    json.object("metadata") { json in
      for (fact, value) in facts {
        switch value {
        case .bool(let flag): json.member(fact.name, flag)
        case .count(let count): json.member(fact.name, count)
        case .text(let text): json.member(fact.name, text)
        }
      }
    }
  }
}
