import PolicyCompiler
package import PolicyDiagnostics
import PolicyLint
package import PolicySemantics
package import PolicySource
import PolicySyntax
package import PolicyUnits
import PolicyWorkspace
import RoutingRuntime
package import SettingsReading

/// Everything an editor can be told of one policy as it stands: its own file, its imports, its tests
/// and its catalog.
///
/// A value: it says of the bytes it was made of what every tool would say, whatever has become of the
/// files since. What takes long (rules, figures, proofs) is worked out when it is first asked for.
/// Every question has an answer for every place, in a file with errors too.
package struct PolicySnapshot: Sendable {
  /// The policy's own path.
  package let path: String
  /// The policy first, then its imports and tests, its catalog, and its settings if there are any.
  package let sources: SourceMap
  /// What parser, checker and lowering find, by place, with the severities of the settings.
  package let diagnostics: [Diagnostic]
  let compilation: PolicyCompilation
  private let settings: LintSettings
  private let inputs: Inputs
  private let index = Once<NameIndex>()
  private let lint = Once<[Diagnostic]>()
  private let deciders = Once<Decider?>()
  private let results = Once<[PolicyTestResult]>()

  /// What a snapshot is made of beside the files.
  private struct Inputs: Sendable {
    let tests: [String]
    let today: CalendarDate?
    let settings: PolicySettings?
    let rules: RuleFloors
    let zones: MachineZones
  }

  /// The settings as they were read.
  private struct PolicySettings: Sendable {
    let path: String
    let bytes: [UInt8]
    let settings: LintSettings
    let diagnostics: [Diagnostic]
  }

  /// Reads, checks and lowers a policy; no rule is run yet.
  ///
  /// Never fails: what is wrong is a diagnostic.
  ///
  /// - Parameters:
  ///   - path: the policy's own path.
  ///   - tests: paths of files with more of its tests.
  ///   - today: the day `@allow(… until:)` is held against; nil to leave that unchecked.
  ///   - settingsPath: the `rung.yaml` that holds for the policy; nil if there is none.
  ///   - rules: every code there is, for the settings.
  ///   - zones: the time zones of this machine; empty to let every well-formed one pass.
  ///   - earlier: the same policy before some of its files changed: what did not is not read again.
  ///   - read: the bytes of a file, nil if there is none.
  package init(
    path: String,
    tests: [String] = [],
    today: CalendarDate?,
    settingsPath: String? = nil,
    rules: RuleFloors = RuleFloors(pages: RuleWords.pages),
    zones: MachineZones = [],
    after earlier: PolicySnapshot? = nil,
    read: (String) -> [UInt8]?
  ) {
    self.path = path
    compilation = PolicyCompilation(
      path: path, today: today, tests: tests, zones: { zones }, reusing: earlier?.compilation,
      read: read)
    var sources = compilation.sources
    var inSettings: [Diagnostic] = []
    var settings = LintSettings()
    var kept: PolicySettings?
    if let settingsPath, let bytes = read(settingsPath) {
      let parsed = SettingsReader.read(
        sources.add(path: settingsPath, bytes: bytes), rules: rules,
        evidence: { read(PolicyPath.joined($0, to: settingsPath)) })
      settings = parsed.value
      inSettings = parsed.diagnostics
      kept = PolicySettings(
        path: settingsPath, bytes: bytes, settings: settings, diagnostics: inSettings)
    }
    self.sources = sources
    self.settings = settings
    inputs = Inputs(tests: tests, today: today, settings: kept, rules: rules, zones: zones)
    diagnostics = (settings.applied(to: compilation.diagnostics) + inSettings)
      .sorted(by: Diagnostic.isShownBefore)
  }

  /// The same policy with some of its files changed, by path; all else as it was read.
  package func edited(_ changed: [String: [UInt8]]) -> PolicySnapshot {
    let kept = compilation.kept
    return PolicySnapshot(
      path: path, tests: inputs.tests, today: inputs.today, settingsPath: inputs.settings?.path,
      rules: inputs.rules, zones: inputs.zones, after: self
    ) { path in
      changed[path] ?? kept.bytes(of: path)
        ?? (path == inputs.settings?.path ? inputs.settings?.bytes : nil)
    }
  }

  /// Whether it has no errors, so that it decides and the rules look at it.
  package var compiles: Bool { compilation.compiled != nil }

  /// What the lint rules find, with the severities of the settings; nothing in a policy with errors.
  ///
  /// Slower than all else, and worked out once. A task that was cancelled gets nothing.
  package func linted() -> [Diagnostic] {
    lint.value(unless: { Task.isCancelled }) {
      compilation.lint(settings, isCancelled: { Task.isCancelled })
    } ?? []
  }

  // MARK: - What the questions are answered from

  /// Every name and its places.
  var names: NameIndex {
    index.value { NameIndex(compilation.files, compilation.vocabulary) }
  }

  /// Nil if the policy has errors.
  var decider: Decider? { deciders.value { compilation.graph.map(Decider.init) } }

  /// What came of the policy's tests, in written order; none if it has errors.
  var testResults: [PolicyTestResult] {
    results.value {
      guard let decider else { return [] }
      return PolicyTestRunner(decider, readFile: TestRequestFile.input).run()
    }
  }

  /// The tree of a file of the policy; nil for its catalog and its settings.
  func tree(of file: SourceID) -> PolicyFile? {
    compilation.files.first { $0.source.id == file }
  }

  /// The policy's own file.
  var policyFile: SourceID? { compilation.files.first?.source.id }

  var catalogFile: SourceID? { compilation.catalogFile }

  /// The catalog's; nil if there is none that can be read.
  var currency: String? { compilation.vocabulary?.currency }

  /// The first of its files that does not parse.
  var syntaxError: (file: SourceFile, span: Span)? {
    for file in compilation.files.map(\.source) {
      let errors = PolicyParser.parse(file).diagnostics.filter { $0.severity == .error }
      if let error = errors.min(by: Diagnostic.isShownBefore) { return (file, error.span) }
    }
    return nil
  }

  /// Whether one of some files, by path, is a part of it or is asked by a test of it.
  package func isMade(of files: Set<String>, real: (String) -> String = { $0 }) -> Bool {
    sources.files.contains { files.contains(real($0.path)) }
      || RequestFileNames(policy: self).paths.contains { files.contains(real($0)) }
  }
}
