import PolicyAnalysis
import PolicyCompiler
import PolicyExplain
import PolicySemantics
import PolicySource
import RoutingRuntime

extension PolicySnapshot {
  /// Runs a `test`, or proves an `always`, by its title, with the code that decides and climbs; nothing
  /// is called.
  ///
  /// Nil if there is none with that title and the policy has no errors.
  package func runTest(named title: String) -> TestOutcome? {
    guard let decider else {
      let error = compilation.firstError
      return TestOutcome(
        title: title, verdict: .notDecided,
        differences: [TestOutcome.Difference(span: nil, message: error)],
        summary: "the policy has errors: \(error)")
    }
    let policy = decider.frozen.policy
    if let test = policy.tests.first(where: { $0.title == title }) {
      let runner = PolicyTestRunner(decider, readFile: TestRequestFile.input)
      return outcome(title, runner.run(test).failures, TestWords(policy: policy))
    }
    guard let index = policy.always.firstIndex(where: { $0.title == title }) else { return nil }
    return outcome(index, AlwaysStudy(decider).verdict(on: index), TestWords(policy: policy))
  }

  private func outcome(
    _ title: String, _ failures: [PolicyTestResult.Failure], _ words: TestWords
  ) -> TestOutcome {
    let differences = failures.map {
      TestOutcome.Difference(span: $0.span, message: words.problem($0.problem, written: $0.span))
    }
    return TestOutcome(
      title: title, verdict: failures.isEmpty ? .passed : .failed, differences: differences,
      summary: failures.isEmpty
        ? "passed" : differences.map(\.message).joined(separator: "; "))
  }

  private func outcome(
    _ index: Int, _ verdict: AlwaysVerdict, _ words: TestWords
  ) -> TestOutcome {
    let always = words.policy.always[index]
    switch verdict {
    case .proved(let proof):
      return TestOutcome(
        title: always.title, verdict: .passed, differences: [], summary: words.note(on: proof))
    case .refuted(let found):
      let failed = outcome(always.title, found.failures, words)
      return TestOutcome(
        title: always.title, verdict: .failed, differences: failed.differences,
        summary: "refuted by \(words.request(found.request)): \(failed.summary)")
    case .notDecided(let reason):
      return TestOutcome(
        title: always.title, verdict: .notDecided, differences: [],
        summary: "not decided: \(reason.words(on: always, in: words.policy))")
    }
  }
}
