/// The offline page of one code: what `rung rule CODE` prints.
///
/// `wrong` is a complete file that draws the code and `instead` one that does not; a test compiles
/// both, so a page cannot lie. Both are nil only where no short text can show the finding.
package struct DiagnosticPage: Sendable {
  package let code: DiagnosticCode
  package let severity: Severity
  /// What `wrong` and `instead` are written in.
  package let language: Language
  /// One sentence: what it finds.
  package let finds: String
  /// Why it matters, in a short paragraph.
  package let why: String
  package let wrong: String?
  package let instead: String?
  /// Whether the fix-it is safe, or why there is none.
  package let fix: String

  package init(
    _ code: DiagnosticCode,
    _ severity: Severity = .error,
    language: Language = .policy,
    finds: String,
    why: String,
    wrong: String?,
    instead: String?,
    fix: String = "There is no automatic fix."
  ) {
    self.code = code
    self.severity = severity
    self.language = language
    self.finds = finds
    self.why = why
    self.wrong = wrong
    self.instead = instead
    self.fix = fix
  }

  /// The kind of file a page's samples are: the test that proves a page reads them as such.
  package enum Language: Hashable, Sendable {
    case policy
    /// The YAML of a catalog.
    case catalog
    /// The YAML of a `rung.yaml`.
    case settings
    /// The YAML of callers' keys.
    case keys
  }
}
