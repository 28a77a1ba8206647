import PolicyCompiler
import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingEvaluation
import RoutingRuntime

/// One policy of an evaluation, with the questions as it sees them.
struct EvalPolicy {
  let path: String
  let compilation: PolicyCompilation
  let compiled: CompiledPolicy
  let desk: DecisionDesk

  var policy: CheckedPolicy { compiled.policy }

  init(_ argument: String, _ arguments: RequestArguments) throws(CommandFailure) {
    try self.init(try PolicyCompilation(argument), arguments)
  }

  init(_ compilation: PolicyCompilation, _ arguments: RequestArguments) throws(CommandFailure) {
    self.compilation = compilation
    compiled = try compilation.sound()
    path = compiled.path
    desk = try DecisionDesk(compiled, arguments)
  }

  /// Every question as a request, in the order of the set; a fact the policy does not declare is an
  /// error here.
  func inputs(_ gold: GoldSet) throws(CommandFailure) -> [RequestInput] {
    for item in gold.items {
      for name in item.classifiers.keys.sorted()
      where !policy.classifiers.contains(where: { $0.name == name }) {
        throw CommandFailure("\(item.name): `\(path)` has no classifier `\(name)`")
      }
    }
    return try gold.items.map { item throws(CommandFailure) in
      try desk.input(for: RequestFile(item))
    }
  }

  func trial(_ matrix: OutcomeMatrix, _ grading: Grading) -> MatrixTrial {
    MatrixTrial(desk.decider, compiled.gates, matrix, grading)
  }
}

/// A matrix named on the command line.
enum MatrixFile {
  static func read(_ path: String) throws(CommandFailure) -> OutcomeMatrix {
    let file = LineFile(path, "matrix", readBy: "rung eval POLICY --gold FILE --matrix -")
    let bytes = try file.bytes()
    do throws(EvaluationProblem) {
      return try OutcomeMatrix(bytes, path: path)
    } catch {
      throw CommandFailure(error.description)
    }
  }

  private static func near(_ name: String, _ names: [String]) -> String {
    NearName.of(name, among: names).map { " (did you mean `\($0)`?)" } ?? ""
  }

  /// Verdicts of gates that no policy has: nobody asks for them.
  static func notes(_ matrix: OutcomeMatrix, _ policies: [EvalPolicy]) -> [String] {
    let gates = policies.flatMap { $0.policy.gates.map(\.name) }
    return matrix.gates.filter { !gates.contains($0) }.map { gate in
      let count = matrix.verdicts[gate] ?? 0
      return
        "\(Amounts.count(count, "verdict")) of "
        + "`\(Terminal.harmless(gate))` in \(matrix.path) \(Amounts.form(count, "is", "are")) of no gate of "
        + (policies.count == 1 ? policies[0].path : "these policies")
    }
  }

  /// A name that is none, and near one that has no verdict, is a slip.
  private static func checkGates(
    _ matrix: OutcomeMatrix, _ policies: [EvalPolicy]
  ) throws(CommandFailure) {
    let gates = policies.flatMap { $0.policy.gates.map(\.name) }
    for gate in matrix.gates where !gates.contains(gate) {
      guard let meant = NearName.of(gate, among: gates), !matrix.gates.contains(meant) else {
        continue
      }
      throw CommandFailure(
        "\(matrix.path): no policy has the gate `\(Terminal.harmless(gate))`" + near(gate, gates))
    }
  }

  /// A model a matrix names has to be somewhere: a misspelt one would be a missing cell.
  static func check(_ matrix: OutcomeMatrix, _ policies: [EvalPolicy]) throws(CommandFailure) {
    let models = policies.flatMap { $0.policy.vocabulary.models.map(\.name) }
    for model in matrix.models where !models.contains(model) {
      throw CommandFailure(
        "\(matrix.path): no catalog has the model `\(Terminal.harmless(model))`"
          + near(model, models) + ": rename it in the matrix, or add it to the catalog")
    }
    try checkGates(matrix, policies)
    for policy in policies {
      for gate in policy.policy.gates {
        switch gate.body {
        case .scores:
          guard let line = matrix.decidedAt[gate.name] else { continue }
          throw CommandFailure(
            "\(matrix.path):\(line): `\(gate.name)` gives a score in \(policy.path), not a yes or no"
          )
        case .decides:
          guard let line = matrix.scoredAt[gate.name] else { continue }
          throw CommandFailure(
            "\(matrix.path):\(line): `\(gate.name)` says yes or no in \(policy.path): write true or "
              + "false")
        }
      }
    }
  }
}
