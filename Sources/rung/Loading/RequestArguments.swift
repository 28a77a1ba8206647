import ArgumentParser
import Foundation
import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// The options that say what the wire cannot: who asks, when, and what has been recorded.
struct RequestArguments: ParsableArguments {
  @Option(name: .customLong("fact"), help: "A declared fact, as name=value. Repeatable.")
  var facts: [String] = []

  @Option(help: "The caller's tenant.")
  var tenant: String?

  @Option(help: "The caller's user.")
  var user: String?

  @Option(help: "The name of the caller's key.")
  var key: String?

  @Option(help: "The conversation the request belongs to.")
  var conversation: String?

  @Option(
    name: .customLong("at"),
    help:
      "When it is asked: 2026-03-01T09:30:00Z, or without the Z in the policy's zone. Default: now."
  )
  var time: String?

  @Option(
    name: .customLong("budget"),
    help: "What a budget or limit has used: name=80%, name=$1.50 or name=40. Repeatable.")
  var budgets: [String] = []

  @Option(
    name: .customLong("classifier"),
    help: "A classifier's answer, as name=label. Repeatable.")
  var classifiers: [String] = []

  @Option(
    name: .customLong("unhealthy"), help: "A model whose circuit is open. Repeatable.")
  var unhealthy: [String] = []

  @Option(
    name: .customLong("accept"),
    help: "The share of a model's answers its gates accept, as model=80%. Repeatable.")
  var acceptances: [String] = []

  /// Adds what the arguments say to a request read from the wire.
  func complete(
    _ input: inout RequestInput, for policy: CheckedPolicy
  ) throws(CommandFailure) {
    if let tenant { input.tenant = tenant }
    if let user { input.user = user }
    if let key { input.key = key }
    if let conversation { input.conversation = conversation }
    for text in facts { try setFact(text, in: &input, policy) }
    for text in budgets {
      let (name, value) = try Self.pair(text, option: "--budget")
      let names = policy.budgets.map(\.name)
      let id = BudgetID(try Self.index(of: name, in: names, what: "budget or limit"))
      input.state.budgetUse[id] = try Self.use(value, of: policy[id], currency: policy.vocabulary)
    }
    for text in classifiers {
      let (name, value) = try Self.pair(text, option: "--classifier")
      let names = policy.classifiers.map(\.name)
      let id = ClassifierID(try Self.index(of: name, in: names, what: "classifier"))
      input.state.classifiers[id] = try Self.index(
        of: value, in: policy[id].labels, what: "label of `\(name)`")
    }
    for name in unhealthy {
      input.state.unhealthy.insert(try Self.model(name, in: policy))
    }
  }

  /// The wall clock in the policy's zone.
  func moment(for policy: CheckedPolicy) throws(CommandFailure) -> LocalMoment {
    if let time, let moment = Moment.wallClock(time) { return moment }
    let date: Date
    if let time { date = try Moment.parse(time) } else { date = Date() }
    return try Moment.local(date, zone: policy.zone)
  }

  func expectations(for policy: CheckedPolicy) throws(CommandFailure) -> Expectations {
    Expectations(acceptance: try Self.acceptance(acceptances, for: policy))
  }

  /// Reads `--accept model=80%`.
  static func acceptance(
    _ texts: [String], for policy: CheckedPolicy
  ) throws(CommandFailure) -> [ModelID: Acceptance] {
    var acceptance: [ModelID: Acceptance] = [:]
    for text in texts {
      let (name, value) = try Self.pair(text, option: "--accept")
      guard value.hasSuffix("%"), let share = Decimal(value.dropLast()),
        let millionths = share.scaled(by: 4), millionths <= 1_000_000
      else { throw CommandFailure("`--accept \(text)`: write a share such as \(name)=80%") }
      acceptance[try Self.model(name, in: policy)] = Acceptance(
        share: Share(millionths: millionths), source: "--accept")
    }
    return acceptance
  }

  private func setFact(
    _ text: String, in input: inout RequestInput, _ policy: CheckedPolicy
  ) throws(CommandFailure) {
    let (name, value) = try Self.pair(text, option: "--fact")
    let fact = policy.facts[try Self.index(of: name, in: policy.facts.map(\.name), what: "fact")]
    let given: GivenFact =
      switch fact.type {
      case .bool: value == "true" ? .bool(true) : value == "false" ? .bool(false) : .text(value)
      case .count: Int64(value).map(GivenFact.integer) ?? .text(value)
      case .text, .labels: .text(value)
      }
    switch fact.origin {
    case .metadata: input.metadata[name] = given
    case .key: input.keyFacts[name] = given
    case .header(let header): input.headers[header.lowercased()] = value
    }
  }
}

// MARK: Reading names and amounts

extension RequestArguments {
  static func model(_ name: String, in policy: CheckedPolicy) throws(CommandFailure) -> ModelID {
    let names = policy.vocabulary.models.map(\.name)
    return ModelID(try index(of: name, in: names, what: "model"))
  }

  private static func pair(
    _ text: String, option: String
  ) throws(CommandFailure) -> (name: String, value: String) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      throw CommandFailure("`\(option) \(text)`: write it as name=value")
    }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }

  private static func index(
    of name: String, in names: [String], what: String
  ) throws(CommandFailure) -> Int {
    if let index = names.firstIndex(of: name) { return index }
    let near = NearName.of(name, among: names).map { "; did you mean `\($0)`?" }
    let list = names.joined(separator: ", ")
    let all = names.isEmpty ? "; the policy has none" : "; there are \(list)"
    throw CommandFailure("no \(what) is called `\(name)`\(near ?? all)")
  }

  /// In the budget's own unit; a share is of its cap.
  private static func use(
    _ text: String, of budget: CheckedBudget, currency: Vocabulary
  ) throws(CommandFailure) -> Int64 {
    let (cap, places): (Int64, Int) =
      switch budget.cap {
      case .money(let money): (money.nanos, 9)
      case .requests(let count), .tokens(let count), .atOnce(let count): (count, 0)
      }
    if text.hasSuffix("%"), let share = Decimal(text.dropLast())?.scaled(by: 4) {
      return Int64(clamping: Int128(cap) * Int128(share) / 1_000_000)
    }
    let amount = text.hasPrefix("$") && places == 9 ? String(text.dropFirst()) : text
    guard let value = Decimal(amount)?.scaled(by: places) else {
      let example = places == 9 ? "$1.50" : "40"
      throw CommandFailure(
        "`--budget \(budget.name)=\(text)`: write what is used as 80% or \(example)")
    }
    return value
  }
}
