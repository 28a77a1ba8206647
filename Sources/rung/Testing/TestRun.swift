import PolicyAnalysis
import PolicyCompiler
import PolicyCoverage
import PolicyGraph
import PolicyMutation
import PolicySemantics
import PolicySource
import RoutingRequests
import RoutingRuntime

/// The tests of one policy, run: those whose title has some words in it, or all.
struct TestRun {
  let compiled: CompiledPolicy
  let results: [PolicyTestResult]
  /// By result: the lines of `given` that nobody asks for; none of a test that fails.
  let idle: [[Span]]
  let verdicts: [(always: CheckedAlways, verdict: AlwaysVerdict)]
  let coverage: CoverageFindings?
  /// Nil where nobody asked.
  var mutation: MutationFindings?
  let isFiltered: Bool

  init(_ compiled: CompiledPolicy, only words: String?, withCoverage: Bool) {
    self.compiled = compiled
    isFiltered = words != nil
    let decider = Decider(compiled.graph)
    let runner = PolicyTestRunner(decider) { file in Self.input(file) }
    let study = AlwaysStudy(decider)
    let policy = compiled.policy
    let tests = policy.tests.filter { Self.isWanted($0.title, words) }
    results = tests.map { runner.run($0) }
    idle = zip(tests, results).map { $1.passed ? runner.idleLines(of: $0) : [] }
    verdicts = policy.always.indices.filter { Self.isWanted(policy.always[$0].title, words) }
      .map { (policy.always[$0], study.verdict(on: $0)) }
    coverage =
      withCoverage
      ? CoverageStudy(decider, reading: Self.request(ofBody:)).findings(from: results) : nil
  }

  var allPass: Bool {
    results.allSatisfy(\.passed)
      && verdicts.allSatisfy { found in
        if case .refuted = found.verdict { false } else { true }
      }
  }

  private static func isWanted(_ title: String, _ words: String?) -> Bool {
    words.map { title.lowercased().contains($0) } ?? true
  }

  /// The tests of a policy, or those with some words in their title, as they are tried on its mutants,
  /// which have the same.
  static func tests(of decider: Decider, only words: String?) -> MutationStudy.PolicyTests {
    let policy = decider.graph.policy
    let places = policy.tests.indices.filter { isWanted(policy.tests[$0].title, words) }
    let runner = PolicyTestRunner(decider) { file in input(file) }
    let results = places.map { runner.run(policy.tests[$0]) }
    return MutationStudy.PolicyTests(
      titles: places.map { policy.tests[$0].title },
      always: policy.always.indices.filter { isWanted(policy.always[$0].title, words) },
      requests: results.map { $0.passed ? $0.request : nil }
    ) { decider, place in
      let runner = PolicyTestRunner(decider) { file in input(file) }
      return !runner.run(decider.graph.policy.tests[places[place]]).passed
    }
  }

  /// The request of a file with this body, as a test reads it.
  static func request(ofBody body: String) -> RequestInput? {
    (try? RequestFile("request.json", bytes: Array(body.utf8)).request).map {
      RequestInput($0, moment: PolicyTestRunner.moment)
    }
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
