import PolicyGraph
package import PolicySemantics
import PolicySource
import PolicyUnits

/// A witness as the body of a `test` block, ready to paste.
package struct WitnessTest: Hashable, Sendable {
  /// The lines of `request { … }`.
  package let request: [String]
  /// The lines of `given { … }`.
  package let given: [String]
  /// What a test cannot say, in words; empty if the lines above are the whole request.
  ///
  /// With any, offer the file of ``WitnessRequest``: `request file "…"`.
  package let obstacles: [String]

  /// UTF-8 bytes of the longest text that is written into a policy.
  private static let longestText = 2_000

  package init(_ draft: RequestDraft, _ policy: CheckedPolicy) {
    var request = Texts(draft)
    if request.longest > Self.longestText { request.obstacles.append("a text this long") }
    request.lines += draft.declaredFacts(of: policy).map {
      "\($0.name) = \($1.policyText(of: $0))"
    }
    for identity in Identity.allCases {
      guard let name = draft.identities[identity] else { continue }
      request.lines.append("\(identity.rawValue) = \(name.asPolicyText)")
    }
    request.addFields(of: draft)
    self.request = request.lines
    obstacles = request.obstacles
    given =
      draft.answers(of: policy).map { "\($0.name) = \($0.label)" }
      + draft.declaredBudgets(of: policy).map { budget, used in
        "\(budget.name).used = \(budget.policyText(of: used, policy.vocabulary))"
      } + draft.openCircuits(of: policy).map { "\($0) = unhealthy" }
  }

  /// A whole `test` block that expects these lines, at least one; nil if a test cannot say all of
  /// the request.
  package func block(title: String, expect: [String]) -> String? {
    guard obstacles.isEmpty else { return nil }
    return block(title: title, request: "request { \(request.joined(separator: "  ")) }", expect)
  }

  /// A whole `test` block that reads its request from a file beside the policy.
  package func block(title: String, file: String, expect: [String]) -> String {
    block(title: title, request: "request file \(file.asPolicyText)", expect)
  }

  private func block(title: String, request: String, _ expect: [String]) -> String {
    var lines = ["test \(title.asPolicyText) {", "  \(request)"]
    if !given.isEmpty { lines.append("  given   { \(given.joined(separator: "  ")) }") }
    lines.append("  expect  { \(expect.joined(separator: "  ")) }")
    lines.append("}")
    return lines.joined(separator: "\n")
  }

  private struct Texts {
    var lines: [String] = []
    var obstacles: [String] = []
    var longest = 0

    init(_ draft: RequestDraft) {
      var rest = draft.messages[...]
      let question = rest.last?.role == .user ? rest.popLast() : nil
      add("question", question?.text ?? "", isNeeded: true)
      if rest.first?.role == .system, let system = rest.popFirst() {
        add("system", system.text, isNeeded: false)
      }
      if rest.first?.role == .user, let context = rest.popFirst() {
        add("context", context.text, isNeeded: false)
      }
      if question == nil { obstacles.append("a request that does not end with a question") }
      if !rest.isEmpty { obstacles.append("\(draft.messages.count) messages in their order") }
    }

    private mutating func add(_ name: String, _ text: String, isNeeded: Bool) {
      longest = max(longest, text.utf8.count)
      lines.append("\(name) = \(text.asPolicyText)")
    }

    mutating func addFields(of draft: RequestDraft) {
      if let model = draft.model { lines.append("model = \(model.asPolicyText)") }
      if draft.stream { lines.append("stream = true") }
      if let tokens = draft.maxTokens { lines.append("max_tokens = \(tokens)") }
      if let temperature = draft.temperature {
        lines.append("temperature = \(temperature.millionthsText)")
      }
      if draft.format != .text { lines.append("format = \(draft.format.rawValue)") }
      if !draft.toolNames.isEmpty {
        lines.append("tools = \(draft.toolCount)")
        if !draft.hasNumberedTools { obstacles.append("the names of the tools") }
        if draft.toolCount > 1_000 { obstacles.append("more than 1,000 tools") }
      }
      if draft.imageCount > 0 { lines.append("images = \(draft.imageCount)") }
      if draft.imageCount > 1_000 { obstacles.append("more than 1,000 images") }
      if draft.day != nil { lines.append("date = \(draft.dateText)") }
      if draft.hour != nil { lines.append("hour = \(draft.moment.hour)") }
    }
  }
}
