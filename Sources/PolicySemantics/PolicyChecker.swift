package import PolicyDiagnostics
package import PolicySource
package import PolicySyntax
package import PolicyUnits

/// Holds a policy against its vocabulary: names, types, units, and everything else LANGUAGE says
/// about a policy that can be decided before a request comes.
package enum PolicyChecker {
  /// Checks a policy and its imports together.
  ///
  /// All mistakes are reported in one pass, each once, in the order of their places; warnings an
  /// `@allow` covers are left out. The value is nil exactly if a diagnostic is an error. Nothing is
  /// read but the arguments; the time is linear in the size of the files, the report apart.
  ///
  /// - Parameters:
  ///   - parsed: the policy first, then its imports in the order they are imported.
  ///   - vocabulary: nil if the catalog could not be read: then no model is unknown, and nothing
  ///     compiles.
  ///   - files: the texts the policy names, by ``PolicyPath/key(_:writtenIn:isPolicy:)``.
  ///   - sources: every file a span may point into; made from `parsed` if left out.
  ///   - today: the day `until` dates are held against; nil to leave that unchecked.
  ///   - isIncomplete: whether parts of the files could not be parsed: then nothing is reported as
  ///     absent or unused, and nothing compiles.
  ///   - lacksImports: whether an import could not be read: then no name it may have declared is
  ///     reported as unknown.
  ///   - otherRules: codes of later phases that `@allow` may name; they decide about them.
  ///   - tests: those of the files that hold the policy's tests and may hold nothing else.
  /// - Returns: the checked policy, nil if it has an error, and what was found.
  package static func check(
    files parsed: [PolicyFile],
    vocabulary: Vocabulary?,
    files: [String: PolicyTextFile] = [:],
    sources: SourceMap? = nil,
    today: CalendarDate? = nil,
    isIncomplete: Bool = false,
    lacksImports: Bool = false,
    otherRules: Set<String> = [],
    tests: Set<SourceID> = []
  ) -> Parsed<CheckedPolicy?> {
    var report = Report()
    let declared = Declared(files: parsed, tests: tests, report: &report)
    let map =
      sources ?? SourceMap(files: parsed.map(\.source).sorted { $0.id < $1.id })
    var checker = Checker(
      declared: declared, sources: map, policy: parsed.first?.source.id, files: files,
      isIncomplete: isIncomplete || lacksImports, lacksImports: lacksImports,
      scope: Scope(vocabulary: vocabulary, zone: declared.zones.first?.node.value),
      report: report)
    let parts = checker.checkAll()
    let suppressions = checker.applySuppressions(otherRules: otherRules, today: today)
    let diagnostics = checker.report.diagnostics.inOrder
    guard !diagnostics.hasErrors, !isIncomplete, !lacksImports, let vocabulary else {
      return Parsed(nil, diagnostics: diagnostics)
    }
    let policy = CheckedPolicy(
      sources: map, vocabulary: vocabulary, zone: checker.scope.zone,
      facts: parts.facts.compactMap { $0 },
      classifiers: parts.classifiers.compactMap { $0 },
      conditions: parts.conditions.compactMap { $0 },
      points: parts.points.compactMap { $0 }, tasks: parts.tasks.compactMap { $0 },
      budgets: parts.budgets.compactMap { $0 },
      gates: parts.gates.compactMap { $0 }, ladders: parts.ladders.compactMap { $0 },
      compressions: parts.compressions.compactMap { $0 }, guards: parts.guards.compactMap { $0 },
      routes: parts.routes.compactMap { $0 }, tests: parts.tests.compactMap { $0 },
      always: parts.always.compactMap { $0 },
      files: files, suppressions: suppressions)
    return Parsed(policy, diagnostics: diagnostics)
  }
}

/// What was checked; nil where a part did not.
struct CheckedParts {
  var facts: [CheckedFact?] = []
  var classifiers: [CheckedClassifier?] = []
  var conditions: [CheckedNamedCondition?] = []
  var points: [CheckedPoints?] = []
  var tasks: [CheckedTask?] = []
  var budgets: [CheckedBudget?] = []
  var gates: [CheckedGate?] = []
  var ladders: [CheckedLadder?] = []
  var compressions: [CheckedCompression?] = []
  var guards: [CheckedGuard?] = []
  var routes: [CheckedRoute?] = []
  var tests: [CheckedTest?] = []
  var always: [CheckedAlways?] = []
}
