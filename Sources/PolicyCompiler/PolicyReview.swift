package import PolicyDiagnostics
import PolicyLint
import PolicySemantics
import PolicySource
import PolicySyntax
package import PolicyWorkspace
package import SettingsReading

/// A policy with all that is found in it: by the checker, by the lint rules where it compiles, and in
/// the `rung.yaml` that sets their severities.
///
/// `rung check`, editors and the gateway show these same findings.
package struct PolicyReview: Sendable {
  package let compilation: PolicyCompilation
  /// Of all phases, by place; its sources hold the settings' file too.
  package let report: DiagnosticReport
  package let errors: ErrorTally

  /// - Parameters:
  ///   - compilation: with the tests that shall be checked too.
  ///   - file: the `rung.yaml` that holds for the policy (``SettingsPlaces``); nil if there is none.
  ///   - rules: every code there is, with the least severity it may be given.
  ///   - read: the bytes of a file the settings name, nil if there is none.
  package init(
    _ compilation: PolicyCompilation,
    settings file: PolicySources.File?,
    rules: RuleFloors,
    read: (String) -> [UInt8]?
  ) {
    self.compilation = compilation
    var sources = compilation.sources
    var settings = LintSettings()
    var inSettings: [Diagnostic] = []
    if let file {
      let parsed = SettingsReader.read(
        sources.add(path: file.path, bytes: file.bytes), rules: rules,
        evidence: { read(PolicyPath.joined($0, to: file.path)) })
      settings = parsed.value
      inSettings = parsed.diagnostics
    }
    let checked = settings.applied(to: compilation.diagnostics)
    let linted = compilation.lint(settings)
    let found = checked + linted + inSettings
    report = DiagnosticReport(
      path: compilation.path, sources: sources,
      diagnostics: found.sorted(by: Diagnostic.isShownBefore))
    errors = ErrorTally(checked: checked, linted: linted)
  }
}
