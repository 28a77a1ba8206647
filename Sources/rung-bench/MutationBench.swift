import Foundation
import PolicyDiagnostics
import PolicyMutation
import PolicySource
import PolicySyntax

/// The mutants of a policy of a hundred routes: the whole process, as a pull request waits for it.
enum MutationBench {
  /// Routes as a team's policy has them, each with a bound on its answers.
  private static let policy = AnalysisPolicies.structured(100)
    .replacingOccurrences(of: " }\n", with: " max_output 500 tokens }\n")

  static func run(_ report: inout Report) {
    BenchRoom.with("mutants") { rung, room in
      try policy.write(
        to: room.appending(path: "policy.rung"), atomically: true, encoding: .utf8)
      let test = ["test", room.path, "--mutants"]
      measure(rung, test, "without a test", &report)
      let suggested = room.appending(path: "policy_test.rung").path
      SpawnedProcess.run(rung, test + ["--suggest", suggested], withoutErrors: true)
      measure(rung, test, "with the tests it suggests", &report)
    }
  }

  /// Given for a thousand mutants.
  private static func measure(
    _ rung: String, _ arguments: [String], _ name: String, _ report: inout Report
  ) {
    let file = PolicyParser.parse(SourceFile(path: "bench.rung", text: policy)).value
    let count = MutantFinder.mutants(of: file).count
    let runs = (0..<3).map { _ in SpawnedProcess.run(rung, arguments) }
    guard runs.allSatisfy({ $0.code == 0 }) else {
      print("mutants \(name): rung test fails")
      return
    }
    let median = runs.map(\.processorTime).sorted()[1]
    report.add(
      "1000 mutants of 100 routes, \(name), of \(count)", median * 1000 / Double(count), "s",
      atMost: 10)
  }
}
