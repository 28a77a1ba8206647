import ArgumentParser
import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import RoutingRequests
import RoutingRuntime

struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests a policy carries: its test and always blocks. Calls nothing.",
    discussion: """
      A test decides its request and climbs its ladder with what `given` says. An always block is
      proved over every request, or refuted with a request that breaks it; what is neither is said to
      be not decided, with the reason. A refused request asks no model and so keeps what is promised
      of `first` and `last`. Exits 0 if nothing fails, 1 if something does.

      EXAMPLES
        rung test policies/support
        rung test policies/*/policy.rung
        rung test policies/support --format json
      """)

  @ArgumentParser.Argument(help: "Policy files, or folders with a policy.rung.")
  var policies: [String]

  @Option(help: "text for people, json for machines.")
  var format = OutputFormat.text

  func run() throws {
    var failed = false
    for argument in policies {
      let compiled = try PolicyFolder(argument).compiled()
      let decider = Decider(compiled.graph)
      let runner = PolicyTestRunner(decider) { file in Self.input(file) }
      let study = AlwaysStudy(decider)
      let results = compiled.policy.always.indices.map { study.verdict(on: $0) }
      let report = TestReport(compiled, runner.run(), results)
      if report.fails { failed = true }
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
