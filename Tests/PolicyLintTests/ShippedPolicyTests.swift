import Foundation
import PolicyDiagnostics
import PolicyGraph
import PolicyLint
import PolicySemantics
import PolicySource
import PolicyWorkspace
import RoutingCatalog
import Testing

/// What we ship is what people copy: it draws remarks at most.
@Suite struct `Shipped policies` {
  @Test func `draw nothing above a note`() throws {
    var linted = 0
    for path in try shippedPolicies() {
      guard let findings = try findings(in: path) else {
        print("\(path) does not compile, and is not meant to")
        continue
      }
      linted += 1
      for found in findings {
        print("\(path): \(found.severity) \(found.code.rawValue): \(found.message)")
        #expect(
          found.severity == .note, "\(path): \(found.code.rawValue): \(found.message)")
      }
    }
    print("shipped policies linted: \(linted)")
    #expect(linted >= 4)
  }

  /// A walk-through of what is found.
  private static let mistakenOnPurpose = "05-prove-a-policy/"

  private var project: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  private func shippedPolicies() throws -> [String] {
    try ["policies", "examples"].flatMap { folder in
      try FileManager.default.subpathsOfDirectory(atPath: project.appending(path: folder).path)
        .filter { $0.hasSuffix(".rung") && !$0.hasPrefix(Self.mistakenOnPurpose) }
        .map { "\(folder)/\($0)" }
    }.sorted()
  }

  /// Nil for a policy that does not compile.
  private func findings(in path: String) throws -> [Diagnostic]? {
    let loaded = PolicyLoader.load(
      path: path,
      read: { try? Array(Data(contentsOf: project.appending(path: $0))) },
      catalog: { file in
        let parsed = CatalogReader.read(file)
        return (parsed.value?.vocabulary, parsed.diagnostics)
      },
      otherRules: LintRules.codes)
    guard let policy = loaded.checked else { return nil }
    let subject = LintSubject(graph: try DecisionGraph(policy), files: loaded.files)
    return Linter.check(subject).filter { found in
      !policy.suppressions.contains { $0.rule == found.code && $0.covers.contains(found.span) }
    }
  }
}
