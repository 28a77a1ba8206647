import PolicyDiagnostics
package import PolicyGraph
import PolicyLint
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyWorkspace

extension PolicyCompilation {
  /// What becomes of a policy when one of its files changes.
  package enum Change: Sendable {
    case compiles(DecisionGraph)
    /// It would compile, but for a test or an `always`, named by its title: it speaks of something
    /// that is gone.
    case breaksTest(String)
    case doesNotCompile
  }

  /// The policy with one of its files changed, all else as it was read.
  ///
  /// Of a policy without errors; another stays as it is.
  package func changed(_ path: String, holding bytes: [UInt8]) -> Change {
    guard let vocabulary = graph?.policy.vocabulary else { return .doesNotCompile }
    let loaded = PolicyLoader.load(
      path: self.path, read: { $0 == path ? bytes : kept.bytes(of: $0) },
      catalog: { _ in (vocabulary, []) }, otherRules: LintRules.codes, tests: tests)
    if let checked = loaded.checked {
      return (try? DecisionGraph(checked)).map(Change.compiles) ?? .doesNotCompile
    }
    let titles = loaded.diagnostics.filter { $0.severity == .error }
      .map { loaded.files.testTitle(around: $0) }
    guard let first = titles.first, let title = first, !titles.contains(nil) else {
      return .doesNotCompile
    }
    return .breaksTest(title)
  }
}

extension [PolicyFile] {
  /// The title of the test or the `always` a finding lies in; nil if it lies in neither.
  fileprivate func testTitle(around finding: Diagnostic) -> String? {
    for file in self where file.source.id == finding.span.file {
      for declaration in file.declarations
      where declaration.span.start <= finding.span.start && finding.span.end <= declaration.span.end
      {
        switch declaration.content {
        case .test(let test): return test.title.value
        case .always(let always): return always.title.value
        case .catalog, .zone, .importing, .condition, .facts, .classifier, .points, .task, .budget,
          .gate, .ladder, .compression, .guarding, .route:
          return nil
        }
      }
    }
    return nil
  }
}
