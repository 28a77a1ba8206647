import PolicySemantics
import PolicyUnits
import RoutingEvaluation
import RoutingRuntime

/// Takes a gold set through policies by a recorded matrix.
struct EvalRun {
  let gold: GoldSet
  let policies: [EvalPolicy]
  let seed: UInt64
  let grading: Grading

  /// Nothing is called.
  func result(by matrix: OutcomeMatrix) throws(CommandFailure) -> EvalResult {
    try MatrixFile.check(matrix, policies)
    var trials: [EvaluationEntry] = []
    for policy in policies {
      let trial = policy.trial(matrix, grading)
      let inputs = try policy.inputs(gold)
      trials.append(
        EvaluationEntry(
          name(of: policy), .policy,
          zip(gold.items, inputs).map { trial.outcome(of: $0, $1) }))
    }
    let report = EvaluationReport(
      gold, policies: trials, models: singles(matrix), seed: seed)
    return EvalResult(
      report: report, policies: policies.map(\.path), currency: currency, matrix: matrix,
      assumptions: assumptions(matrix), notes: notes(matrix))
  }

  /// Every model by itself, at the prices of the first catalog that has it.
  private func singles(_ matrix: OutcomeMatrix) -> [EvaluationEntry] {
    matrix.models.compactMap { model -> EvaluationEntry? in
      let owner = policies.first { policy in
        policy.policy.vocabulary.models.contains { $0.name == model }
      }
      guard let trial = owner?.trial(matrix, grading) else { return nil }
      return EvaluationEntry(model, .model, gold.items.map { trial.single(model, $0) })
    }
  }

  /// The name of its file, where no other policy has it.
  func name(of policy: EvalPolicy) -> String {
    func last(_ path: String) -> Substring { path.split(separator: "/").last ?? "" }
    let own = last(policy.path)
    let isOnly = policies.count { last($0.path) == own } == 1
    return isOnly ? String(own) : policy.path
  }

  var currency: String { policies.first?.policy.vocabulary.currency ?? "USD" }

  /// Costs in two currencies cannot stand in one table.
  func checkCurrencies() throws(CommandFailure) {
    guard let other = policies.first(where: { $0.policy.vocabulary.currency != currency }) else {
      return
    }
    throw CommandFailure(
      "`\(other.path)` counts in \(other.policy.vocabulary.currency) and `\(policies[0].path)` in "
        + "\(currency): evaluate them apart")
  }

  /// What of a matrix is passed over.
  func notes(_ matrix: OutcomeMatrix) -> [String] {
    MatrixFile.notes(matrix, policies) + strangers(matrix)
  }

  private func strangers(_ matrix: OutcomeMatrix) -> [String] {
    let strangers = matrix.ids(outside: Set(gold.items.map(\.id)))
    guard let first = strangers.first else { return [] }
    let line = matrix.line(of: first).map { ", line \($0)" } ?? ""
    return [
      "\(Amounts.count(strangers.count, "id")) of \(matrix.path) "
        + "\(Amounts.form(strangers.count, "is", "are")) not in \(gold.path), "
        + "`\(Terminal.harmless(first))` first\(line)"
    ]
  }

  /// Only those that bear on these policies.
  private func assumptions(_ matrix: OutcomeMatrix) -> [String] {
    var lines = [
      "an answer is what the matrix has of its model, whatever route and ladder asked for it",
      "cost is recorded tokens at the catalog's prices; a gate's asking too",
    ]
    let effects = policies.flatMap { policy in policy.policy.routes.flatMap(\.effects) }
    let has = { (test: (CheckedRoute.Effect) -> Bool) in effects.contains(where: test) }
    if has({ if case .shape = $0 { true } else { false } }) {
      lines.append("what routes set or say in a system text was so when the matrix was recorded")
    }
    if has({ if case .compress = $0 { true } else { false } }) {
      lines.append("nothing is compressed")
    }
    if has({ if case .cache = $0 { true } else { false } }) { lines.append("caches are empty") }
    if has({ if case .batch = $0 { true } else { false } }) { lines.append("each is asked alone") }
    if has({ if case .stop = $0 { true } else { false } }) {
      lines.append("no answer is stopped before its end")
    }
    if has({ if case .shadow = $0 { true } else { false } }) {
      lines.append("shadows are neither asked nor paid for")
    }
    if policies.contains(where: { !$0.policy.budgets.isEmpty }) {
      lines.append("no budget has been used before")
    }
    if !matrix.gates.isEmpty { lines.append("asking a gate takes no time") }
    if gold.items.contains(where: { $0.check == nil }) {
      lines.append(
        "without `expect`, a recorded score of \(Amounts.text(grading.rightFrom)) or more is right")
    }
    return lines
  }
}
