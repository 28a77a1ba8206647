import PolicyDiagnostics
import PolicyLint
import PolicySyntax

/// A policy with all that is found in it: by the checker, by the lint rules where it compiles, and in
/// the `rung.yaml` that sets their severities.
struct PolicyReview {
  let folder: PolicyFolder
  let report: DiagnosticReport
  let errors: ErrorTally

  /// `edited` is what shall stand in files instead of what is on disk, by their paths.
  init(_ argument: String, edited: [String: [UInt8]] = [:]) throws(CommandFailure) {
    folder = try PolicyFolder(argument, edited: edited, withTests: true)
    var sources = folder.sources
    var settings = LintSettings()
    var inSettings: [Diagnostic] = []
    if let file = try SettingsFile.nearest(to: folder.path) {
      let read = SettingsFile.read(file.path, file.bytes, into: &sources)
      settings = read.value
      inSettings = read.diagnostics
    }
    let checked = settings.applied(to: folder.diagnostics)
    let linted = folder.lint(settings)
    let found = checked + linted + inSettings
    report = DiagnosticReport(
      path: folder.path, sources: sources, diagnostics: found.sorted(by: Diagnostic.isShownBefore))
    errors = ErrorTally(checked: checked, linted: linted)
  }
}

/// The errors of a policy by how early they are found.
///
/// Less is better, from the first on: a policy that parses at last may show mistakes nobody could see
/// before.
struct ErrorTally: Comparable {
  private let ofSyntax: Int
  private let ofMeaning: Int
  private let ofRules: Int

  init(checked: [Diagnostic], linted: [Diagnostic]) {
    let errors = checked.filter { $0.severity == .error }
    ofSyntax = errors.count { Self.syntaxCodes.contains($0.code) }
    ofMeaning = errors.count - ofSyntax
    ofRules = linted.count { $0.severity == .error }
  }

  static func < (a: ErrorTally, b: ErrorTally) -> Bool {
    (a.ofSyntax, a.ofMeaning, a.ofRules) < (b.ofSyntax, b.ofMeaning, b.ofRules)
  }

  private static let syntaxCodes = Set(SyntaxPages.all.map(\.code))
}
