import PolicyGraph
package import PolicySemantics
import PolicySource
import PolicyUnits

/// A witness in a few words on one line, for the note of a finding: only what differs from a plain
/// request.
///
/// ```
/// question "refund"  plan = pro  tenant "acme"  at monday 2026-01-05 12:00
/// ```
package enum WitnessText {
  /// Scalars of a text that are shown.
  private static let mostShown = 60

  package static func line(_ draft: RequestDraft, _ policy: CheckedPolicy) -> String {
    var parts = texts(draft)
    parts += draft.declaredFacts(of: policy).map { "\($0.name) = \($1.policyText(of: $0))" }
    parts += Identity.allCases.compactMap { identity in
      draft.identities[identity].map { "\(identity.rawValue) \($0.asPolicyText)" }
    }
    parts += fields(draft)
    parts += draft.answers(of: policy).filter { !$0.isFailure }.map { "\($0.name) = \($0.label)" }
    parts += draft.declaredBudgets(of: policy).map { budget, used in
      "\(budget.name).used = \(budget.policyText(of: used, policy.vocabulary))"
    }
    parts += draft.openCircuits(of: policy).map { "\($0) unhealthy" }
    if draft.hasMoment {
      let moment = draft.moment
      parts.append("at \(moment.weekday.rawValue) \(draft.dateText) \(draft.hourText)")
    }
    return parts.isEmpty ? "any plain request" : parts.joined(separator: "  ")
  }

  private static func fields(_ draft: RequestDraft) -> [String] {
    var parts: [String] = []
    if let model = draft.model { parts.append("model = \(model.asPolicyText)") }
    if draft.stream { parts.append("stream") }
    if let tokens = draft.maxTokens { parts.append("max_tokens = \(tokens)") }
    if let temperature = draft.temperature {
      parts.append("temperature = \(temperature.millionthsText)")
    }
    if draft.format != .text { parts.append("format = \(draft.format.rawValue)") }
    if !draft.toolNames.isEmpty {
      let names = draft.toolNames.prefix(3).joined(separator: ", ")
      let all = draft.hasNumberedTools || draft.toolCount > 3
      parts.append(all ? "\(draft.toolCount) tools (\(names)…)" : "tools \(names)")
    }
    if draft.imageCount > 0 { parts.append("images = \(draft.imageCount)") }
    return parts
  }

  // MARK: Texts

  private static func texts(_ draft: RequestDraft) -> [String] {
    let messages = draft.messages
    let plain = FillerWords.questions(nil)[0]
    if messages.count == 1, messages[0].role == .user, messages[0].text == plain { return [] }
    var parts: [String] = []
    let question = messages.lastIndex { $0.role == .user }
    if let question, !messages[question].text.isEmpty || messages.count == 1 {
      parts.append("question \(shown(messages[question].text))")
    }
    for (index, message) in messages.enumerated() where index != question {
      guard !message.text.isEmpty else { continue }
      parts.append("\(message.role.partName) \(shown(message.text))")
    }
    let silent = messages.indices.count { $0 != question && messages[$0].text.isEmpty }
    if silent > 0 {
      parts.append("in \(messages.count) messages")
    }
    return parts
  }

  /// In quotes and on one line; a long text by its size and its beginning.
  private static func shown(_ text: String) -> String {
    let count = text.unicodeScalars.count
    guard count > mostShown else { return text.asPolicyText }
    let start = String(String.UnicodeScalarView(text.unicodeScalars.prefix(40)))
    return "of \(Amounts.grouped(Int64(count))) characters beginning \(start.asPolicyText)"
  }
}

extension RequestInput.Role {
  /// The text of the request a message of this role is part of, if it is not the question.
  fileprivate var partName: String {
    switch self {
    case .system, .developer: "system"
    case .user, .assistant, .tool: "context"
    }
  }
}
