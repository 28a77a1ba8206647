import ArgumentParser
import Foundation
import PolicyCompiler
import PolicyExplain
import PolicySemantics
import PolicyWorkspace
import RoutingBudgets
import RoutingCache
import RoutingCalls
import RoutingCatalog
import RoutingLedger
import RoutingService

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Decide and make the call: climb the ladder, fall back, keep the budget.",
    discussion: """
      Prints the answer, the tier that gave it, every attempt with its verdict and cost, and the total. \
      With several requests it prints a line for each and then a table of cost by route. A .jsonl file \
      holds one request a line; with --at-once many run at a time.

      Every request leaves a row in the ledger, whatever becomes of it, and its answer is printed only \
      once that row is kept. Budgets and limits are held against the ledger; `rung ledger show ROW` \
      says what was decided and why. Ctrl-C ends calls under way and still settles them.

      Keys come from the environment variables the catalog names. --base-url calls a stand-in instead, \
      without any key. Judges, classifiers, summaries, encoders and shadows are calls of their own, \
      paid for and recorded with the rest.

      EXAMPLES
        rung run policies/support ask.json
        rung run support examples/requests/*.json --base-url http://127.0.0.1:8080/v1
        rung run policies/support asks.jsonl --at-once 64 --format json
        rung run policies/support ask.json --idempotency-key order-17
      """)

  @ArgumentParser.Argument(help: "The policy.", completion: .file())
  var policy: String

  @ArgumentParser.Argument(help: "The requests.", completion: .file())
  var requests: [String]

  @OptionGroup var arguments: RequestArguments

  @OptionGroup var recording: LedgerArguments

  @OptionGroup var caching: CacheArguments

  @Option(
    help:
      "The same key, caller and request get the same answer again, paid for once. For one request.")
  var idempotencyKey: String?

  @Option(help: "How many requests run at a time.")
  var atOnce = 1

  @Option(help: "Call every provider at this address, without its key.")
  var baseURL: String?

  @Option(
    help: "Beside the cost, what the same tokens would cost on this model. Repeatable.")
  var compare: [String] = []

  @Option(help: "text for people, json for machines.")
  var format = OutputFormat.text

  mutating func validate() throws {
    guard (1...4096).contains(atOnce) else {
      throw ValidationError("--at-once takes a number from 1 to 4096")
    }
    if !arguments.budgets.isEmpty {
      throw ValidationError(
        "--budget says what would have been used, for `rung explain`; a run counts what has been, "
          + "in its ledger")
    }
    if let idempotencyKey, !(1...255).contains(idempotencyKey.utf8.count) {
      throw ValidationError("--idempotency-key takes 1 to 255 bytes")
    }
  }

  func run() async throws {
    let compilation = try PolicyCompilation(policy)
    let compiled = try compilation.sound()
    let desk = try DecisionDesk(compiled, arguments)
    let baselines = try compare.map { name throws(CommandFailure) in
      try RequestArguments.model(name, in: compiled.policy)
    }
    let address = try baseURL.map(Self.address)
    let files = try requests.flatMap { path throws(CommandFailure) in
      try RequestFile.all(in: path)
    }
    if idempotencyKey != nil, files.count != 1 {
      throw CommandFailure("`--idempotency-key` names one request, and there are \(files.count)")
    }
    // Every input is made before the first call: one that cannot be must not cost the others.
    for file in files { try desk.checkFacts(of: desk.input(for: file), named: file.name) }
    try arguments.checkTime(compiled)
    let ledger = try recording.open(currency: compiled.policy.vocabulary.currency)
    var settings = RequestService.Settings()
    settings.textLife = recording.keepPrompts?.milliseconds
    let store = try caching.open { Terminal.error("\($0)") }
    let room = RunRoom(
      desk, ledger, store, calling: address, sources: compilation.kept.archive, settings: settings)
    let runDesk = RunDesk(desk: desk, service: room.service, idempotencyKey: idempotencyKey)
    let interrupted = Interruption()
    let printer = RunPrinter(
      RunReport(compiled, baselines: baselines, isSingle: files.count == 1), format,
      count: files.count)
    let result = await Result.of {
      try await Progress.during(files.count == 1 ? "waiting for \(files[0].name)" : "running") {
        try await interrupted.cancelling {
          try await runDesk.run(files, atOnce: atOnce) { printer.add($1, at: $0) }
        }
      }
    }
    await room.close()
    try result.get()
    try end(printer.finish(), isInterrupted: interrupted.hasCome)
  }

  private func end(_ rows: [RunRow], isInterrupted: Bool) throws {
    if isInterrupted { throw ExitCode(130) }
    for row in rows {
      guard case .failure(let failure) = row.result else { continue }
      throw CommandFailure(failure.description, exit: .couldNotRun)
    }
    if rows.contains(where: { !$0.couldRun }) { throw ExitCode(CommandExit.couldNotRun.rawValue) }
    if rows.contains(where: { !$0.isServed }) { throw ExitCode(CommandExit.findings.rawValue) }
  }

  static func address(_ text: String) throws(CommandFailure) -> String {
    if let reason = BaseURL.refusal(of: text) {
      throw CommandFailure(
        "`--base-url` takes an address such as http://127.0.0.1:8080/v1: \(reason)")
    }
    return BaseURL.trimmed(text)
  }
}

extension Result where Failure == any Error {
  /// What came of waiting: for those who have to tidy up in between.
  static func of(_ body: () async throws -> Success) async -> Self {
    do {
      return .success(try await body())
    } catch {
      return .failure(error)
    }
  }
}
