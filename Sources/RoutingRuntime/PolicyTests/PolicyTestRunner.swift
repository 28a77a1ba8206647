package import PolicyGraph
package import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits

/// Runs the `test` blocks of a policy with the code that decides and climbs.
///
/// An `always` is not run but proved or refuted; ``attack(on:of:seed:samples:)`` tries to break one.
package struct PolicyTestRunner: Sendable {
  let decider: Decider
  private let readFile: @Sendable (PolicyTextFile) -> Result<RequestInput, UnreadableRequest>

  /// Why a request file is none, in words for the user.
  package struct UnreadableRequest: Error {
    package let reason: String
    package init(_ reason: String) { self.reason = reason }
  }

  /// How many requests an attack tries unless told otherwise.
  package static let samples = 2_000

  /// Reads a test's request file through `readFile`.
  package init(
    _ decider: Decider,
    readFile: @escaping @Sendable (PolicyTextFile) -> Result<RequestInput, UnreadableRequest>
  ) {
    self.decider = decider
    self.readFile = readFile
  }

  var policy: CheckedPolicy { decider.frozen.policy }

  /// Every `test` in written order.
  package func run() -> [PolicyTestResult] { policy.tests.map { run($0) } }

  /// Decides the request, climbs with what is given, compares every line.
  package func run(_ test: CheckedTest) -> PolicyTestResult {
    var result = PolicyTestResult(title: test.title, span: test.span, failures: [])
    guard var input = request(of: test, &result) else { return result }
    let given = GivenOutcomes(test.given)
    given.apply(to: &input.state, policy)
    result.request = input
    let decision: Decision
    do throws(FactProblem) {
      decision = try decider.decide(input)
    } catch {
      check(test.expect, against: error, &result)
      return result
    }
    result.decision = decision
    let drive = given.climb(decision, decider.frozen)
    result.outcome = drive?.outcome
    for expectation in test.expect {
      let check = ExpectationCheck(policy: policy, decision: decision, drive: drive)
      guard let problem = check.problem(with: expectation) else { continue }
      // A climb that cannot go on hangs on one gate, however many lines ask about it.
      if case .gateNotGiven = problem, result.hangsOnGate { continue }
      result.failures.append(.init(span: expectation.span, problem: problem))
    }
    return result
  }

  /// How a climb under a decision ends with what is given; nil if nothing is called, or if a gate is
  /// asked that is not given.
  package func outcome(
    of decision: Decision, given: [CheckedTest.Given]
  ) -> LadderOutcome? {
    GivenOutcomes(given).climb(decision, decider.frozen)?.outcome
  }

  /// The request of a test, before anything is given; nil if it cannot be read.
  func request(of test: CheckedTest) -> RequestInput? {
    var result = PolicyTestResult(title: test.title, span: test.span, failures: [])
    return request(of: test, &result)
  }

  private func request(
    of test: CheckedTest, _ result: inout PolicyTestResult
  ) -> RequestInput? {
    switch test.request {
    case .fields(let fields):
      return TestRequest.input(fields, policy)
    case .file(let path, let span, let fields):
      guard let file = policy.files[path] else {
        result.failures.append(.init(span: span, problem: .unreadableRequest("it was not read")))
        return nil
      }
      switch readFile(file) {
      case .success(let input): return TestRequest.adding(fields, to: input, policy)
      case .failure(let unreadable):
        result.failures.append(
          .init(span: span, problem: .unreadableRequest(unreadable.reason)))
      }
    }
    return nil
  }

  /// A request that does not fit the facts is refused; a test may expect just that.
  private func check(
    _ expect: [Expectation], against problem: FactProblem, _ result: inout PolicyTestResult
  ) {
    for expectation in expect {
      if case .refusedBy(let name) = expectation.kind, expectation.comparison == .equal,
        name == problem.fact
      {
        continue
      }
      result.failures.append(.init(span: expectation.span, problem: .facts(problem)))
    }
  }
}

// MARK: always

extension PolicyTestRunner {
  /// Tries to break an `always` with requests made for its condition; the same seed makes the same
  /// ones.
  ///
  /// That it fails to proves nothing.
  package static func attack(
    on index: Int, of decider: Decider, seed: UInt64, samples count: Int = Self.samples
  ) -> PolicyTestResult {
    let policy = decider.frozen.policy
    let always = policy.always[index]
    var result = PolicyTestResult(title: always.title, span: always.span, failures: [])
    var samples = PolicyTestResult.Samples(seed: seed)
    var sampler = RequestSampler(policy, aiming: always.condition, seed: seed)
    var scratch = Scratch(for: decider.graph)
    while samples.tried < count, result.failures.isEmpty {
      samples.tried += 1
      let input = sampler.next()
      guard var facts = try? decider.graph.facts(of: input) else { continue }
      guard decider.graph.evaluate(.always(index), &facts, in: &scratch) == .yes else { continue }
      samples.met += 1
      let decision = decider.decide(input, &facts, expecting: Expectations(), in: &scratch)
      let check = ExpectationCheck(ofAll: policy, decision)
      for expectation in always.expect {
        guard let problem = check.problem(with: expectation) else { continue }
        result.failures.append(.init(span: expectation.span, problem: problem))
        result.request = input
        result.decision = decision
      }
    }
    result.samples = samples
    return result
  }
}

extension FactProblem {
  /// The fact at fault.
  package var fact: String? {
    switch self {
    case .missing(let fact), .outsideType(let fact, _): fact.name
    case .textTooLong: nil
    }
  }
}

extension PolicyTestRunner {
  /// When a test's request is asked unless it says otherwise: noon on Thursday, 2026-01-01.
  package static var moment: LocalMoment { TestRequest.moment(date: nil, weekday: nil, hour: 12) }
}
