import OpenAIWire
import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyWorkspace
import RoutingCatalog
import RoutingRequests
import RoutingRuntime
import RoutingTestSupport
import Testing

@testable import PolicyAnalysis

@Suite struct `A policy with its imports written into it` {
  static let trees = 150
  static let requests = 60

  /// Over generated trees of imports: no new finding, no difference, equal decisions, equal tests,
  /// every comment, and nothing left to expand.
  @Test func `checks and decides as the policy does`() throws {
    var (files, decisions, moved, unused, tested) = (0, 0, 0, 0, 0)
    for seed in 0..<UInt64(Self.trees) {
      let tree = ImportTree(seed: seed)
      let loaded = Self.load(tree.files, ImportTree.path)
      let about =
        "seed \(seed)\n"
        + tree.files.sorted { $0.key < $1.key }
        .filter { $0.key.hasSuffix(".rung") }.map { "--- \($0.key)\n\($0.value)" }.joined()
      guard let old = loaded.checked else {
        Issue.record("\(about)\(Self.codes(loaded.diagnostics))")
        return
      }
      files += loaded.files.count
      // Beside the policy, beside an import, and somewhere else.
      let place = ["p/team/policy.rung", "p/org/flat.rung", "out/flat.rung"][Int(seed % 3)]
      var found = Self.flat(loaded, at: place, tree.files)
      if !found.unused.isEmpty {
        unused += 1
        found = Self.flat(loaded, at: place, tree.files, allowing: found.unused)
      }
      let (expanded, flat) = (found.expanded, found.loaded)
      let shown = "\(about)=== \(place)\n\(expanded.text)"
      guard let new = flat.checked else {
        Issue.record("\(shown)\(Self.codes(flat.diagnostics))")
        return
      }
      let findings = Self.codes(flat.diagnostics)
      #expect(findings == Self.codes(loaded.diagnostics), "\(shown)")
      #expect(flat.files.count == 1, "\(shown)")
      #expect(expanded.text.contains("import \"") == false, "\(shown)")
      moved += expanded.declarations.filter(\.isImported).count
      for origin in expanded.declarations {
        let written = loaded.files.first { $0.source.path == origin.path }
        guard let source = written?.source else { throw Missing(path: origin.path) }
        let word = origin.keyword == "fact" ? origin.name ?? "" : origin.keyword
        let there = source.lineText(origin.place.line).utf8.dropFirst(origin.place.utf8Column - 1)
        let here = flat.files[0].source.lineText(origin.line)
        #expect(there.starts(with: word.utf8) && here.contains(word), "\(origin)\n\(shown)")
      }
      let again = PolicyExpander.expand(flat.files, to: place)
      #expect(again.text == expanded.text, "\(shown)\n=== again\n\(again.text)")
      let comments = loaded.files.map { Self.comments($0.source.text(of: $0.source.span)) }.joined()
      let kept = Self.comments(expanded.text).filter { !$0.hasPrefix("from ") }
      #expect(kept.sorted() == Array(comments).sorted(), "\(shown)")

      let graphs = (try DecisionGraph(old), try DecisionGraph(new))
      let difference = PolicyComparison(graphs.0, graphs.1).difference()
      #expect(difference.kinds.isEmpty, "\(difference)\n\(shown)")
      let deciders = (Decider(graphs.0), Decider(graphs.1))
      var random = SplitMix(state: seed)
      for _ in 0..<Self.requests {
        let draft = RequestMaker.draft(&random)
        let one = Self.saying(deciders.0, draft)
        #expect(one == Self.saying(deciders.1, draft), "\(draft)\n\(shown)")
        decisions += 1
      }
      let results = [deciders.0, deciders.1].map { decider in
        Self.runner(decider).run().map { "\($0.title) \($0.failures.count)" }
      }
      tested += results[0].count
      #expect(results[0] == results[1], "\(shown)")
    }
    print(
      "expanded: seeds 0..<\(Self.trees), \(files) files, \(moved) declarations moved, "
        + "\(unused) trees with unused ones, \(decisions) decisions, \(tested) tests")
    #expect(files > 3 * Self.trees && moved > 5 * Self.trees && unused > 20 && tested > 30)
  }

  private struct Missing: Error {
    let path: String
  }

  private static func load(_ files: [String: String], _ path: String) -> LoadedPolicy {
    PolicyLoader.load(
      path: path, read: { files[$0].map { Array($0.utf8) } },
      catalog: { file in
        let parsed = CatalogReader.read(file)
        return (parsed.value?.vocabulary, parsed.diagnostics)
      })
  }

  private static func flat(
    _ loaded: LoadedPolicy, at path: String, _ files: [String: String], allowing: Set<Int> = []
  ) -> (expanded: ExpandedPolicy, loaded: LoadedPolicy, unused: Set<Int>) {
    let expanded = PolicyExpander.expand(loaded.files, to: path, allowing: allowing)
    var files = files
    files[path] = expanded.text
    let flat = load(files, path)
    let unused = flat.files.first.map {
      PolicyExpander.unused(in: $0, flat.diagnostics, among: expanded.declarations)
    }
    return (expanded, flat, unused ?? [])
  }

  private static func codes(_ diagnostics: [Diagnostic]) -> [String] {
    // Importing a file twice is found where it is imported.
    diagnostics.map { "\($0.severity) \($0.code.rawValue) \($0.message)" }.sorted()
  }

  private static func comments(_ text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      guard let hash = line.firstIndex(of: "#") else { return nil }
      let words = line[hash...].drop { $0 == "#" }.drop { $0 == " " }
      return words.isEmpty ? nil : String(words)
    }
  }

  private static func runner(_ decider: Decider) -> PolicyTestRunner {
    PolicyTestRunner(decider) { file in
      guard let request = try? ChatRequest(Array(file.text.utf8)) else {
        return .failure(.init("no request"))
      }
      return .success(RequestInput(request, moment: PolicyTestRunner.moment))
    }
  }

  /// A decision by what has an order of its own: the flat policy numbers everything alike.
  private static func saying(_ decider: Decider, _ draft: RequestDraft) -> String {
    guard let decision = try? decider.decide(draft.input(for: decider.graph)) else {
      return "does not fit"
    }
    var lines = [
      "\(decision.route.map(\.index) as Any) \(decision.task.map(\.index) as Any)",
      "\(decision.arm.map(\.index) as Any) \(decision.cost) \(decision.tokens)",
    ]
    lines += decision.budgets.map { "budget \($0.budget.index)" }
    lines += decision.plan.calls.map { call in
      "\(call.isKept) \(call.model.map(\.index) as Any) \(call.output) \(call.cost) "
        + "\(call.step.accepts.map(\.gate.index)) \(call.step.attempts)"
    }
    switch decision.outcome {
    case .route: lines.append("routed")
    case .needs(let id): lines.append("needs \(id.index)")
    case .refused(.byGuard(let id, let message, _)): lines.append("\(id.index) \(message)")
    case .refused(.byRoute(let id, let message, _)): lines.append("\(id.index) \(message)")
    case .refused: lines.append("refused")
    }
    return lines.joined(separator: "\n")
  }
}
