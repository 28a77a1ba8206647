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
    func load(_ read: (String) -> [UInt8]?) -> LoadedPolicy {
      PolicyLoader.load(
        path: self.path, read: read, catalog: { _ in (vocabulary, []) },
        otherRules: LintRules.codes, tests: tests, reusing: files)
    }
    let loaded = load { $0 == path ? bytes : kept.bytes(of: $0) }
    if let checked = loaded.checked {
      return (try? DecisionGraph(checked)).map(Change.compiles) ?? .doesNotCompile
    }
    let errors = loaded.diagnostics.filter { $0.severity == .error }
    guard let title = errors.lazy.compactMap({ loaded.files.testTitle(around: $0) }).first,
      load({ loaded.files.withoutTests($0) ?? kept.bytes(of: $0) }).checked != nil
    else { return .doesNotCompile }
    return .breaksTest(title)
  }
}

extension [PolicyFile] {
  /// A file with blanks for its tests and promises; nil if it is none of these.
  fileprivate func withoutTests(_ path: String) -> [UInt8]? {
    guard let file = first(where: { $0.source.path == path }) else { return nil }
    var bytes = file.source.bytes
    for declaration in file.declarations {
      switch declaration.content {
      case .test, .always:
        for place in Int(declaration.span.start)..<Int(declaration.span.end)
        where bytes[place] != UInt8(ascii: "\n") {
          bytes[place] = UInt8(ascii: " ")
        }
      case .catalog, .zone, .importing, .condition, .facts, .classifier, .points, .task, .budget,
        .gate, .ladder, .compression, .guarding, .route:
        break
      }
    }
    return bytes
  }

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
