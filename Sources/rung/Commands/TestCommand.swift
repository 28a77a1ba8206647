import ArgumentParser
import PolicyCompiler
import PolicyCoverage
import PolicyDiagnostics
import PolicyWorkspace

struct TestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests a policy carries: its test and always blocks. Calls nothing.",
    discussion: """
      A test decides its request and climbs its ladder with what `given` says. An always block is \
      proved over every request, or refuted with a request that breaks it; what is neither is said to \
      be not decided, with the reason. A refused request asks no model and so keeps what is promised \
      of `first` and `last`. Shown is what fails; --verbose shows what passes too. A policy with errors \
      does not keep the others from being tested. Exits 0 if nothing fails, 1 if something does.

      Tests of policy.rung may also stand beside it, in policy_test.rung and policy_WORDS_test.rung.

      With --coverage: which routes, conditions (each to matter both ways), tiers, gates, fallbacks, \
      effects and failures the tests show, of what requests can reach; what no request reaches is proved and \
      left out. A test that fails shows nothing. A test that would show more is written out.

      With --mutants: the policy is tried with each small mistake there is to make in it (a condition \
      left out, a number shifted, a route left out or in the wrong place, …). One that no test notices \
      comes with a test that does, and its request file; one that does what the policy does is proved \
      to and left out; what no test can see is counted by itself.

      EXAMPLES
        rung test policies/support
        rung test policies/*/policy.rung --filter password --verbose
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
      prints them and nothing else.
      """, completion: .file())
  var suggest: String?

  @Option(help: "Write the coverage to this file, in the format of lcov.", completion: .file())
  var lcov: String?

  @Option(
    help: "Write the coverage of one policy to this file, as a page to look at.",
    completion: .file())
  var html: String?

  @Flag(
    name: [.short, .long],
    help: "Show the tests that pass too. Formats for machines always have them.")
  var verbose = false

  @Option(help: "text for people; json, junit or github for machines.")
  var format = TestFormat.text

  func validate() throws {
    if html != nil, policies.count > 1 { throw ValidationError("--html takes one policy") }
    for (option, path) in [("--lcov", lcov), ("--html", html)] where path == "-" {
      throw ValidationError("\(option) writes a file, and `-` is none: the report is printed")
    }
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

  /// Ends the command if nobody would read the tests that are suggested.
  private func checkIsRead(
    _ suggest: String, with policy: String
  ) throws(CommandFailure) {
    guard suggest != policy, !Files.areOne(suggest, policy) else { return }
    if let owner = TestFiles.owner(of: suggest), owner == policy || Files.areOne(owner, policy) {
      return
    }
    throw CommandFailure(
      "no test of `\(policy)` is read from `\(suggest)`; "
        + "name `\(TestFiles.name(for: policy))` with --suggest")
  }

  func run() async throws {
    var outcomes: [TestOutcome] = []
    for argument in policies { outcomes.append(try await outcome(of: argument)) }
    let reports = outcomes.compactMap(\.report)
    if let filter, reports.count == outcomes.count, reports.allSatisfy(\.entries.isEmpty) {
      // A misspelt filter must not pass for tests that pass.
      throw CommandFailure("no test has `\(filter)` in its title")
    }
    if suggest == "-", let report = reports.first {
      guard report.mutation != nil || !wantsMutants else {
        throw CommandFailure(Self.noMutants(report), exit: .findings)
      }
      return SuggestedTests(report).print()
    }
    let shortfalls = reports.flatMap { report in
      floors.compactMap { floor in
        floor.shortfall(report).map { TestOutput.Shortfall(report: report, words: $0) }
      }
    }
    write(TestOutput(outcomes: outcomes, shortfalls: shortfalls))
    if let lcov { try write(reports, to: lcov) }
    if let html, let report = reports.first?.coverage {
      try Files.write(CoveragePage(report: report).html, to: html)
    }
    for case .broken(let report) in outcomes { tell(of: report) }
    for report in reports where wantsMutants && report.mutation == nil {
      Terminal.error(Self.noMutants(report))
    }
    for short in shortfalls {
      Terminal.error("\(short.report.compiled.path): \(short.words)")
    }
    if let suggest, let report = reports.first, report.mutation != nil || !wantsMutants {
      try SuggestedTests(report).add(to: suggest)
    }
    if !shortfalls.isEmpty || outcomes.contains(where: \.fails) {
      throw ExitCode(CommandExit.findings.rawValue)
    }
  }

  private func outcome(of argument: String) async throws -> TestOutcome {
    let compilation = try PolicyCompilation(argument, withTests: true)
    try keep(compilation, from: lcov, of: "--lcov")
    try keep(compilation, from: html, of: "--html")
    try keep(compilation, from: suggest == "-" ? nil : suggest, of: "--suggest")
    if let suggest, suggest != "-" { try checkIsRead(suggest, with: compilation.path) }
    if let broken = TestOutcome(errorsOf: compilation) { return broken }
    let compiled = try compilation.sound()
    let words = filter?.lowercased()
    var run = TestRun(compiled, only: words, withCoverage: wantsCoverage)
    if wantsMutants, run.allPass {
      run.mutation = try await MutationRun(compilation, compiled, only: words).findings()
    }
    return .tested(TestReport(run))
  }

  private static func noMutants(_ report: TestReport) -> String {
    "`\(report.compiled.path)` has a test that fails: mend it before --mutants"
  }

  private func write(_ output: TestOutput) {
    switch format {
    case .text:
      for outcome in output.outcomes { Terminal.out(outcome.text(verbose: verbose)) }
      if output.outcomes.count > 1 { Terminal.out(TestOutcome.sum(output.outcomes)) }
    case .json: for outcome in output.outcomes { Terminal.out(outcome.json) }
    case .junit: Terminal.out(output.junit)
    case .github: if !output.github.isEmpty { Terminal.out(output.github) }
    }
  }

  /// Formats for machines have the errors themselves.
  private func tell(of broken: DiagnosticReport) {
    if format == .text {
      Terminal.error(
        DiagnosticsOutput.text(
          broken.diagnostics, in: broken.sources,
          whereTheRestIs: "`rung check --all` shows them", coloured: Terminal.coloursErrors))
    }
    Terminal.error("`\(broken.path)` has errors")
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
