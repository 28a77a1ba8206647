import PolicyDiagnostics
import PolicySyntax

extension DiagnosticReport {
  /// What a program is given of one policy: as many as the parser lists of one file.
  static let most = 200

  /// The most severe findings and, if there are more, a last one that says how many are left out,
  /// which is as severe as the worst of them.
  func shortened() -> (report: DiagnosticReport, leftOut: Int) {
    // The words for one more take as much room as it, and the parser may have said them already.
    guard diagnostics.count > Self.most + 1 else { return (self, 0) }
    var kept = Diagnostic.mostSevere(Self.most, of: diagnostics) { $0 }
    let leftOut = diagnostics.count - kept.count
    guard let last = kept.last else { return (self, 0) }
    let (all, listed) = (DiagnosticCounts(diagnostics), DiagnosticCounts(kept))
    let worst: Severity =
      all.errors > listed.errors ? .error : all.warnings > listed.warnings ? .warning : .note
    kept.append(
      Diagnostic(
        .tooManyProblems, worst,
        "\(leftOut) more findings are left out; "
          + "`rung check --all` shows them", at: last.span,
        hidesSource: true))
    return (DiagnosticReport(path: path, sources: sources, diagnostics: kept), leftOut)
  }
}
