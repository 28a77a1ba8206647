package import PolicyDiagnostics

/// How much the findings of each rule shall matter and what has been measured, as `rung.yaml` says.
///
/// A rule that is not named keeps the severity it gives its findings itself.
package struct LintSettings: Hashable, Sendable {
  /// Of one rule; the order is that of weight.
  package enum Level: String, Hashable, Sendable, CaseIterable {
    case off, note, warning, error

    /// Nil for `off`.
    package var severity: Severity? { Severity(rawValue: rawValue) }

    package func isBelow(_ floor: Severity) -> Bool {
      switch (self, floor) {
      case (.off, _), (.note, .warning), (.note, .error), (.warning, .error): true
      case (.note, .note), (.warning, .note), (.warning, .warning), (.error, _): false
      }
    }
  }

  private var levels: [DiagnosticCode: Level] = [:]
  /// What has been measured, in the order of the file.
  package var evidence: [MeasuredEvidence] = []

  package init() {}

  package subscript(code: DiagnosticCode) -> Level? {
    get { levels[code] }
    set { levels[code] = newValue }
  }

  /// Findings with their severities set; those that are off are left out.
  ///
  /// What stops a policy from compiling stays an error, whatever the settings: of the codes that are
  /// no lint rule's, errors are kept as they are.
  package func applied(
    to findings: [Diagnostic], rules: Set<String> = LintRules.codes
  ) -> [Diagnostic] {
    guard !levels.isEmpty else { return findings }
    return findings.compactMap { finding in
      guard let level = levels[finding.code],
        finding.severity != .error || rules.contains(finding.code.rawValue)
      else { return finding }
      guard let severity = level.severity else { return nil }
      var finding = finding
      finding.severity = severity
      return finding
    }
  }
}
