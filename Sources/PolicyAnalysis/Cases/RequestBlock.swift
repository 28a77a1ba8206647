package import PolicyGraph
package import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingRuntime

/// A request as the `request` and `given` of a test block.
package struct RequestBlock: Sendable {
  /// `plan = free`, in the order of the manual.
  package private(set) var request: [String] = []
  /// `tenant_daily.used = $16`.
  package private(set) var given: [String] = []
  /// What the request has that a test reads of a file only, in words.
  private var inFile: [String] = []
  /// What the request has that no test can say, in words.
  package private(set) var missing: [String] = []
  /// The request the blocks make: of a block that reads a file, once the file was ``read(_:)``.
  package private(set) var input: RequestInput
  private let policy: CheckedPolicy
  private var fields: [CheckedTest.Field.Kind] = []

  /// Writes a request down; `classifiers` are those whose answer the decision needs.
  package init(
    _ original: RequestInput, _ graph: DecisionGraph, classifiers: Set<ClassifierID> = []
  ) {
    policy = graph.policy
    input = original
    addTexts(original)
    addPlain(original)
    addFacts(original, graph)
    addMoment(original)
    addState(original, classifiers)
    let written = fields.map { CheckedTest.Field(kind: $0, span: policy.nowhere) }
    var made = TestRequest.input(written, policy)
    // What stands in `given` is recorded, and nothing else is.
    made.state = original.state
    for (index, _) in policy.classifiers.enumerated()
    where !classifiers.contains(ClassifierID(index)) {
      made.state.classifiers[ClassifierID(index)] = nil
    }
    input = made
    noteMissing(original)
  }

  /// The lines of `request` that no file of it says.
  var besideFile: [String] {
    zip(request, fields).filter { !isOfBody($1) }.map(\.0)
  }

  /// Why the request stands in a file: a text too long for a policy, or what only a body says; nil
  /// where the block says all of it.
  package var whyFile: String? {
    let long = longText.map {
      "a \($0.name) of \(Amounts.grouped(Int64($0.characters))) characters"
    }
    let needs = [long].compactMap(\.self) + inFile
    return needs.isEmpty ? nil : needs.joined(separator: ", ")
  }

  /// Takes the request as its file was read, with what stands beside it and what is given.
  mutating func read(_ file: RequestInput) {
    let written = fields.filter { !isOfBody($0) }
      .map { CheckedTest.Field(kind: $0, span: policy.nowhere) }
    let state = input.state
    input = TestRequest.adding(written, to: file, policy)
    input.state = state
  }

  /// Leaves out a fact that the request says.
  mutating func leaveOut(_ fact: FactID) {
    guard
      let place = fields.firstIndex(where: {
        if case .fact(fact, _) = $0 { true } else { false }
      })
    else { return }
    fields.remove(at: place)
    request.remove(at: place)
    let written = fields.map { CheckedTest.Field(kind: $0, span: policy.nowhere) }
    var made = TestRequest.input(written, policy)
    made.state = input.state
    input = made
  }

  /// Whether the body of a request says it.
  private func isOfBody(_ field: CheckedTest.Field.Kind) -> Bool {
    switch field {
    case .identity(.user, _): true
    case .fact(let id, _): policy[id].origin == .metadata
    default: !field.isBesideFile
    }
  }

  /// On one line: `question = "refund"  plan = free`, what is given after it.
  package var line: String {
    (request + given).map { $0.count > 120 ? $0.prefix(110) + "…\"" : $0 }.joined(separator: "  ")
  }

  private mutating func add(_ text: String, _ kind: CheckedTest.Field.Kind) {
    request.append(text)
    fields.append(kind)
  }

  /// The longest text, if it is over ``PolicyCase/longestText`` characters: `("question", 18_452)`.
  package var longText: (name: String, characters: Int)? {
    let texts = fields.compactMap { field -> (name: String, characters: Int)? in
      switch field {
      case .text(let part, let text): (part.rawValue, text.unicodeScalars.count)
      case .identity(let identity, let name): (identity.rawValue, name.unicodeScalars.count)
      case .model(let name): ("model", name.unicodeScalars.count)
      case .fact(let id, .text(let text)): (policy[id].name, text.unicodeScalars.count)
      case .fact, .stream, .maxTokens, .temperature, .format, .tools, .images, .hour, .weekday,
        .date:
        nil
      }
    }
    guard let longest = texts.max(by: { $0.characters < $1.characters }),
      longest.characters > PolicyCase.longestText
    else { return nil }
    return longest
  }

  // MARK: What a request brings

  private mutating func addTexts(_ original: RequestInput) {
    let question = original.messages.lastIndex { $0.role == .user }
    var system: [String] = []
    var context: [String] = []
    for (index, message) in original.messages.enumerated() where index != question {
      switch message.role {
      case .system, .developer: system.append(message.text)
      case .user, .assistant, .tool: context.append(message.text)
      }
    }
    let asked = question.map { original.messages[$0].text } ?? ""
    add("question = \(asked.asPolicyText)", .text(.question, asked))
    // A policy may not write a text of nothing but white space.
    let text = context.joined(separator: "\n\n")
    if !text.allSatisfy(\.isWhitespace) {
      add("context = \(text.asPolicyText)", .text(.context, text))
    }
    let rules = system.joined(separator: "\n")
    if !rules.allSatisfy(\.isWhitespace) {
      add("system = \(rules.asPolicyText)", .text(.system, rules))
    }
  }

  private mutating func addPlain(_ original: RequestInput) {
    if original.model != "auto" {
      let isKnown = policy.vocabulary.models.contains { $0.name == original.model }
      add(
        "model = \(isKnown ? original.model : original.model.asPolicyText)",
        .model(original.model))
    }
    if original.stream { add("stream = true", .stream(true)) }
    if let tokens = original.maxTokens { add("max_tokens = \(tokens)", .maxTokens(tokens)) }
    if let millionths = original.temperature {
      add("temperature = \(Self.decimal(millionths, places: 6))", .temperature(millionths))
    }
    if original.format != .text {
      add("format = \(original.format.rawValue)", .format(original.format))
    }
    let tools = Int64(original.toolNames.count)
    if tools > 0 { add("tools = \(tools)", .tools(tools)) }
    let images = Int64(original.imageCount)
    if images > 0 { add("images = \(images)", .images(images)) }
    for identity in [Identity.tenant, .user, .key, .conversation] {
      guard let name = original.identity(identity) else { continue }
      add("\(identity.rawValue) = \(name.asPolicyText)", .identity(identity, name))
    }
  }

  private mutating func addFacts(_ original: RequestInput, _ graph: DecisionGraph) {
    guard let facts = try? graph.facts(of: original) else { return }
    for (index, fact) in policy.facts.enumerated() {
      let value = facts.value(of: FactID(index), in: graph)
      guard value != fact.byDefault else { continue }
      add("\(fact.name) = \(Self.text(value, of: fact))", .fact(FactID(index), value))
    }
  }

  private mutating func addMoment(_ original: RequestInput) {
    let plain = PolicyTestRunner.moment
    guard policy.zone != nil, original.moment != plain else { return }
    let date = original.moment.date
    if date != plain.date {
      add("date = \(Self.text(date))", .date(date))
    }
    if original.moment.hour != plain.hour {
      add("hour = \(original.moment.hour)", .hour(Int64(original.moment.hour)))
    }
  }

  private mutating func addState(_ original: RequestInput, _ classifiers: Set<ClassifierID>) {
    for (index, budget) in policy.budgets.enumerated() {
      guard let used = original.state.budgetUse[BudgetID(index)], used > 0 else { continue }
      given.append("\(budget.name).used = \(Self.amount(used, of: budget, policy))")
    }
    for (index, model) in policy.vocabulary.models.enumerated()
    where original.state.unhealthy.contains(ModelID(index)) {
      given.append("\(model.name) = unhealthy")
    }
    for (index, classifier) in policy.classifiers.enumerated()
    where classifiers.contains(ClassifierID(index)) {
      guard let label = original.state.classifiers[ClassifierID(index)] else { continue }
      let hasFailed = original.state.failedClassifiers.contains(ClassifierID(index))
      given.append(
        hasFailed
          ? "\(classifier.name) fails \(CallFailure.unavailable.rawValue)"
          : "\(classifier.name) = \(classifier.labels[label])")
    }
  }

  private mutating func noteMissing(_ original: RequestInput) {
    if original.toolNames != input.toolNames { inFile.append("the names of its tools") }
    if original.choices != input.choices { inFile.append("\(original.choices) answers asked for") }
    if original.messages.map(\.role) != input.messages.map(\.role) {
      let count = original.messages.count
      inFile.append(count == 0 ? "no message" : "the roles of its messages (\(count))")
    }
    if original.state.lastModel != nil { missing.append("the model that answered last") }
  }

  // MARK: Values as a policy writes them

  static func text(_ value: FactValue, of fact: CheckedFact) -> String {
    switch (value, fact.type) {
    case (.bool(let flag), _): return flag ? "true" : "false"
    case (.count(let count), _): return "\(count)"
    case (.text(let text), _): return text.asPolicyText
    case (.label(let index), .labels(let labels)):
      return labels.indices.contains(index) ? labels[index] : ""
    case (.label(let index), _): return "\(index)"
    }
  }

  private static func text(_ date: CalendarDate) -> String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
  }

  static func day(_ number: Int64) -> String {
    CalendarDate(daysSince1970: number).map(text) ?? "\(number)"
  }

  static func amount(_ used: Int64, of budget: CheckedBudget, _ policy: CheckedPolicy) -> String {
    switch budget.cap {
    case .money:
      let number = decimal(used, places: 9)
      let currency = policy.vocabulary.currency
      return currency == "USD" ? "$" + number : "\(currency) \(number)"
    case .requests, .tokens, .atOnce: return "\(used)"
    }
  }

  /// A number of so many places as a policy writes it, without trailing zeros.
  package static func decimal(_ scaled: Int64, places: Int) -> String {
    var digits = String(max(0, scaled))
    if digits.count <= places {
      digits = String(repeating: "0", count: places + 1 - digits.count) + digits
    }
    let whole = digits.dropLast(places)
    var fraction = digits.suffix(places)
    while fraction.last == "0" { fraction.removeLast() }
    return fraction.isEmpty ? String(whole) : "\(whole).\(fraction)"
  }
}

extension CheckedPolicy {
  /// A place for what nobody wrote.
  fileprivate var nowhere: Span {
    routes.last?.conditionSpan ?? Span(file: SourceID(0), start: 0, end: 0)
  }
}

extension RequestInput {
  func identity(_ identity: Identity) -> String? {
    switch identity {
    case .tenant: tenant
    case .user: user
    case .key: key
    case .conversation: conversation
    }
  }
}
