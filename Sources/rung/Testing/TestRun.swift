import PolicyAnalysis
import PolicyCompiler
import PolicyCoverage
import PolicyGraph
import PolicyMutation
import PolicySemantics
import RoutingRequests
import RoutingRuntime

/// The tests of one policy, run: those whose title has some words in it, or all.
struct TestRun {
  let compiled: CompiledPolicy
  let results: [PolicyTestResult]
  let verdicts: [(always: CheckedAlways, verdict: AlwaysVerdict)]
  let coverage: CoverageFindings?
  /// Nil where nobody asked.
  var mutation: MutationFindings?
  let isFiltered: Bool

  init(_ compiled: CompiledPolicy, only words: String?, withCoverage: Bool) {
    self.compiled = compiled
    isFiltered = words != nil
    let isWanted = { (title: String) in words.map { title.lowercased().contains($0) } ?? true }
    let decider = Decider(compiled.graph)
    let runner = PolicyTestRunner(decider) { file in Self.input(file) }
    let study = AlwaysStudy(decider)
    let policy = compiled.policy
    results = policy.tests.filter { isWanted($0.title) }.map { runner.run($0) }
    verdicts = policy.always.indices.filter { isWanted(policy.always[$0].title) }
      .map { (policy.always[$0], study.verdict(on: $0)) }
    coverage = withCoverage ? CoverageStudy(decider).findings(from: results) : nil
  }

  var allPass: Bool {
    results.allSatisfy(\.passed)
      && verdicts.allSatisfy { found in
        if case .refuted = found.verdict { false } else { true }
      }
  }

  /// The tests of a policy as they are tried on its mutants, which have the same.
  static func tests(of policy: CheckedPolicy) -> MutationStudy.PolicyTests {
    MutationStudy.PolicyTests(titles: policy.tests.map(\.title)) { decider, place in
      let runner = PolicyTestRunner(decider) { file in input(file) }
      return !runner.run(decider.graph.policy.tests[place]).passed
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
