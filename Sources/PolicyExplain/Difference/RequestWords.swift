import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits

/// A built request in one line: what it says besides a plain one, and its words.
enum RequestWords {
  private static let mostCharacters = 60

  /// `policies` declare the budgets of which it says something.
  static func line(_ draft: RequestDraft, of policies: [CheckedPolicy]) -> String {
    var parts: [String] = []
    for (name, value) in draft.facts.sorted(by: { $0.key < $1.key }) {
      parts.append("\(name) = \(value.header)")
    }
    if let model = draft.model, model != "auto" { parts.append("model = \(model.asPolicyText)") }
    for identity in Identity.allCases {
      if let name = draft.identities[identity] { parts.append("\(identity.rawValue) = \(name)") }
    }
    if draft.stream { parts.append("stream") }
    if draft.format != .text { parts.append("format = \(draft.format.rawValue)") }
    if let tokens = draft.maxTokens { parts.append("max_tokens = \(tokens)") }
    if let temperature = draft.temperature {
      parts.append("temperature = \(Amounts.decimal(temperature, scale: 6))")
    }
    if !draft.toolNames.isEmpty { parts.append(tools(draft.toolNames)) }
    if draft.imageCount > 0 { parts.append("images = \(draft.imageCount)") }
    if draft.day != nil || draft.hour != nil { parts.append(moment(draft)) }
    for (name, used) in draft.budgets.sorted(by: { $0.key < $1.key }) {
      parts.append("\(name) used \(RegionWords.used(used, of: name, in: policies))")
    }
    for model in draft.unhealthy { parts.append("\(model) unhealthy") }
    for (name, label) in draft.classifiers.sorted(by: { $0.key < $1.key }) {
      parts.append("\(name) says \(label)")
    }
    parts += messages(draft.messages)
    return parts.joined(separator: ", ")
  }

  private static func tools(_ names: [String]) -> String {
    names.count > 3
      ? "\(names.count) tools" : "tools \(names.joined(separator: ", "))"
  }

  private static func moment(_ draft: RequestDraft) -> String {
    let moment = draft.moment
    var words = "on \(moment.date.year)-\(two(moment.date.month))-\(two(moment.date.day))"
    if draft.hour != nil { words += " at \(moment.hour):00" }
    return words
  }

  private static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

  /// The last message stands for most requests; others are named with their role.
  private static func messages(_ messages: [RequestDraft.Message]) -> [String] {
    let shown = messages.count > 3 ? messages.suffix(2) : messages[...]
    var words = shown.map { message in
      let role = message.role == .user && messages.count == 1 ? "" : message.role.rawValue + " "
      return role + short(message.text)
    }
    if shown.count < messages.count {
      words.insert("\(messages.count - shown.count) messages before", at: 0)
    }
    return words
  }

  private static func short(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    guard line.count > mostCharacters else { return line.asPolicyText }
    return "\(line.prefix(mostCharacters - 1))…".asPolicyText
      + " (\(Amounts.grouped(Int64(text.unicodeScalars.count))) chars)"
  }
}
