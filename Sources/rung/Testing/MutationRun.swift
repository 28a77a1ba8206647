import PolicyCompiler
import PolicyGraph
import PolicyMutation
import PolicySource
import PolicySyntax
import PolicyUnits
import RoutingRuntime
import Synchronization

/// Makes the mutants of a policy, and tries its tests on each.
struct MutationRun {
  private let compilation: PolicyCompilation
  private let compiled: CompiledPolicy
  /// In the titles of the tests that are run; nil for all.
  private let words: String?
  /// Each mutant with the file it is a mistake in.
  private let mutants: [(mutant: Mutant, file: SourceFile)]

  init(_ compilation: PolicyCompilation, _ compiled: CompiledPolicy, only words: String?) {
    self.words = words
    self.compilation = compilation
    self.compiled = compiled
    mutants = compilation.filesWithoutTests.flatMap { file in
      MutantFinder.mutants(of: file).map { ($0, file.source) }
    }
  }

  /// O(mutants × tests), and a comparison of policies for each that no test notices.
  func findings() async throws -> MutationFindings {
    let count = mutants.count
    let done = Tally()
    return try await Progress.during { _ in
      "\(done.count) of \(Amounts.count(count, "mutant"))"
    } _: {
      let decider = Decider(compiled.graph)
      let study = MutationStudy(
        decider, TestRun.tests(of: decider, only: words), reading: TestRun.request(ofBody:))
      var entries: [MutationFindings.Entry] = []
      for (mutant, file) in mutants {
        let fate: MutationFindings.Fate =
          switch compilation.changed(file.path, holding: mutant.bytes(of: file)) {
          case .compiles(let graph): study.fate(of: mutant, graph)
          case .breaksTest(let title): .killed(by: title)
          case .doesNotCompile: .rejected
          }
        entries.append(MutationFindings.Entry(mutant: mutant, fate: fate))
        done.add()
      }
      return MutationFindings(mutants: entries)
    }
  }

  /// How many are done, for whoever waits.
  private final class Tally: Sendable {
    private let number = Mutex(0)

    var count: Int { number.withLock { $0 } }

    func add() { number.withLock { $0 += 1 } }
  }
}
