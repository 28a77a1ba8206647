import ArgumentParser
import PolicyGraph
import PolicySemantics
import RoutingRequests
import RoutingRuntime

struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests a policy carries: its test and always blocks. Calls nothing.",
    discussion: """
      A test decides its request and climbs its ladder with what `given` says. An always block is tried
      with requests made for its condition. Exits 0 if all pass, 1 if one fails.

      EXAMPLES
        rung test policies/support
        rung test policies/*/policy.rung --seed 7 --samples 20000
        rung test policies/support --format json
      """)

  @ArgumentParser.Argument(help: "Policy files, or folders with a policy.rung.")
  var policies: [String]

  @Option(help: "Makes the requests an always block is tried with.")
  var seed: UInt64 = 1

  @Option(help: "How many requests an always block is tried with.")
  var samples = PolicyTestRunner.samples

  @Option(help: "text for people, json for machines.")
  var format = OutputFormat.text

  func validate() throws {
    guard samples > 0 else { throw ValidationError("--samples must be at least 1") }
  }

  func run() throws {
    var failed = false
    for argument in policies {
      let compiled = try PolicyFolder(argument).compiled()
      let runner = PolicyTestRunner(Decider(compiled.graph)) { file in
        Self.input(file)
      }
      let results = runner.run(seed: seed, samples: samples)
      if results.contains(where: { !$0.passed }) { failed = true }
      let report = TestReport(compiled, results)
      switch format {
      case .text: Terminal.out(report.text)
      case .json: Terminal.out(report.json)
      }
    }
    if failed { throw ExitCode(CommandExit.findings.rawValue) }
  }

  /// A request file of a test, asked at the moment every test is asked at.
  private static func input(
    _ file: PolicyTextFile
  ) -> Result<RequestInput, PolicyTestRunner.UnreadableRequest> {
    do {
      let request = try RequestFile(file.path, bytes: Array(file.text.utf8)).request
      return .success(RequestInput(request, moment: PolicyTestRunner.moment))
    } catch {
      return .failure(PolicyTestRunner.UnreadableRequest(error.message))
    }
  }
}
