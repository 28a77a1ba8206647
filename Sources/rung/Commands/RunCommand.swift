import ArgumentParser
import Foundation
import HTTPUpstream
import PolicyExplain
import RoutingCalls
import RoutingCatalog

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Decide and make the call: climb the ladder, fall back, keep the budget.",
    discussion: """
      Prints the answer, the tier that gave it, every attempt with its verdict and cost, and the total.
      With several requests it prints a line for each and then a table of cost by route.

      Keys come from the environment variables the catalog names. --base-url calls a stand-in instead,
      without any key. What this version cannot do yet (caches, compression, batching, early stop,
      windowed budgets, judges, classifiers, shadows, stick) is refused by name, never left out.

      EXAMPLES
        rung run policies/support ask.json
        rung run policies/support examples/requests/*.json --base-url http://127.0.0.1:8080/v1
        rung run policies/support asks/*.json --compare gpt-4o --format json
      """)

  @ArgumentParser.Argument(help: "The policy.")
  var policy: String

  @ArgumentParser.Argument(help: "The requests.")
  var requests: [String]

  @OptionGroup var arguments: RequestArguments

  @Option(help: "Call every provider at this address, without its key.")
  var baseURL: String?

  @Option(
    help: "Beside the cost, what the same tokens would cost on this model. Repeatable.")
  var compare: [String] = []

  @Option(help: "text for people, json for machines.")
  var format = OutputFormat.text

  func run() async throws {
    let compiled = try PolicyFolder(policy).compiled()
    let desk = try DecisionDesk(compiled, arguments)
    let baselines = try compare.map { name throws(CommandFailure) in
      try RequestArguments.model(name, in: compiled.policy)
    }
    let address = try baseURL.map(Self.address)
    let files = try requests.map { path throws(CommandFailure) in try RequestFile(path) }
    // Every input is made before the first call: one that cannot be must not cost the others.
    let inputs = try files.map { file throws(CommandFailure) in
      (file: file, input: try desk.input(for: file))
    }
    for (file, input) in inputs { _ = try desk.decide(input, named: file.name) }
    let client = HTTPUpstream()
    defer { client.shutdown() }
    let runner = RequestRunner(
      catalog: compiled.catalog, client: client, settings: CallSettings(baseURL: address))
    let runDesk = RunDesk(desk, runner: runner, gates: compiled.gates)
    let interrupted = Interruption()
    let report = RunReport(compiled, baselines: baselines, isSingle: files.count == 1)
    var rows: [RunRow] = []
    for (index, (file, input)) in inputs.enumerated() {
      if interrupted.hasCome { break }
      let row = try await Progress.during("waiting for \(file.name)") {
        try await interrupted.cancelling { try await runDesk.run(file, input) }
      }
      rows.append(row)
      switch format {
      case .text: Terminal.out(report.text(of: row, number: index + 1, of: files.count))
      case .json: Terminal.out(report.json(of: row))
      }
    }
    if files.count > 1, format == .text { Terminal.out(report.table(of: rows)) }
    if interrupted.hasCome { throw ExitCode(130) }
    if rows.contains(where: { !$0.isExecutable }) {
      throw ExitCode(CommandExit.couldNotRun.rawValue)
    }
    if rows.contains(where: { !$0.isServed }) { throw ExitCode(CommandExit.findings.rawValue) }
  }

  private static func address(_ text: String) throws(CommandFailure) -> String {
    if let reason = BaseURL.refusal(of: text) {
      throw CommandFailure(
        "`--base-url` takes an address such as http://127.0.0.1:8080/v1: \(reason)")
    }
    return BaseURL.trimmed(text)
  }
}
