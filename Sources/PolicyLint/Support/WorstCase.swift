import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingRuntime

/// The worst case of a made-up request, as the one decider finds it.
struct WorstCase {
  let route: RouteID
  let money: Money

  /// Nil where the request is refused, or where nothing bounds what it may cost.
  ///
  /// Classifiers are taken to fail, and of a split the dearest arm.
  init?(of input: RequestInput, _ subject: LintSubject) {
    guard let decision = Self.decision(of: input, subject),
      case .route(let route) = decision.outcome
    else { return nil }
    self.route = route
    let skeleton = subject.decider.frozen.routes[route.index]
    guard skeleton.split != nil else {
      guard let money = decision.cost.atMost.money else { return nil }
      self.money = money
      return
    }
    var dearest = Money.zero
    for arm in skeleton.arms {
      var bound = arm.bounds.first.flatMap { $0 }
      for standing in decision.budgets {
        guard case .money = subject.policy[standing.budget].cap else { continue }
        let left = Money(nanos: standing.left)
        if bound.map({ left < $0.amount }) ?? true { bound = .budget(standing.budget, left: left) }
      }
      let (_, cost) = subject.decider.frozen.rehearse(arm, input, bound: bound)
      guard let money = cost.atMost.money else { return nil }
      dearest = max(dearest, money)
    }
    money = dearest
  }

  private static func decision(of input: RequestInput, _ subject: LintSubject) -> Decision? {
    var input = input
    for _ in 0...subject.policy.classifiers.count {
      guard let decision = try? subject.decider.decide(input) else { return nil }
      guard case .needs(let id) = decision.outcome else { return decision }
      input.state.classifiers[id] = subject.policy[id].onFailure
    }
    return nil
  }
}

extension RequestInput {
  /// A short question with every fact at its default; a required fact is at the first of its values.
  static func silent(_ policy: CheckedPolicy) -> RequestInput {
    var input = RequestInput.plain("hello")
    for fact in policy.facts where fact.byDefault == nil {
      let first: FactValue =
        switch fact.type {
        case .bool: .bool(false)
        case .count: .count(0)
        case .text: .text("")
        case .labels: .label(0)
        }
      input.set(fact, to: first)
    }
    return input
  }

  /// Gives a fact from where the policy says it comes.
  mutating func set(_ fact: CheckedFact, to value: FactValue) {
    let given: GivenFact
    let text: String
    switch value {
    case .bool(let flag): (given, text) = (.bool(flag), flag ? "true" : "false")
    case .count(let count): (given, text) = (.integer(count), String(count))
    case .text(let words): (given, text) = (.text(words), words)
    case .label: (given, text) = (.text(fact.text(of: value)), fact.text(of: value))
    }
    switch fact.origin {
    case .metadata: metadata[fact.name] = given
    case .key: keyFacts[fact.name] = given
    case .header(let name): headers[name.lowercased()] = text
    }
  }
}

extension CheckedFact {
  /// A value as the policy writes it.
  func text(of value: FactValue) -> String {
    switch value {
    case .bool(let flag): return flag ? "true" : "false"
    case .count(let count): return String(count)
    case .text(let text): return text.asPolicyText
    case .label(let index):
      guard case .labels(let labels) = type, labels.indices.contains(index) else { return "" }
      return labels[index]
    }
  }

  /// Whether whoever sends a request chooses it.
  var isCallers: Bool {
    switch origin {
    case .metadata, .header: true
    case .key: false
    }
  }
}
