import ArgumentParser
import PolicySemantics
import PolicyUnits
import RoutingEvaluation
import RoutingLedger
import RoutingRuntime
import RoutingService

/// What an evaluation needs that asks providers.
struct CallingArguments: ParsableArguments {
  @OptionGroup var recording: LedgerArguments

  @Option(
    help: ArgumentHelp(
      "Without a matrix: what all calls may cost together, as 0.50.", valueName: "amount"),
    transform: BatchCommand.Amount.init(reading:))
  var maxCost: BatchCommand.Amount?

  @Option(help: "How many questions run at a time.")
  var atOnce = 8

  @Option(help: "Call every provider at this address, without its key.")
  var baseURL: String?

  mutating func validate() throws {
    guard (1...4096).contains(atOnce) else {
      throw ValidationError("--at-once takes a number from 1 to 4096")
    }
  }
}

extension EvalRun {
  /// Asks for every answer, one policy after the other, by the service that serves.
  func result(
    calling wanted: CallingArguments, _ arguments: RequestArguments
  ) async throws -> EvalResult {
    guard let most = wanted.maxCost else {
      throw CommandFailure(
        "without --matrix FILE every question is asked for: say what that may cost with --max-cost "
          + "AMOUNT")
    }
    let address = try wanted.baseURL.map(RunCommand.address)
    let requests = try gold.items.map { item throws(CommandFailure) in try RequestFile(item) }
    // Every input is made before the first call: one that cannot be must not cost the others.
    for policy in policies {
      for (input, item) in zip(try policy.inputs(gold), gold.items) {
        try policy.desk.checkFacts(of: input, named: item.name)
      }
      try arguments.checkTime(policy.compiled)
    }
    let running = GatheredRun(
      arguments: arguments, recording: wanted.recording, address: address,
      purse: BatchPurse(most.money, spent: .zero), atOnce: wanted.atOnce)
    var entries: [EvaluationEntry] = []
    for policy in policies {
      let rows = try await running.rows(
        requests, in: policy.compilation, saying: "asking \(gold.path) under \(policy.path)")
      for row in rows {
        guard case .failure(let failure) = row.result else { continue }
        throw CommandFailure(failure.description, exit: .couldNotRun)
      }
      if let stopped = rows.first(where: { !$0.couldRun }) {
        throw CommandFailure(
          "\(stopped.name): \(stopped.problem ?? "this policy cannot be run here")",
          exit: .couldNotRun)
      }
      entries.append(
        EvaluationEntry(
          name(of: policy), .policy, zip(gold.items, rows).map { outcome(of: $0, $1) }))
    }
    return EvalResult(
      report: EvaluationReport(gold, policies: entries, models: [], seed: seed),
      policies: policies.map(\.path), currency: currency, matrix: nil,
      assumptions: [
        "every question was asked once: another day's answers may differ",
        "cost is what the ledger's rows say, gates and other calls included",
      ], notes: [])
  }

  private func outcome(of item: GoldItem, _ row: RunRow) -> QuestionOutcome {
    guard let outcome = row.outcome else { return QuestionOutcome(.unanswered("not run")) }
    if outcome.entry.reason == "max_cost" { return QuestionOutcome(.undecided(.unpaid)) }
    let cost = CallCost(outcome.entry.cost)
    guard let text = row.answerText else {
      return QuestionOutcome(
        .unanswered(row.problem ?? "no answer"), cost: cost, latency: outcome.entry.elapsed)
    }
    guard let check = item.check else {
      return QuestionOutcome(.undecided(.noGrade(model: outcome.entry.modelServed ?? "")))
    }
    return QuestionOutcome(
      .answered(
        grading.grade(check, text), by: outcome.entry.modelServed ?? "",
        isAccepted: outcome.entry.status == .answered),
      cost: cost, latency: outcome.entry.elapsed)
  }
}
