import ArgumentParser
import PolicyCompiler
import PolicyCoverage
import PolicyWorkspace

struct TestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests a policy carries: its test and always blocks. Calls nothing.",
    discussion: """
      A test decides its request and climbs its ladder with what `given` says. An always block is \
      proved over every request, or refuted with a request that breaks it; what is neither is said to \
      be not decided, with the reason. A refused request asks no model and so keeps what is promised \
      of `first` and `last`. Exits 0 if nothing fails, 1 if something does.

      Tests of policy.rung may also stand beside it, in policy_test.rung and policy_WORDS_test.rung.

      With --coverage: which routes, conditions (each to matter both ways), tiers, gates, fallbacks \
      and effects the tests show, of what requests can reach; what no request reaches is proved and \
      left out. A test that would show more is written out.

      With --mutants: the policy is tried with each small mistake there is to make in it (a condition \
      left out, a number shifted, two routes in the wrong order, …). One that no test notices comes \
      with a test that does; one that does what the policy does is proved to and left out.

      EXAMPLES
        rung test policies/support
        rung test policies/*/policy.rung --filter password
        rung test policies/support --coverage
        rung test policies/support --mutants
        rung test policies/support --at-least routes=100% --at-least mutants=90%
        rung test support --mutants --suggest support/policy_test.rung
        rung test policies/support --format junit > tests.xml
        rung test policies/support --lcov coverage.info --html coverage.html
      """)

  @ArgumentParser.Argument(
    help: "Policy files, or folders with a policy.rung.", completion: .file())
  var policies: [String]

  @Option(help: "Only tests with these words in their title, in any case.")
  var filter: String?

  @Flag(help: "Say what the tests show of the policy, and what they leave open.")
  var coverage = false

  @Flag(help: "Make small mistakes in the policy, and say which no test notices.")
  var mutants = false

  @Option(
    name: .customLong("at-least"),
    help: "Fail below this share, as routes=100% or mutants=90%; may be given several times.")
  var floors: [TestFloor] = []

  @Option(
    help: """
      Write tests that would show or notice what none does to this file, after those it has; - \
      prints them.
      """, completion: .file())
  var suggest: String?

  @Option(help: "Write the coverage to this file, in the format of lcov.", completion: .file())
  var lcov: String?

  @Option(
    help: "Write the coverage of one policy to this file, as a page to look at.",
    completion: .file())
  var html: String?

  @Option(help: "text for people; json, junit or github for machines.")
  var format = TestFormat.text

  func validate() throws {
    if html != nil, policies.count > 1 { throw ValidationError("--html takes one policy") }
    guard suggest != nil else { return }
    guard coverage || mutants else {
      throw ValidationError("--suggest needs --coverage, --mutants or both")
    }
    guard policies.count == 1, filter == nil, floors.isEmpty else {
      throw ValidationError("--suggest takes one policy, without --filter and --at-least")
    }
  }

  /// Ends the command if it would write over what it reads; tests are added to files of tests.
  private func keep(
    _ compilation: PolicyCompilation, from output: String?, of option: String
  ) throws(CommandFailure) {
    let files = [compilation.path] + TestFiles.of(compilation.path)
    var read = policies + compilation.kept.files.map(\.path)
    if option == "--suggest" {
      read.removeAll { Files.isFolder($0) == true }
      read.removeAll { file in files.contains { Files.areOne($0, file) } }
    }
    try Files.keep(read, from: output, of: option)
  }

  func run() async throws {
    let words = filter?.lowercased()
    var reports: [TestReport] = []
    for argument in policies {
      let compilation = try PolicyCompilation(argument, withTests: true)
      try keep(compilation, from: lcov, of: "--lcov")
      try keep(compilation, from: html, of: "--html")
      try keep(compilation, from: suggest == "-" ? nil : suggest, of: "--suggest")
      let compiled = try compilation.sound()
      var run = TestRun(compiled, only: words, withCoverage: wantsCoverage)
      if wantsMutants {
        guard run.allPass else {
          throw CommandFailure("`\(compiled.path)` has a test that fails: mend it before --mutants")
        }
        run.mutation = try await MutationRun(compilation, compiled).findings()
      }
      reports.append(TestReport(run))
    }
    if let filter, reports.allSatisfy(\.entries.isEmpty) {
      // A misspelt filter must not pass for tests that pass.
      throw CommandFailure("no test has `\(filter)` in its title")
    }
    if let suggest, let report = reports.first {
      try SuggestedTests(report).deliver(to: suggest)
      return
    }
    switch format {
    case .text: for report in reports { Terminal.out(report.text) }
    case .json: for report in reports { Terminal.out(report.json) }
    case .junit: Terminal.out(TestOutput(reports: reports).junit)
    case .github:
      let text = TestOutput(reports: reports).github
      if !text.isEmpty { Terminal.out(text) }
    }
    if let lcov { try write(reports, to: lcov) }
    if let html, let report = reports.first?.coverage {
      try Files.write(CoveragePage(report: report).html, to: html)
    }
    var fails = reports.contains(where: \.fails)
    for report in reports {
      for floor in floors {
        guard let shortfall = floor.shortfall(report) else { continue }
        Terminal.error("\(report.compiled.path): \(shortfall)")
        fails = true
      }
    }
    if fails { throw ExitCode(CommandExit.findings.rawValue) }
  }

  private var wantsCoverage: Bool {
    coverage || lcov != nil || html != nil || floors.contains { $0.measure != .mutants }
  }

  private var wantsMutants: Bool { mutants || floors.contains { $0.measure == .mutants } }

  private func write(_ reports: [TestReport], to path: String) throws {
    var trace = CoverageTrace()
    for report in reports { report.coverage.map { trace.add($0) } }
    try Files.write(trace.text, to: path)
  }
}
