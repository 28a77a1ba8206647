/// The offline page of one code: what `rung rule CODE` prints.
///
/// `wrong` is a complete policy that draws the code and `instead` one that does not; a test compiles
/// both, so a page cannot lie. Both are nil only where no policy text can show the finding.
package struct DiagnosticPage: Sendable {
  package let code: DiagnosticCode
  package let severity: Severity
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
    finds: String,
    why: String,
    wrong: String?,
    instead: String?,
    fix: String = "There is no automatic fix."
  ) {
    self.code = code
    self.severity = severity
    self.finds = finds
    self.why = why
    self.wrong = wrong
    self.instead = instead
    self.fix = fix
  }
}
