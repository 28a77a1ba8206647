import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicySyntax

/// From text to graph: parsing, checking and lowering, each by itself and together.
enum CompileBench {
  static func run(_ report: inout Report) {
    for (count, limit) in [(1000, 30.0), (10_000, 400.0)] {
      let text = BenchPolicies.routes(count).text
      let source = SourceFile(path: "bench.rung", text: text)
      let runs = count > 1000 ? 5 : 9
      let tree = PolicyParser.parse(source).value
      guard let policy = check(tree) else { return }
      let parse = Stopwatch.median(runs: runs) { _ = PolicyParser.parse(source) }
      let checking = Stopwatch.median(runs: runs) { _ = check(tree) }
      let lower = Stopwatch.median(runs: runs) { _ = try? DecisionGraph(policy) }
      report.add("parse \(count) routes", parse / 1e6, "ms")
      report.add("check \(count) routes", checking / 1e6, "ms")
      report.add("lower \(count) routes", lower / 1e6, "ms")
      report.add(
        "parse, check and lower \(count) routes", (parse + checking + lower) / 1e6, "ms",
        atMost: limit)
    }
  }

  private static func check(_ tree: PolicyFile) -> CheckedPolicy? {
    PolicyChecker.check(files: [tree], vocabulary: BenchPolicies.vocabulary).value
  }
}
