package import PolicyGraph
package import PolicySemantics
import PolicySource
import PolicyUnits

/// A request in names, as it is built: it can be put to either of two policies that are compared.
package struct RequestDraft: Hashable, Sendable {
  package enum Value: Hashable, Sendable {
    case bool(Bool)
    case count(Int64)
    /// A text, or a label by its name.
    case text(String)

    /// Texts byte for byte.
    package static func == (a: Value, b: Value) -> Bool {
      switch (a, b) {
      case (.bool(let a), .bool(let b)): a == b
      case (.count(let a), .count(let b)): a == b
      case (.text(let a), .text(let b)): ExactText.areSame(a, b)
      case (.bool, _), (.count, _), (.text, _): false
      }
    }
  }

  package struct Message: Hashable, Sendable {
    package var role: RequestInput.Role
    package var text: String
  }

  /// Facts the request brings; those left out have their defaults.
  package var facts: [String: Value] = [:]
  package var model: String?
  package var stream = false
  package var maxTokens: Int64?
  /// Answers asked for; at least one.
  package var choices: Int64 = 1
  /// Millionths.
  package var temperature: Int64?
  package var format = RequestFormat.text
  package var toolNames: [String] = []
  package var imageCount = 0
  package var identities: [Identity: String] = [:]
  /// Since 1970-01-01; nil where the day does not matter.
  package var day: Int64?
  /// Nil where the hour does not matter.
  package var hour: Int?
  /// By budget: what is used, in nano-units for money.
  package var budgets: [String: Int64] = [:]
  /// Sorted.
  package var unhealthy: [String] = []
  /// The classifiers whose answers matter, by name.
  package var classifiers: [String: String] = [:]
  /// A classifier that gives no answer.
  package var failing: String?
  package var messages: [Message] = []

  /// 2026-01-01, a Thursday, at noon: the moment of a plain request.
  package static let plainDay: Int64 = 20_454
  package static let plainHour = 12

  package var moment: LocalMoment {
    let number = day ?? Self.plainDay
    guard let date = CalendarDate(daysSince1970: number) else {
      preconditionFailure("days are within the years 1 to 9999")
    }
    return LocalMoment(
      date: date, weekday: Weekday.allCases[Weekday.index(ofDay: number)],
      hour: hour ?? Self.plainHour)
  }

  /// The request as a policy reads it.
  ///
  /// A classifier that is not named here answers as if it had failed.
  package func input(for graph: DecisionGraph) -> RequestInput {
    let policy = graph.policy
    var input = RequestInput(moment: moment)
    if let model { input.model = model }
    input.stream = stream
    input.maxTokens = maxTokens
    input.choices = choices
    input.temperature = temperature
    input.format = format
    input.toolNames = toolNames
    input.imageCount = imageCount
    input.messages = messages.map { RequestInput.Message(role: $0.role, text: $0.text) }
    input.tenant = identities[.tenant]
    input.user = identities[.user]
    input.key = identities[.key]
    input.conversation = identities[.conversation]
    for fact in policy.facts {
      guard let value = facts[fact.name] else { continue }
      switch fact.origin {
      case .metadata: input.metadata[fact.name] = value.given
      case .key: input.keyFacts[fact.name] = value.given
      case .header(let header): input.headers[header] = value.header
      }
    }
    setState(of: &input, policy)
    return input
  }

  private func setState(of input: inout RequestInput, _ policy: CheckedPolicy) {
    for (index, budget) in policy.budgets.enumerated() {
      if let used = budgets[budget.name] { input.state.budgetUse[BudgetID(index)] = used }
    }
    for (index, classifier) in policy.classifiers.enumerated() {
      let label = classifiers[classifier.name].flatMap { classifier.labels.firstIndex(of: $0) }
      input.state.classifiers[ClassifierID(index)] = label ?? classifier.onFailure
      guard classifier.name == failing else { continue }
      input.state.classifiers[ClassifierID(index)] = classifier.onFailure
      input.state.failedClassifiers.insert(ClassifierID(index))
    }
    guard !unhealthy.isEmpty else { return }
    for (index, model) in policy.vocabulary.models.enumerated()
    where unhealthy.contains(model.name) {
      input.state.unhealthy.insert(ModelID(index))
    }
  }
}

extension RequestDraft.Value {
  /// As metadata holds it.
  var given: GivenFact {
    switch self {
    case .bool(let flag): .bool(flag)
    case .count(let count): .integer(count)
    case .text(let text): .text(text)
    }
  }

  /// As a header or a command line spells it.
  package var header: String {
    switch self {
    case .bool(let flag): flag ? "true" : "false"
    case .count(let count): String(count)
    case .text(let text): text
    }
  }
}
