import PolicySemantics
import RoutingDryRuns
import RoutingRuntime

extension Request {
  /// In the order of their names, so that of two problems the same one is always told.
  var situation: RequestSituation {
    var situation = RequestSituation()
    situation.tenant = tenant
    situation.user = user
    situation.key = key
    situation.conversation = conversation
    for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
      situation.headers.append((name, value))
    }
    for (name, fact) in facts.sorted(by: { $0.key < $1.key }) {
      situation.facts.append((name, SituationFact(fact)))
    }
    for (name, used) in state.budgets.sorted(by: { $0.key < $1.key }) {
      situation.budgets.append((name, BudgetUse(used)))
    }
    for (name, label) in state.classifiers.sorted(by: { $0.key < $1.key }) {
      situation.classifiers.append((name, label))
    }
    situation.unhealthy = state.unhealthy
    return situation
  }

  func expectations(for policy: CheckedPolicy) throws(SituationProblem) -> Expectations {
    var acceptance: [ModelID: Acceptance] = [:]
    for (name, text) in state.acceptance.sorted(by: { $0.key < $1.key }) {
      let (id, share) = try RequestSituation.acceptance(
        text, of: name, source: "the caller", in: policy)
      acceptance[id] = share
    }
    return Expectations(acceptance: acceptance)
  }
}

extension SituationFact {
  fileprivate init(_ fact: Request.Fact) {
    switch fact {
    case .bool(let value): self = .bool(value)
    case .integer(let value): self = .integer(value)
    case .text(let text): self = .text(text)
    }
  }
}

extension BudgetUse {
  fileprivate init(_ use: RecordedState.BudgetUse) {
    switch use {
    case .text(let text): self = .text(text)
    case .units(let units): self = .units(units)
    }
  }
}
