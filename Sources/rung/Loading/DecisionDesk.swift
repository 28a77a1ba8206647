import PolicyCompiler
import PolicyExplain
import PolicyGraph
import PolicySemantics
import RoutingDryRuns
import RoutingRuntime

/// Decides and explains requests under one policy with one set of arguments.
struct DecisionDesk {
  let compiled: CompiledPolicy
  private let dryRun: DryRun
  private let arguments: RequestArguments
  private let situation: RequestSituation
  private let moment: LocalMoment

  var explainer: RequestExplainer { dryRun.explainer }
  var decider: Decider { explainer.decider }
  var expectations: Expectations { explainer.expectations }

  init(_ compiled: CompiledPolicy, _ arguments: RequestArguments) throws(CommandFailure) {
    self.compiled = compiled
    self.arguments = arguments
    moment = try arguments.moment(for: compiled.policy)
    situation = try arguments.situation()
    dryRun = DryRun(
      RequestExplainer(
        Decider(compiled.graph), path: compiled.path,
        expectations: try arguments.expectations(for: compiled.policy)))
  }

  /// The request with what the arguments add; a fact the policy does not declare is an error here.
  ///
  /// In a log it is passed over, as a gateway does.
  func input(for file: RequestFile, isLogged: Bool = false) throws(CommandFailure) -> RequestInput {
    do throws(DryRunProblem) {
      return try dryRun.input(for: file.request, at: moment, in: situation, isLogged: isLogged)
    } catch {
      switch error {
      case .situation(.undeclaredFact), .wire, .content, .fact, .time:
        throw CommandFailure("\(file.name): \(error)")
      case .situation(let problem): throw CommandFailure(problem)
      }
    }
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

  /// Explains a request with what would be done to it beside the lines that do it.
  func explain(_ input: RequestInput, of file: RequestFile) throws(CommandFailure) -> Explanation {
    do throws(DryRunProblem) {
      return try dryRun.explanation(of: input, file.request, named: file.name)
    } catch {
      throw CommandFailure("\(file.name): \(error)")
    }
  }

  /// Explains a decision that has been made of this input.
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
