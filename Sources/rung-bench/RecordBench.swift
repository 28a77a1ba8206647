import Foundation
import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicyWorkspace
import RoutingCatalog
import RoutingRuntime

/// What the ledger adds to a decision: keeping all it read of a request.
enum RecordBench {
  private static let count = 5_000

  static func run(_ report: inout Report) {
    guard let decider = support() else {
      print("recording: policies/support cannot be loaded from here, nothing was measured")
      return
    }
    // Words no route waits for, so that every text test has to be answered by the record.
    let sentence = "The parcel with number 4711 has not come, and nobody answers the telephone. "
    let kilobyte = String(String(repeating: sentence, count: 14).prefix(1_024))
    measure(decider, kilobyte, "1 KB", atMost: 20, &report)
    measure(decider, String(repeating: kilobyte, count: 32), "32 KB", atMost: nil, &report)
  }

  private static func measure(
    _ decider: Decider, _ prompt: String, _ size: String, atMost limit: Double?,
    _ report: inout Report
  ) {
    let input = RequestInput.plain(prompt)
    let expectations = Expectations()
    var scratch = Scratch(for: decider.graph)
    var bytes = 0
    func time(recording: Bool) -> Double {
      Stopwatch.median(runs: 7) {
        for _ in 0..<count {
          guard var facts = try? decider.graph.facts(of: input) else { return }
          let sizes = recording ? decider.sizes(of: input) : nil
          let decision = decider.decide(
            input, measured: sizes, &facts, expecting: expectations, in: &scratch)
          guard let sizes else { continue }
          bytes =
            decider.record(
              decision, of: input, measured: sizes, &facts, expecting: expectations, in: &scratch
            ).count
        }
      }
    }
    let without = time(recording: false)
    let with = time(recording: true)
    report.add(
      "recording a decision, support, \(size) prompt", (with - without) / Double(count) / 1_000,
      "µs", atMost: limit)
    report.add("  bytes of the record", Double(bytes), "B")
  }

  private static func support() -> Decider? {
    let loaded = PolicyLoader.load(
      path: "policies/support/policy.rung",
      read: { FileManager.default.contents(atPath: $0).map(Array.init) },
      catalog: { file in
        let catalog = CatalogReader.read(file)
        return (catalog.value?.vocabulary, catalog.diagnostics)
      },
      // Rules the policy names in its `@allow`s; nothing is linted here.
      otherRules: ["guard_on_caller_fact"])
    return loaded.checked.flatMap { try? DecisionGraph($0) }.map(Decider.init)
  }
}
