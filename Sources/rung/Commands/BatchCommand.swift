import ArgumentParser
import Foundation
import PolicyCompiler
import PolicySemantics
import PolicySource
import PolicyUnits
import PolicyWorkspace
import RoutingBudgets
import RoutingGates
import RoutingLedger
import RoutingRuntime
import RoutingService

struct BatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Answer a file of requests: resumable, within a rate and a budget, paid for once.",
    discussion: """
      REQUESTS has one JSON object a line: a chat request, or a line of OpenAI's Batch input with \
      custom_id, method, url and body. Every line is read and checked before the first call. The \
      answers are lines of OpenAI's Batch output, in the order they come, with a member `rung` that \
      names row, route, model, cost and attempts.

      To resume, run the same command again: what is in the answers file is passed over, and what was \
      answered but not written yet is given again from the ledger without paying. A request that was \
      under way when a run was killed may have been billed: it is reported as lost, and asked again \
      with --retry-lost only. Requests without an answer are asked again with --retry-failed only.

      With --provider-batch the requests go to their providers' own Batch API (/v1/files and \
      /v1/batches), at the batch prices of the catalog, and the answers come within a day. What they \
      may cost is set aside before anything is sent; the same command takes up the same batches, also \
      after a crash, and never sends a request twice. With --leave it ends once they are sent.

      Ctrl-C starts no more and waits for those under way; a second one ends them too.

      EXAMPLES
        rung batch policies/support labels.jsonl -o answers.jsonl
        rung batch support labels.jsonl -o answers.jsonl --at-once 32 --rate 500/min
        rung batch policies/support labels.jsonl -o answers.jsonl --max-cost 5.00
        rung batch support labels.jsonl -o answers.jsonl --retry-failed --format json
        rung batch support labels.jsonl -o answers.jsonl --provider-batch
      """)

  @ArgumentParser.Argument(help: "The policy.", completion: .file())
  var policy: String

  @ArgumentParser.Argument(
    help: "The requests, one a line; `-` is standard input.", completion: .file())
  var requests: String

  @Option(name: .shortAndLong, help: "The file for the answers.", completion: .file())
  var output: String

  @OptionGroup var provider: ProviderBatchArguments

  @OptionGroup var arguments: RequestArguments

  @OptionGroup var recording: LedgerArguments

  @OptionGroup var caching: CacheArguments

  @Option(help: "How many requests run at a time.")
  var atOnce = 8

  @Option(
    help: "How many requests may start in a time, as 10/s, 100/min or 1000/h.",
    transform: BatchRate.init(reading:))
  var rate: BatchRate?

  @Option(
    help: "What the batch may cost, all its runs together, as 5.00.",
    transform: Amount.init(reading:))
  var maxCost: Amount?

  @Option(
    help: "What tells this batch from others that write to the same place. Default: the place.")
  var name: String?

  @ArgumentParser.Flag(help: "Ask again what has no answer.")
  var retryFailed = false

  @ArgumentParser.Flag(help: "Ask again what was under way when a run died, and may pay twice.")
  var retryLost = false

  @Option(help: "Call every provider at this address, without its key.")
  var baseURL: String?

  @Option(
    help: ArgumentHelp(
      "Where there is no terminal, a line of progress each so often, as 30s.", valueName: "time"),
    transform: TimeSpan.read)
  var progress: TimeSpan?

  @Option(help: "The summary: text on standard error for people, json on standard output.")
  var format = OutputFormat.text

  /// How long answers that were not written yet stay in the ledger.
  private static let resumeDays: Int64 = 7

  mutating func validate() throws {
    guard (1...4096).contains(atOnce) else {
      throw ValidationError("--at-once takes a number from 1 to 4096")
    }
    if recording.noLedger {
      throw ValidationError(
        "a batch needs the ledger, which knows what was paid for when it is resumed: leave out "
          + "--no-ledger")
    }
    if !arguments.budgets.isEmpty {
      throw ValidationError(
        "--budget says what would have been used, for `rung explain`; a batch counts what has been, "
          + "in its ledger")
    }
    if output == "-" {
      throw ValidationError("the answers go to a file, from which a batch is resumed: -o FILE")
    }
    if let progress, progress < .second || progress > .day {
      throw ValidationError("--progress takes 1s to 1d")
    }
  }

  func run() async throws {
    // Whoever read what it says may go: what is under way is paid for.
    signal(SIGPIPE, SIG_IGN)
    let compilation = try PolicyCompilation(policy)
    let compiled = try compilation.sound()
    let desk = try DecisionDesk(compiled, arguments)
    let address = try baseURL.map(RunCommand.address)
    if maxCost != nil, !compiled.gates.examples.isEmpty {
      throw CommandFailure(
        "`--max-cost` cannot bound making the vectors of the policy's examples: leave it out")
    }
    guard !Files.areOne(requests, output) else {
      throw CommandFailure("`\(output)` holds the requests: name another file with -o")
    }
    // Every line is looked at before the first call: one that cannot be must not cost the others.
    let batch = try BatchRequests(requests) { file throws(CommandFailure) in
      try desk.checkFacts(of: desk.input(for: file), named: file.name)
    }
    try arguments.checkTime(compiled)
    let answers = try AnswersFile(output)
    let journal = try journal()
    let name = try batchName(answers.found, journal)
    if answers.found.torn > 0 {
      Terminal.error(
        "`\(output)` ended in a torn line of \(answers.found.torn) bytes, which was cut off")
    }
    let currency = compiled.policy.vocabulary.currency
    guard let ledger = try recording.open(currency: currency) else { return }
    var settings = RequestService.Settings()
    settings.textLife = recording.keepPrompts?.milliseconds
    // A day more: what was under way when the file was written last had begun before.
    settings.keyLife = (Self.resumeDays + 1) * 86_400_000
    // A key outlives what is set aside for its request in a provider's batch.
    if provider.providerBatch {
      settings.keyLife = max(settings.keyLife, ProviderBatches.lasting.count + 86_400_000)
    }
    let store = try caching.open { Terminal.error("\($0)") }
    let room = RunRoom(
      desk, ledger, store, calling: address, sources: compilation.kept.archive, settings: settings)
    let result = await Result.of {
      try await run(batch, answers, journal, name, desk, room, currency)
    }
    await room.close()
    try end(try result.get())
  }

  private func run(
    _ batch: BatchRequests, _ answers: AnswersFile, _ journal: ProviderJournal, _ name: BatchName,
    _ desk: DecisionDesk, _ room: RunRoom, _ currency: String
  ) async throws -> BatchReport {
    let reader = try recording.place.reader()
    try checkLedger(answers.found, reader)
    let sent = ProviderBatchDesk(
      requests: batch, name: name, caller: arguments.caller, desk: desk, service: room.service,
      journal: journal, reader: reader, ledger: recording.place.path)
    var planner = BatchPlanner(
      requests: batch, answers: answers, name: name, caller: arguments.caller,
      retries: BatchRetries(failed: retryFailed, lost: retryLost), desk: desk,
      service: room.service, reader: reader, moment: try desk.now())
    planner.underWay = try await sent.takeUp()
    let plan = try await Progress.during("looking at what was done before") { [planner] in
      try await planner.plan()
    }
    try checkAge(answers.found, plan)
    if plan.strangers > 0 {
      Terminal.error(
        "note: `\(output)` has \(plan.strangers) answers to requests that `\(requests)` does not have"
      )
    }
    let (batched, alone) =
      provider.providerBatch
      ? try await sent.split(plan.asks, askingRest: provider.askRest) : ([], plan.asks)
    try await answers.remove(plan.removed)
    try await answers.append(plan.recovered.flatMap { $0.line.json($0.body, of: name) })
    try await answers.sync()
    var tally = BatchTally(total: batch.items.count, routes: CostTable(desk.compiled))
    for line in plan.kept { tally.add(line, from: .earlierRun) }
    for found in plan.recovered { tally.add(found.line, from: .ledger) }
    let spent = (plan.asks + plan.placed.values).reduce(tally.cost + tally.shadows) { sum, ask in
      ask.before.reduce(sum) { $0 + CallCost($1.cost) }
    }
    let run = BatchRun(
      desk, room.service, to: answers, named: name, purse: try purse(spent), tally: tally)
    let interruption = Interruption([SIGINT, SIGTERM], steps: 2) {
      run.stop(because: .interrupted)
      Terminal.note("finishing what is under way; Ctrl-C again ends it")
    }
    let (atOnce, rate, leaves) = (atOnce, rate, provider.leave)
    let batches = providerBatches(run, journal, after: plan)
    await batches.resume(plan.placed)
    let began = ContinuousClock.now
    try await Progress.during(
      { time in
        let text = BatchProgress(currency: currency).text(run.tally, after: time)
        return batches.progress.isEmpty ? text : "\(text); \(batches.progress)"
      }, linesEach: progress?.duration
    ) {
      try await interruption.cancelling {
        await batches.begin(batched)
        if leaves {
          await run.run(alone, atOnce: atOnce, rate: rate)
          await batches.leave()
        } else {
          async let answers: Void = batches.finish()
          await run.run(alone, atOnce: atOnce, rate: rate)
          await answers
        }
      }
    }
    journal.removeIfOver()
    return BatchReport(
      tally: run.tally, stop: run.stop, currency: currency, answers: output,
      limit: maxCost?.money, elapsed: ContinuousClock.now - began)
  }

  /// What was done at providers; what is under way there is not to be forgotten.
  private func journal() throws(CommandFailure) -> ProviderJournal {
    let journal = try ProviderJournal(besides: output)
    guard journal.unfinished.isEmpty || provider.providerBatch else {
      throw CommandFailure(
        "requests of `\(output)` are in providers' batches, as `\(journal.path)` says: run it with "
          + "--provider-batch, which takes their answers")
    }
    return journal
  }

  private func providerBatches(
    _ run: BatchRun, _ journal: ProviderJournal, after plan: BatchPlan
  ) -> ProviderBatches {
    var settings = ProviderBatches.Settings()
    settings.pause = provider.lookEvery.milliseconds * 1_000_000
    // Who looks often asks a provider again as often, but nobody waits longer than a second at first.
    settings.wait = min(settings.wait, settings.pause)
    settings.atOnce = atOnce
    settings.caller = arguments.caller
    return ProviderBatches(
      run, journal, settings, firstIndex: plan.asks.count, clock: { Moment.timestamp },
      random: { (.random(in: 0...(.max)), .random(in: 0...(.max))) })
  }

  private func purse(_ spent: CallCost) throws(CommandFailure) -> BatchPurse? {
    guard let maxCost else { return nil }
    guard let spent = spent.money else {
      throw CommandFailure(
        "`--max-cost` cannot be kept: nobody knows what earlier runs of this batch have cost",
        exit: .couldNotRun)
    }
    return BatchPurse(maxCost.money, spent: spent, waitsForHeld: !provider.leave)
  }

  /// What the lines there are say, or the journal, or the arguments; a batch keeps its name wherever its
  /// files go.
  private func batchName(
    _ found: AnswersFile.Found, _ journal: ProviderJournal
  ) throws(CommandFailure) -> BatchName {
    let given = name.map { BatchName($0) }
    if let ours = found.batch, let theirs = journal.batch, ours != theirs {
      throw CommandFailure(
        "`\(journal.path)` is of another batch than the answers in `\(output)`: bring back the one that "
          + "lay beside them")
    }
    guard let kept = found.batch ?? journal.batch else {
      let place = URL(filePath: output).standardizedFileURL.resolvingSymlinksInPath().path
      let new = given ?? BatchName(answersAt: place)
      journal.belong(to: new)
      return new
    }
    guard given == nil || given == kept else {
      throw CommandFailure(
        found.batch == nil
          ? "`\(journal.path)` tells of a batch with another name than `\(name ?? "")`: leave out "
            + "--name, or name another file with -o"
          : "`\(output)` holds answers of a batch with another name than `\(name ?? "")`: leave out "
            + "--name, or name another file with -o")
    }
    journal.belong(to: kept)
    return kept
  }

  /// A ledger that has no row of what was answered is not the one it was paid in.
  private func checkLedger(
    _ found: AnswersFile.Found, _ reader: LedgerReader
  ) throws(CommandFailure) {
    let lines = found.lines.filter { !$0.line.isLost }
    guard let first = lines.first, let last = lines.last else { return }
    // The newest rows may be gone with the power, the oldest are not.
    for line in [first, last] {
      let rows = try reading { () throws(LedgerFailure) in
        try reader.rows(named: line.line.row, limit: 1)
      }
      guard rows.isEmpty else { return }
    }
    throw CommandFailure(
      "`\(recording.place.path)` has no row \(first.line.row), which \(output):\(first.number) was "
        + "paid for: name the ledger of the earlier runs with --ledger")
  }

  /// What was answered and not written is forgotten in time, and would be paid for again.
  private func checkAge(
    _ found: AnswersFile.Found, _ plan: BatchPlan
  ) throws(CommandFailure) {
    guard let written = found.written, !plan.asks.isEmpty, !retryLost else { return }
    let days = (Moment.timestamp.milliseconds - written) / 86_400_000
    guard days >= Self.resumeDays else { return }
    throw CommandFailure(
      "`\(output)` was written \(days) days ago, and the ledger keeps answers that were not written "
        + "for \(Self.resumeDays): what was under way then would be paid for again; --retry-lost "
        + "allows it")
  }

  private func end(_ report: BatchReport) throws {
    switch format {
    case .text: Terminal.error(report.text)
    case .json: Terminal.out(report.json)
    }
    switch report.stop {
    case .interrupted: throw ExitCode(130)
    case .failure(let failure): throw failure
    case .outOfMoney, .atProviders, nil: break
    }
    if report.tally.answered < report.tally.total {
      throw ExitCode(CommandExit.findings.rawValue)
    }
  }
}

extension BatchCommand {
  /// An amount in the catalog's currency: `5`, `0.25`.
  struct Amount {
    let money: Money

    /// Says what an amount is where the argument is none.
    init(reading argument: String) throws {
      let text = argument.hasPrefix("$") ? argument.dropFirst() : argument[...]
      guard let nanos = Decimal(text)?.scaled(by: 9), nanos > 0 else {
        throw ValidationError(
          "write an amount above 0 in the catalog's currency, with at most nine decimals, such as 5.00"
        )
      }
      money = Money(nanos: nanos)
    }
  }
}

extension RequestArguments {
  /// Who asks and what they say, apart from the requests: another caller's request is another one.
  var caller: String {
    let parts =
      [tenant, user, key, conversation].map { $0.map { "=" + $0 } ?? "" } + facts.sorted()
    return StableHash.digest(ofFields: parts).hex
  }
}
