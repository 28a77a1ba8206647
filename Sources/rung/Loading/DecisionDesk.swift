import OpenAIWire
import PolicyDiagnostics
import PolicyExplain
import PolicyGraph
import PolicySemantics
import RoutingRequests
import RoutingRuntime

/// Decides and explains requests under one policy with one set of arguments.
struct DecisionDesk {
  let compiled: CompiledPolicy
  let decider: Decider
  private let arguments: RequestArguments
  private let moment: LocalMoment
  private let expectations: Expectations

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

  /// What no figure here would cover is refused by name: a bound must not be half a bound.
  private static func checkBounds(of file: RequestFile) throws(CommandFailure) {
    let request = file.request
    if request.choices > 1 {
      throw CommandFailure(
        "\(file.name): `n` asks for \(request.choices) answers; this version bounds the cost of one"
      )
    }
    for message in request.messages {
      for part in message.media where part.kind != .image {
        throw CommandFailure(
          "\(file.name): `\(part.kind.rawValue)` parts have no tariff; this version bounds texts and "
            + "refuses the rest")
      }
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
