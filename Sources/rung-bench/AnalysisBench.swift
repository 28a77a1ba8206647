import PolicyAnalysis
import PolicyGraph
import PolicySemantics

/// What a proof costs: which routes of a policy some request can take.
enum AnalysisBench {
  /// The hidden group that measures a condition of twenty choices in a process of its own.
  static let probe = "analysis-probe"

  static func run(_ report: inout Report) {
    for (count, limit) in [(1_000, 40.0), (10_000, 500.0)] {
      guard let graph = BenchPolicies.graph(AnalysisPolicies.structured(count)) else { return }
      let found = reachable(graph)
      let time = Stopwatch.median(runs: count > 1_000 ? 5 : 15) { _ = reachable(graph) }
      report.add(
        "reachability of \(count) structured routes, \(found.words)", time / 1e6, "ms",
        atMost: limit)
    }
    differences(&report)
    choices(&report)
    for (name, text) in [
      ("200 random routes over 20 fields", AnalysisPolicies.random(200)),
      ("40 routes over 30 free text atoms", AnalysisPolicies.texts(40, atoms: 30)),
    ] {
      guard let graph = BenchPolicies.graph(text) else { return }
      let found = reachable(graph)
      let time = Stopwatch.median(runs: 3) { _ = reachable(graph) }
      report.add("\(name), \(found.words)", time / 1e6, "ms", atMost: 2_000)
    }
  }

  struct Reachability {
    var taken = 0
    var dead = 0
    var notDecided = 0

    var words: String {
      "\(taken) taken, \(dead) dead" + (notDecided > 0 ? ", \(notDecided) not decided" : "")
    }
  }

  /// Every route of a fresh study, `otherwise` too.
  static func reachable(_ graph: DecisionGraph) -> Reachability {
    let study = PolicyStudy(graph)
    var found = Reachability()
    for index in graph.policy.routes.indices {
      do throws(NotDecided) {
        let isTaken = try study.ask { regions throws(DiagramsTooLarge) in
          try regions.isFeasible(try regions.decides(RouteID(index)))
        }
        if isTaken { found.taken += 1 } else { found.dead += 1 }
      } catch {
        found.notDecided += 1
      }
    }
    return found
  }

  // MARK: Two policies

  /// Two policies of a thousand routes: one route of a hundred changed, and all of them reversed.
  private static func differences(_ report: inout Report) {
    guard let old = BenchPolicies.graph(AnalysisPolicies.structured(1_000)),
      let new = BenchPolicies.graph(AnalysisPolicies.structured(1_000, salt: 7)),
      let reversed = BenchPolicies.graph(AnalysisPolicies.structured(1_000, isReversed: true))
    else { return }
    for (name, other) in [("one route of a hundred changed", new), ("all reversed", reversed)] {
      let pairs = (try? PolicyComparison(old, other).differingPairs()) ?? -1
      let time = Stopwatch.median(runs: 9) {
        _ = try? PolicyComparison(old, other).differingPairs()
      }
      report.add(
        "difference of two policies of 1000 routes, \(name): \(pairs) pairs", time / 1e6, "ms",
        atMost: 100)
    }
    let time = Stopwatch.median(runs: 5) { _ = PolicyComparison(old, new).difference() }
    report.add("  the same with witnesses and words, one of a hundred changed", time / 1e6, "ms")
  }

  // MARK: Twenty choices

  private static func choices(_ report: inout Report) {
    guard let graph = BenchPolicies.graph(AnalysisPolicies.choices) else { return }
    let time = Stopwatch.median(runs: 15) { _ = reachable(graph) }
    report.add("a condition of 20 two-way choices", time / 1e6, "ms", atMost: 50)
    if let kibibytes = MemoryBench.answer(of: probe) {
      report.add("  peak memory of a process with it", kibibytes / 1024, "MiB", atMost: 50)
    }
  }

  /// Prints the peak in KiB.
  static func measure() {
    guard let graph = BenchPolicies.graph(AnalysisPolicies.choices) else { return }
    let found = reachable(graph)
    guard found.notDecided == 0, let peak = MemoryBench.peak() else { return }
    print(peak)
  }
}
