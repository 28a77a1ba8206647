import PolicyDiagnostics
import PolicyGraph
import PolicyLint
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits
import PolicyWorkspace
import RoutingCatalog
import RoutingGates

/// A policy named on the command line, read from disk with all it needs.
struct PolicyFolder {
  let path: String
  /// Of every file and every phase, by place.
  let diagnostics: [Diagnostic]
  let sources: SourceMap
  /// As parsed: the policy first, then its imports.
  let files: [PolicyFile]
  /// Nil if there is no catalog that can be read.
  private let catalog: Catalog?
  private let gates: GateBook?
  /// Nil exactly if a diagnostic is an error.
  let graph: DecisionGraph?
  /// All that was read.
  let kept: PolicySources
  /// The files of tests among it.
  private let tests: [String]

  /// Reads `argument`: a policy file, or a folder with a `policy.rung` in it.
  ///
  /// `edited` is what shall stand in files instead of what is on disk, by their paths. With tests
  /// the files beside it that hold nothing else are read too.
  init(
    _ argument: String, edited: [String: [UInt8]] = [:], withTests: Bool = false
  ) throws(CommandFailure) {
    let path = try Self.policyPath(argument)
    if let owner = TestFiles.owner(of: path) {
      throw CommandFailure("`\(path)` holds tests of `\(owner)`: name that")
    }
    let tests = withTests ? TestFiles.of(path) : []
    self.init(path: path, today: Moment.today, tests: tests) { edited[$0] ?? Files.bytes($0) }
  }

  /// Reads a policy as it was when it was kept: its files may have changed, and the day has.
  init(_ kept: PolicySources) {
    self.init(path: kept.path, today: nil) { kept.bytes(of: $0) }
  }

  private init(
    path: String, today: CalendarDate?, tests: [String] = [], read: (String) -> [UInt8]?
  ) {
    self.path = path
    self.tests = tests
    var catalog: Catalog?
    var mayNameZone = false
    let loaded = PolicyLoader.load(
      path: path,
      read: { path in
        let bytes = read(path)
        if let bytes, bytes.containsZone { mayNameZone = true }
        return bytes
      },
      catalog: { file in
        let parsed = CatalogReader.read(file)
        catalog = parsed.value
        // The policy and its imports are read by now; few of them name a zone.
        let vocabulary = parsed.value?.vocabulary
        // A kept policy is as it was: its zone was known then.
        mayNameZone = mayNameZone && today != nil
        return (mayNameZone ? vocabulary?.withZones() : vocabulary, parsed.diagnostics)
      },
      today: today, otherRules: LintRules.codes, tests: tests)
    self.catalog = catalog
    sources = loaded.sources
    kept = loaded.kept
    files = loaded.files
    let checked = loaded.checked
    // A schema no answer can be held to, patterns too large together: the last things a check finds.
    var late: [Diagnostic] = []
    do throws(GateProblem) {
      gates = try checked.map { policy throws(GateProblem) in try GateBook(policy) }
    } catch {
      gates = nil
      late.append(error.diagnostic)
    }
    var graph: DecisionGraph?
    do throws(LoweringProblem) {
      graph = try checked.map { policy throws(LoweringProblem) in try DecisionGraph(policy) }
    } catch {
      late.append(error.diagnostic)
    }
    self.graph = late.isEmpty ? graph : nil
    diagnostics = loaded.diagnostics + late
  }

  /// The policy and its imports.
  var filesWithoutTests: [PolicyFile] {
    files.filter { file in !tests.contains(file.source.path) }
  }

  /// The graph and the catalog of a policy without errors.
  ///
  /// Otherwise its diagnostics go to standard error and the command ends.
  func compiled() throws(CommandFailure) -> CompiledPolicy {
    guard let compiled = compiledOrNil else {
      Terminal.error(
        DiagnosticsOutput.text(
          diagnostics.filter { $0.severity == .error }, in: sources,
          whereTheRestIs: "`rung check --all` shows them", coloured: Terminal.coloursErrors))
      throw CommandFailure("`\(path)` has errors", exit: .findings)
    }
    return compiled
  }

  /// The same without a word; nil if the policy has errors.
  var compiledOrNil: CompiledPolicy? {
    guard let graph, let catalog, let gates else { return nil }
    return CompiledPolicy(path: path, graph: graph, catalog: catalog, gates: gates, kept: kept)
  }

  /// The policy with one of its files changed, all else as it was read; nil if it does not compile.
  func graph(with path: String, holding bytes: [UInt8]) -> DecisionGraph? {
    guard let vocabulary = graph?.policy.vocabulary else { return nil }
    let loaded = PolicyLoader.load(
      path: self.path, read: { $0 == path ? bytes : kept.bytes(of: $0) },
      catalog: { _ in (vocabulary, []) }, otherRules: LintRules.codes, tests: tests)
    return loaded.checked.flatMap { try? DecisionGraph($0) }
  }

  /// The first error with its place, on one line.
  var firstError: String {
    Self.firstError(of: diagnostics, in: sources) ?? "`\(path)` cannot be read"
  }

  /// The same of any findings; nil if none is an error.
  static func firstError(of diagnostics: [Diagnostic], in sources: SourceMap) -> String? {
    guard let error = diagnostics.first(where: { $0.severity == .error }) else { return nil }
    let message = "\(error.message) [\(error.code.rawValue)]"
    guard let place = sources.location(of: error.span), let file = sources[error.span.file] else {
      return message
    }
    return "\(file.path):\(place.line):\(place.column): \(message)"
  }

  /// What the lint rules find in a policy without errors; nothing in another.
  func lint(_ settings: LintSettings) -> [Diagnostic] {
    guard let graph else { return [] }
    let subject = LintSubject(graph: graph, files: files, evidence: settings.evidence)
    return Linter.findings(in: subject, settings: settings)
  }

  static func policyPath(_ argument: String) throws(CommandFailure) -> String {
    guard let isFolder = Files.isFolder(argument) else {
      throw CommandFailure("there is no `\(argument)`")
    }
    guard isFolder else { return argument }
    var folder = argument
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    let path = folder == "." ? "policy.rung" : folder + "/policy.rung"
    guard Files.isFolder(path) == false else {
      throw CommandFailure("`\(argument)` has no policy.rung; `rung init` writes one")
    }
    return path
  }
}

/// A policy ready to decide.
struct CompiledPolicy {
  let path: String
  let graph: DecisionGraph
  let catalog: Catalog
  let gates: GateBook
  /// The files it was made of.
  let kept: PolicySources

  var policy: CheckedPolicy { graph.policy }
}

extension Vocabulary {
  /// With the time zones of this machine, so that a misspelt one is found.
  fileprivate func withZones() -> Vocabulary {
    var vocabulary = self
    vocabulary.zones = TimeZones.known
    return vocabulary
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
