package import PolicyDiagnostics
package import PolicyGraph
package import PolicyLint
package import PolicySemantics
package import PolicySource
package import PolicySyntax
package import PolicyUnits
package import PolicyWorkspace
import RoutingCatalog
import RoutingGates

/// A policy with all it needs, compiled as far as it goes: what every tool, the gateway and whoever
/// embeds Rung starts from.
///
/// Files come in through a closure, so that a disk, an editor's buffers and a bundle are one to it.
package struct PolicyCompilation: Sendable {
  package let path: String
  /// Of every file and every phase up to the graph, by place.
  package let diagnostics: [Diagnostic]
  /// The policy first, then its imports in the order they are reached, then its catalog.
  package let sources: SourceMap
  /// As parsed: the policy first, then its imports, then the files of its tests.
  package let files: [PolicyFile]
  /// All that was read.
  package let kept: PolicySources
  /// Ready to decide; nil exactly if a diagnostic is an error.
  package let compiled: CompiledPolicy?
  /// The files of tests among what was read.
  let tests: [String]
  /// The catalog as it was read, for whoever compiles again with the same one.
  private let catalogRead: CatalogRead?

  /// Loads a policy, checks all of it and lowers it.
  ///
  /// Never fails: what is wrong is a diagnostic.
  ///
  /// - Parameters:
  ///   - path: the policy's own path, as messages shall show it.
  ///   - today: the day `@allow(… until:)` is held against; nil to leave that unchecked, and the zone
  ///     with it: a kept policy is as it was.
  ///   - tests: paths of files with more of the policy's tests.
  ///   - zones: the time zones of this machine, asked for only where a zone may be named.
  ///   - earlier: what the policy was before some file changed: a catalog that did not is not read
  ///     again.
  ///   - read: the bytes of a file, nil if there is none; asked once for each path.
  package init(
    path: String,
    today: CalendarDate?,
    tests: [String] = [],
    zones: () -> MachineZones = { [] },
    reusing earlier: PolicyCompilation? = nil,
    read: (String) -> [UInt8]?
  ) {
    self.path = path
    self.tests = tests
    var catalogRead: CatalogRead?
    var mayNameZone = false
    let loaded = PolicyLoader.load(
      path: path,
      read: { path in
        let bytes = read(path)
        if let bytes, bytes.containsZone { mayNameZone = true }
        return bytes
      },
      catalog: { file in
        let known = earlier?.catalogRead.flatMap { $0.isOf(file) ? $0 : nil }
        let parsed = known ?? CatalogRead(file)
        catalogRead = parsed
        var vocabulary = parsed.catalog?.vocabulary
        // The policy and its imports are read by now; few of them name a zone.
        if mayNameZone, today != nil { vocabulary?.zones = zones() }
        return (vocabulary, parsed.diagnostics)
      },
      today: today, otherRules: LintRules.codes, tests: tests)
    sources = loaded.sources
    kept = loaded.kept
    files = loaded.files
    // A schema no answer can be held to, patterns too large together: the last things a check finds.
    var late: [Diagnostic] = []
    var gates: GateBook?
    do throws(GateProblem) {
      gates = try loaded.checked.map { policy throws(GateProblem) in try GateBook(policy) }
    } catch {
      late.append(error.diagnostic)
    }
    var graph: DecisionGraph?
    do throws(LoweringProblem) {
      graph = try loaded.checked.map { policy throws(LoweringProblem) in try DecisionGraph(policy) }
    } catch {
      late.append(error.diagnostic)
    }
    diagnostics = loaded.diagnostics + late
    self.catalogRead = catalogRead
    if let graph, let gates, let catalog = catalogRead?.catalog {
      compiled = CompiledPolicy(
        path: path, graph: graph, catalog: catalog, gates: gates, kept: loaded.kept)
    } else {
      compiled = nil
    }
  }

  /// A policy as it was when it was kept: its files may have changed, and the day has.
  package init(_ kept: PolicySources) {
    self.init(path: kept.path, today: nil) { kept.bytes(of: $0) }
  }

  package var graph: DecisionGraph? { compiled?.graph }

  /// What a policy may name of its catalog; nil if that cannot be read.
  package var vocabulary: Vocabulary? { catalogRead?.catalog?.vocabulary }

  /// The catalog among the ``sources``; nil if the policy names none that can be read.
  package var catalogFile: SourceID? { catalogRead?.file.id }

  /// The policy and its imports.
  package var filesWithoutTests: [PolicyFile] {
    files.filter { file in !tests.contains(file.source.path) }
  }

  /// What the lint rules find in a policy without errors; nothing in another, and nothing if nobody
  /// waits for it any more.
  package func lint(
    _ settings: LintSettings, isCancelled: () -> Bool = { false }
  ) -> [Diagnostic] {
    guard let graph else { return [] }
    let subject = LintSubject(graph: graph, files: files, evidence: settings.evidence)
    return Linter.findings(in: subject, settings: settings, isCancelled: isCancelled)
  }

  /// The first error with its place, on one line.
  package var firstError: String {
    diagnostics.firstError(in: sources) ?? "`\(path)` cannot be read"
  }
}

extension Sequence<Diagnostic> {
  /// The first error with its place, on one line; nil if none is an error.
  package func firstError(in sources: SourceMap) -> String? {
    guard let error = first(where: { $0.severity == .error }) else { return nil }
    let message = "\(error.message) [\(error.code.rawValue)]"
    guard let place = sources.location(of: error.span), let file = sources[error.span.file] else {
      return message
    }
    return "\(file.path):\(place.line):\(place.column): \(message)"
  }
}

/// A catalog's file and what it says.
private struct CatalogRead: Sendable {
  let file: SourceFile
  /// Nil if it cannot be read.
  let catalog: Catalog?
  let diagnostics: [Diagnostic]

  init(_ file: SourceFile) {
    self.file = file
    let parsed = CatalogReader.read(file)
    catalog = parsed.value
    diagnostics = parsed.diagnostics
  }

  /// Whether it is what reading this file would give, places and all.
  func isOf(_ other: SourceFile) -> Bool {
    file.id == other.id && file.path == other.path && file.bytes == other.bytes
  }
}

extension [UInt8] {
  /// Whether the word `zone` stands anywhere in it.
  fileprivate var containsZone: Bool {
    let word = Array("zone".utf8)
    guard count >= word.count else { return false }
    return (0...(count - word.count)).contains {
      self[$0] == word[0] && self[$0..<($0 + 4)] == word[...]
    }
  }
}
