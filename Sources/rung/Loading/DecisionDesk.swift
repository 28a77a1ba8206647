import OpenAIWire
import PolicyDiagnostics
import PolicyExplain
import PolicyGraph
import PolicySemantics
import RoutingRequests
import RoutingRuntime
import RoutingService

/// Decides and explains requests under one policy with one set of arguments.
struct DecisionDesk {
  let compiled: CompiledPolicy
  let decider: Decider
  private let arguments: RequestArguments
  private let moment: LocalMoment
  let expectations: Expectations

  init(_ compiled: CompiledPolicy, _ arguments: RequestArguments) throws(CommandFailure) {
    self.compiled = compiled
    self.arguments = arguments
    decider = Decider(compiled.graph)
    moment = try arguments.moment(for: compiled.policy)
    expectations = try arguments.expectations(for: compiled.policy)
  }

  /// The request with what the arguments add; a fact the policy does not declare is an error here.
  func input(for file: RequestFile) throws(CommandFailure) -> RequestInput {
    try Self.checkBounds(of: file)
    var input = RequestInput(file.request, moment: moment)
    try arguments.complete(&input, for: compiled.policy)
    if let unknown = compiled.graph.undeclaredFacts(of: input).first {
      let names = compiled.policy.facts.map(\.name)
      let near = NearName.of(unknown, among: names).map { "; did you mean `\($0)`?" } ?? ""
      throw CommandFailure("\(file.name): the policy declares no fact `\(unknown)`\(near)")
    }
    return input
  }

  /// What no figure here would cover is refused by name.
  private static func checkBounds(of file: RequestFile) throws(CommandFailure) {
    guard let problem = RequestProblem.unbounded(file.request) else { return }
    throw CommandFailure("\(file.name): \(problem)")
  }

  /// The time of this moment, unless the arguments name another.
  func now() throws(CommandFailure) -> LocalMoment { try arguments.moment(for: compiled.policy) }

  /// Throws if the request does not fit the policy's facts.
  func checkFacts(of input: RequestInput, named name: String) throws(CommandFailure) {
    do {
      _ = try compiled.graph.facts(of: input)
    } catch {
      throw CommandFailure("\(name): \(error)")
    }
  }

  func decide(_ input: RequestInput, named name: String) throws(CommandFailure) -> Decision {
    do {
      return try decider.decide(input, expecting: expectations)
    } catch {
      throw CommandFailure("\(name): \(error)")
    }
  }

  /// With every outcome of a classifier side by side, each explained as if it had been answered.
  func explain(
    _ input: RequestInput, named name: String
  ) throws(CommandFailure) -> Explanation {
    try explain(decide(input, named: name), of: input, named: name)
  }

  /// The same for a decision that has been made of this input.
  func explain(
    _ decision: Decision, of input: RequestInput, named name: String
  ) throws(CommandFailure) -> Explanation {
    var branches: [Explanation.Branch] = []
    if case .needs(let id) = decision.outcome {
      let classifier = compiled.policy[id]
      for (index, label) in classifier.labels.enumerated() {
        var answered = input
        answered.state.classifiers[id] = index
        branches.append(
          Explanation.Branch(
            label: label, isFailureValue: index == classifier.onFailure,
            explanation: try explain(answered, named: name)))
      }
    }
    do {
      var facts = try compiled.graph.facts(of: input)
      return Explainer(graph: compiled.graph, policyPath: compiled.path)
        .explain(
          decision, facts: &facts, requestName: name, expecting: expectations,
          branches: branches)
    } catch {
      throw CommandFailure("\(name): \(error)")
    }
  }
}
