package import PolicyGraph
package import PolicySemantics
import PolicyUnits

extension RequestSituation {
  /// Adds what is said here to a request read from the wire.
  package func complete(
    _ input: inout RequestInput, for policy: CheckedPolicy
  ) throws(SituationProblem) {
    if let tenant { input.tenant = tenant }
    if let user { input.user = user }
    if let key { input.key = key }
    if let conversation { input.conversation = conversation }
    for header in headers { input.headers[header.name.lowercased()] = header.value }
    for (name, value) in facts { try set(name, value, in: &input, policy) }
    for (name, used) in budgets {
      let id = BudgetID(
        try Self.index(of: name, in: policy.budgets.map(\.name), kind: "budget or limit"))
      input.state.budgetUse[id] = try Self.units(used, of: policy[id])
    }
    for (name, label) in classifiers {
      let names = policy.classifiers.map(\.name)
      let id = ClassifierID(try Self.index(of: name, in: names, kind: "classifier"))
      input.state.classifiers[id] = try Self.index(
        of: label, in: policy[id].labels, kind: "label of `\(name)`")
    }
    for name in unhealthy {
      input.state.unhealthy.insert(try Self.model(name, in: policy))
    }
  }

  private func set(
    _ name: String, _ value: SituationFact, in input: inout RequestInput, _ policy: CheckedPolicy
  ) throws(SituationProblem) {
    let names = policy.facts.map(\.name)
    let fact = policy.facts[try Self.index(of: name, in: names, kind: "fact")]
    switch fact.origin {
    case .metadata: input.metadata[name] = value.given(for: fact.type)
    case .key: input.keyFacts[name] = value.given(for: fact.type)
    case .header(let header): input.headers[header.lowercased()] = value.text
    }
  }
}

// MARK: Names and amounts

extension RequestSituation {
  /// A model of the policy's catalog.
  package static func model(
    _ name: String, in policy: CheckedPolicy
  ) throws(SituationProblem) -> ModelID {
    ModelID(try index(of: name, in: policy.vocabulary.models.map(\.name), kind: "model"))
  }

  /// The share of a model's answers its gates accept, such as `80%`.
  ///
  /// `source` is who said so, as explanations name it.
  package static func acceptance(
    _ text: String, of name: String, source: String, in policy: CheckedPolicy
  ) throws(SituationProblem) -> (ModelID, Acceptance) {
    guard text.hasSuffix("%"), let share = Decimal(text.dropLast()),
      let millionths = share.scaled(by: 4), (0...1_000_000).contains(millionths)
    else { throw .badShare(text, model: name) }
    let acceptance = Acceptance(share: Share(millionths: millionths), source: source)
    return (try model(name, in: policy), acceptance)
  }

  private static func index(
    of name: String, in names: [String], kind: String
  ) throws(SituationProblem) -> Int {
    guard let index = names.firstIndex(of: name) else {
      throw .unknownName(name, kind: kind, known: names)
    }
    return index
  }

  /// In the budget's own unit; a share is of its cap.
  private static func units(
    _ use: BudgetUse, of budget: CheckedBudget
  ) throws(SituationProblem) -> Int64 {
    let (cap, places): (Int64, Int) =
      switch budget.cap {
      case .money(let money): (money.nanos, 9)
      case .requests(let count), .tokens(let count), .atOnce(let count): (count, 0)
      }
    let example = places == 9 ? "$1.50" : "40"
    switch use {
    case .units(let units):
      guard units >= 0 else {
        throw .badUse("\(units)", budget: budget.name, example: example)
      }
      return units
    case .text(let text):
      if text.hasSuffix("%"), let share = Decimal(text.dropLast())?.scaled(by: 4) {
        return Int64(clamping: Int128(cap) * Int128(share) / 1_000_000)
      }
      let amount = text.hasPrefix("$") && places == 9 ? String(text.dropFirst()) : text
      guard let value = Decimal(amount)?.scaled(by: places) else {
        throw .badUse(text, budget: budget.name, example: example)
      }
      return value
    }
  }
}

extension SituationFact {
  fileprivate func given(for type: CheckedFact.FactType) -> GivenFact {
    switch self {
    case .bool(let value): return .bool(value)
    case .integer(let value): return .integer(value)
    case .text(let text):
      switch type {
      case .bool: return text == "true" ? .bool(true) : text == "false" ? .bool(false) : .text(text)
      case .count: return Int64(text).map(GivenFact.integer) ?? .text(text)
      case .text, .labels: return .text(text)
      }
    }
  }

  /// As a header would bring it.
  fileprivate var text: String {
    switch self {
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .text(let text): text
    }
  }
}
