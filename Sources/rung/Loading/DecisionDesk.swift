import OpenAIWire
import PolicyCompiler
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
  let explainer: RequestExplainer
  private let arguments: RequestArguments
  private let moment: LocalMoment

  var decider: Decider { explainer.decider }
  var expectations: Expectations { explainer.expectations }

  init(_ compiled: CompiledPolicy, _ arguments: RequestArguments) throws(CommandFailure) {
    self.compiled = compiled
    self.arguments = arguments
    moment = try arguments.moment(for: compiled.policy)
    explainer = RequestExplainer(
      Decider(compiled.graph), path: compiled.path,
      expectations: try arguments.expectations(for: compiled.policy))
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

  /// With every outcome of a classifier side by side, each explained as if it had been answered.
  func explain(
    _ input: RequestInput, named name: String
  ) throws(CommandFailure) -> Explanation {
    do throws(FactProblem) {
      return try explainer.explain(input, named: name)
    } catch {
      throw CommandFailure("\(name): \(error)")
    }
  }

  /// The same for a decision that has been made of this input.
  func explain(
    _ decision: Decision, of input: RequestInput, named name: String
  ) throws(CommandFailure) -> Explanation {
    do throws(FactProblem) {
      return try explainer.explain(decision, of: input, named: name)
    } catch {
      throw CommandFailure("\(name): \(error)")
    }
  }
}
