import PolicyAnalysis
import PolicyCompiler
import PolicyCoverage
import PolicySemantics
import RoutingRuntime

/// The tests that would show or notice what none does, as a file beside the policy.
struct SuggestedTests {
  private let compiled: CompiledPolicy
  private var cases: [PolicyCase] = []
  private var seen: Set<[String]> = []

  init(_ report: TestReport) {
    compiled = report.compiled
    for entry in report.coverage?.findings.goals ?? [] {
      if case .missing(.test(let found)) = entry.state { add(found) }
    }
    for found in report.mutation?.suggestions ?? [] { add(found) }
  }

  private var policy: CheckedPolicy { compiled.policy }

  /// Two that say the same are one.
  private mutating func add(_ found: PolicyCase) {
    let body =
      found.block.request + found.block.given + found.climb.given + found.expected(in: policy)
      + found.climb.expect
    if seen.insert(body).inserted { cases.append(found) }
  }

  /// Adds the tests to a file of tests, or begins one; `-` prints them.
  ///
  /// A request with a text too long for a policy goes into a folder beside the file. What cannot be
  /// written as a test is listed in comments.
  func deliver(to path: String) throws(CommandFailure) {
    guard path != "-" else {
      return Terminal.out(CaseText(PolicyCases(cases: cases), policy).text, newline: false)
    }
    let folder = path.hasSuffix(".rung") ? String(path.dropLast(5)) : path
    let found = try CaseFolder(folder + "_requests", policy: compiled.path)
      .text(of: PolicyCases(cases: cases), Decider(compiled.graph))
    guard !found.isEmpty else {
      return Terminal.note("nothing to add: the tests show and notice all that a test can")
    }
    let old = Files.bytes(path).map { String(decoding: $0, as: UTF8.self) } ?? "rung 1\n"
    let gap = old.hasSuffix("\n") ? "\n" : "\n\n"
    try Files.write(old + gap + found, to: path)
    Terminal.note("\(cases.count) tests added to \(path)")
  }
}
