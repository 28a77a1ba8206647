import PolicyDiagnostics
import PolicyLint
import PolicySource
import Testing

@Suite struct `Severities a team sets` {
  private static let span = Span(file: SourceID(0), start: 0, end: 1)

  @Test(arguments: [
    (LintSettings.Level.off, []), (.note, [Severity.note]), (.warning, [.warning]),
    (.error, [.error]),
  ])
  func `a checker's warning becomes what they say`(
    _ level: LintSettings.Level, _ expected: [Severity]
  ) {
    var settings = LintSettings()
    settings[DiagnosticCode("unused_declaration")] = level
    let warning = Diagnostic(DiagnosticCode("unused_declaration"), .warning, "x", at: Self.span)
    #expect(settings.applied(to: [warning]).map(\.severity) == expected)
  }

  @Test func `what stops a policy from compiling stays an error`() {
    var settings = LintSettings()
    settings[DiagnosticCode("unknown_name")] = .off
    let error = Diagnostic(DiagnosticCode("unknown_name"), .error, "x", at: Self.span)
    #expect(settings.applied(to: [error]) == [error])
  }

  @Test func `what they do not name stays`() {
    var settings = LintSettings()
    settings[DiagnosticCode("other")] = .off
    let warning = Diagnostic(DiagnosticCode("unused_declaration"), .warning, "x", at: Self.span)
    #expect(settings.applied(to: [warning]) == [warning])
  }

  @Test func `a level is below a floor exactly if it weighs less`() {
    let floors: [Severity] = [.note, .warning, .error]
    for (weight, level) in LintSettings.Level.allCases.enumerated() {
      for (index, floor) in floors.enumerated() {
        #expect(level.isBelow(floor) == (weight < index + 1), "\(level) \(floor)")
      }
    }
  }
}
