import PolicyDiagnostics
import PolicySemantics
import PolicyUnits
import RoutingEvaluation

extension EvalRun {
  /// What one gate of the only policy is worth, by the answers that come to it.
  func calibration(
    by matrix: OutcomeMatrix, _ wanted: CalibrationArguments
  ) throws(CommandFailure) -> CalibrationResult {
    try MatrixFile.check(matrix, policies)
    let policy = policies[0]
    let gate = try Self.gate(wanted.gate ?? "", policy)
    let trial = policy.trial(matrix, grading)
    var samples: [GateSample] = []
    var (ungraded, undecided) = (0, 0)
    for (item, input) in zip(gold.items, try policy.inputs(gold)) {
      guard case .success(let prepared) = trial.prepare(item, input) else {
        undecided += trial.outcome(of: item, input).undecided == nil ? 0 : 1
        continue
      }
      let outcome = trial.outcome(of: prepared)
      if outcome.undecided != nil { undecided += 1 }
      let found = trial.samples(of: gate, prepared, outcome)
      samples += found.samples
      ungraded += found.ungraded
    }
    return CalibrationResult(
      calibration: GateCalibration(gate, of: policy.policy, samples), policy: policy.policy,
      path: policy.path,
      source: "\(matrix.path), graded by \(gold.path): "
        + "\(Amounts.count(gold.items.count, "question"))",
      ungraded: ungraded, undecided: undecided, onlyAccepted: false)
  }

  static func gate(_ name: String, _ policy: EvalPolicy) throws(CommandFailure) -> GateID {
    let names = policy.policy.gates.map(\.name)
    guard let index = names.firstIndex(of: name) else {
      let near = NearName.of(name, among: names).map { "; did you mean `\($0)`?" }
      throw CommandFailure(
        "`\(policy.path)` has no gate `\(Terminal.harmless(name))`"
          + (near
            ?? (names.isEmpty ? "; it has none" : "; it has \(names.joined(separator: ", "))")))
    }
    let id = GateID(index)
    guard
      policy.policy.ladders.contains(where: { ladder in
        ladder.tiers.contains { $0.accepts.contains { $0.gate == id } }
      })
    else {
      throw CommandFailure(
        "no tier of `\(policy.path)` accepts by `\(name)` itself: calibrate the gate that reads it")
    }
    return id
  }
}
