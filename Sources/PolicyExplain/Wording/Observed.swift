import PolicyGraph
import PolicySemantics
import PolicyUnits

// What a test saw, as a short sentence without a full stop.
extension Explainer {
  func words(_ test: ObservedTest) -> String {
    let wanted = graph.test(of: test.atom)
    switch test.observed {
    case .flag(let value): return words(flag: wanted, value)
    case .label(let label): return words(label: wanted, label)
    case .openTasks(let tasks):
      return "task is one of " + tasks.map { policy[$0].name }.joined(separator: ", ")
    case .number(let number): return words(number: wanted, number)
    case .points(let low, let high):
      return "\(subject(wanted)) is between \(low) and \(high)"
    case .name(let name):
      guard let name else { return "the request has no \(subject(wanted))" }
      return "\(subject(wanted)) is \(quoted(name))"
    case .text(let part, let match): return words(text: wanted, part, match)
    case .tools(let names):
      return names.isEmpty ? "no tools" : "tools are " + names.joined(separator: ", ")
    }
  }

  private func words(flag test: RequestTest, _ value: Bool) -> String {
    guard case .flag(let flag) = test else { return value ? "yes" : "no" }
    switch flag {
    case .stream: return "stream is \(value)"
    case .fact(let id): return "\(policy[id].name) is \(value)"
    case .healthy(let model): return "\(policy[model].name) is \(value ? "" : "not ")healthy"
    }
  }

  private func words(label test: RequestTest, _ label: Int?) -> String {
    guard case .label(let field, _) = test else { return "" }
    let name: String? = label.flatMap { label in
      switch field {
      case .task: policy.tasks.indices.contains(label) ? policy.tasks[label].name : nil
      case .format: RequestFormat.allCases[label].rawValue
      case .weekday: Weekday.allCases[label].rawValue
      case .fact(let id):
        if case .labels(let labels) = policy[id].type { labels[label] } else { nil }
      case .classifier(let id): policy[id].labels[label]
      }
    }
    guard let name else { return "\(subject(test)) is not known yet" }
    return "\(subject(test)) is \(name)"
  }

  private func words(number test: RequestTest, _ number: Int64) -> String {
    guard case .number(let field, _, _) = test else { return String(number) }
    let subject = subject(test)
    switch field {
    case .maxTokens:
      return number == .max ? "the request sets no max_tokens" : "\(subject) is \(number)"
    case .temperature:
      return "\(subject) is \(Amounts.decimal(number, scale: 6))"
    case .chars, .tokens, .lines:
      return "\(subject) is \(Amounts.grouped(number))"
    case .budgetUsedShare, .budgetLeftShare:
      return "\(subject) is \(Amounts.text(Share(millionths: number)))"
    case .budgetUsed(let id), .budgetLeft(let id):
      if case .money = policy[id].cap {
        let currency = policy.vocabulary.currency
        return "\(subject) is \(Amounts.text(Money(nanos: number), currency: currency))"
      }
      return "\(subject) is \(number)"
    case .date: return "\(subject) is \(calendarDate(number))"
    case .tools, .images, .messages, .turn, .hour, .points, .fact:
      return "\(subject) is \(number)"
    }
  }

  private func words(text test: RequestTest, _ part: TextPart, _ match: TextMatch?) -> String {
    guard let match else { return "not in the \(part.rawValue)" }
    guard let found = shown(test, part, match) else { return "found in the \(part.rawValue)" }
    return "found \(quoted(found)) in the \(part.rawValue)"
  }

  /// The text that decided, or the policy's word for it where the text is not to be quoted; nil for a
  /// feature such as a card number, which is not to be repeated.
  private func shown(_ test: RequestTest, _ part: TextPart, _ match: TextMatch) -> String? {
    guard case .text(_, let wanted) = test else { return nil }
    if case .has = wanted { return nil }
    if let range = match.range, let bytes = texts[part],
      bytes.indices.contains(range.lowerBound), range.upperBound <= bytes.count
    {
      return String(decoding: bytes[range], as: UTF8.self)
    }
    switch wanted {
    case .mentions(let words), .contains(let words):
      return match.member.flatMap { words.indices.contains($0) ? words[$0] : nil }
    case .startsWith(let text): return text
    case .matches, .has: return nil
    }
  }

  private func subject(_ test: RequestTest) -> String {
    switch test {
    case .flag: "flag"
    case .label(let field, _): name(of: field)
    case .number(let field, _, _): name(of: field)
    case .name(let field, _): name(of: field)
    case .text(let part, _): part.rawValue
    case .offersTool: "tools"
    }
  }

  private func name(of field: LabelField) -> String {
    switch field {
    case .task: "task"
    case .format: "format"
    case .weekday: "weekday"
    case .fact(let id): policy[id].name
    case .classifier(let id): policy[id].name
    }
  }

  private func name(of field: NameField) -> String {
    switch field {
    case .model: "model"
    case .language: "language"
    case .identity(let identity): identity.rawValue
    case .fact(let id): policy[id].name
    }
  }

  private func name(of field: NumberField) -> String {
    switch field {
    case .maxTokens: "max_tokens"
    case .temperature: "temperature"
    case .tools: "tools"
    case .images: "images"
    case .messages: "messages"
    case .turn: "turn"
    case .chars(let part): "\(part.rawValue).chars"
    case .tokens(let part): "\(part.rawValue).tokens"
    case .lines(let part): "\(part.rawValue).lines"
    case .hour: "hour"
    case .date: "date"
    case .points(let id): policy[id].name
    case .fact(let id): policy[id].name
    case .budgetUsedShare(let id), .budgetUsed(let id): "\(policy[id].name).used"
    case .budgetLeftShare(let id), .budgetLeft(let id): "\(policy[id].name).left"
    }
  }

  /// At most 60 characters, on one line.
  private func quoted(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > 60 ? "\"\(line.prefix(59))…\"" : "\"\(line)\""
  }

  private func calendarDate(_ days: Int64) -> String {
    CalendarDate(daysSince1970: days).map { date in
      "\(date.year)-\(padded(date.month))-\(padded(date.day))"
    } ?? "outside the calendar"
  }

  private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
