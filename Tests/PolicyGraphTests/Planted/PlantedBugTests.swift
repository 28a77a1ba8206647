import PolicySemantics
import Testing

@testable import PolicyGraph

/// The comparison with the reference is worth something: it finds every mistake planted here.
@Suite struct PlantedBugTests {
  static let pairLimit = 40_000
  static let requestsPerPolicy = 100

  @Test func `plants at least twenty different bugs`() {
    #expect(Set(PlantedBug.all.map(\.name)).count >= 20)
  }

  @Test(arguments: PlantedBug.all)
  func `finds a planted bug`(_ bug: PlantedBug) throws {
    var random = SeededRandom(seed: 0xb06)
    var pairs = 0
    while pairs < PlantedBugTests.pairLimit {
      let seed = random.next()
      var generator = PolicyGenerator(seed: seed)
      let compiled = try Compiled(texts: generator.files())
      var parts = compiled.graph.parts
      guard bug.plant(&parts, &random) else { continue }
      if let found = finds(DecisionGraph(parts), compiled, seed) {
        print("found after \(pairs + found) pairs: \(bug)")
        return
      }
      pairs += PlantedBugTests.requestsPerPolicy
    }
    Issue.record("\(pairs) pairs did not find it: \(bug)")
  }

  /// How many requests it took to see that a graph is wrong; nil if none showed it.
  private func finds(_ graph: DecisionGraph, _ compiled: Compiled, _ seed: UInt64) -> Int? {
    var generator = RequestGenerator(seed: seed, for: compiled.policy)
    var scratch = Scratch(for: graph)
    let memory = ReferenceTexts.Memory()
    for number in 1...PlantedBugTests.requestsPerPolicy {
      let input = generator.request()
      let expected = Pair.byReference(compiled.policy, input, memory).verdict
      if Pair.byGraph(graph, input, &scratch) != expected { return number }
    }
    return nil
  }
}
