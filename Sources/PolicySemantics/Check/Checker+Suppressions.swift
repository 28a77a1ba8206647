import PolicyDiagnostics
import PolicySource
import PolicySyntax
import PolicyUnits

/// `@allow`: takes warnings of one declaration out of the report, with a reason and for a time.
extension Checker {
  /// - Parameters:
  ///   - otherRules: codes of later phases that may be allowed too; they decide about them.
  ///   - today: nil if dates are not held against the calendar.
  /// - Returns: those that covered something, and those of later phases.
  mutating func applySuppressions(
    otherRules: Set<String>, today: CalendarDate?
  ) -> [CheckedSuppression] {
    var carried: [CheckedSuppression] = []
    for declaration in declared.allowing {
      for allow in declaration.allows {
        guard let suppression = checkAllow(allow, on: declaration, otherRules, today) else {
          continue
        }
        guard !otherRules.contains(allow.code.text) else {
          carried.append(suppression)
          continue
        }
        var isUsed = false
        report.filter { diagnostic in
          guard diagnostic.severity != .error, diagnostic.code.rawValue == allow.code.text,
            declaration.span.contains(diagnostic.span)
          else { return true }
          isUsed = true
          return false
        }
        if isUsed {
          carried.append(suppression)
        } else {
          let line = sources.spanWithSpace(after: allow.span)
          absent(SuppressionProblem.unused(allow.code.text, line: line), at: allow.span)
        }
      }
    }
    return carried
  }

  private mutating func checkAllow(
    _ allow: Allow, on declaration: Declaration, _ otherRules: Set<String>,
    _ today: CalendarDate?
  ) -> CheckedSuppression? {
    let rule = allow.code.text
    let reason = allow.reason.map(\.value) ?? ""
    let hasReason = reason.contains { !$0.isWhitespace }
    if !hasReason {
      add(SuppressionProblem.missingReason(rule), at: allow.reason?.span ?? allow.span)
    }
    var until: CalendarDate?
    if let value = allow.until {
      until = readDate(value, of: "until")
      if let until, let today, until < today {
        add(SuppressionProblem.expired(rule, until: until), at: value.span)
      }
    }
    guard isKnown(allow.code, otherRules) else { return nil }
    return CheckedSuppression(
      rule: DiagnosticCode(rule), reason: reason, until: until, covers: declaration.span,
      span: allow.span)
  }

  private mutating func isKnown(_ code: Name, _ otherRules: Set<String>) -> Bool {
    if otherRules.contains(code.text) || SemanticPages.warnings.contains(code.text) {
      return true
    }
    if SemanticPages.errors.contains(code.text) {
      add(SuppressionProblem.isError(code.text), at: code.span)
      return false
    }
    let near = report.nearName(
      code.text, among: SemanticPages.warnings.sorted() + otherRules.sorted())
    add(SuppressionProblem.unknownRule(code.text, near: near), at: code.span)
    return false
  }
}
