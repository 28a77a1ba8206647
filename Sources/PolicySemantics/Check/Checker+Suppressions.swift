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
    let warnings = WarningPlaces(report.diagnostics)
    var allowed: Set<Int> = []
    for declaration in declared.allowing {
      for allow in declaration.allows {
        guard let suppression = checkAllow(allow, on: declaration, otherRules, today) else {
          continue
        }
        guard !otherRules.contains(allow.code.text) else {
          carried.append(suppression)
          continue
        }
        let covered = warnings.found(allow.code.text, in: declaration.span)
          .filter { !allowed.contains($0) }
        allowed.formUnion(covered)
        if !covered.isEmpty {
          carried.append(suppression)
        } else {
          let line = sources.spanWithSpace(after: allow.span)
          absent(SuppressionProblem.unused(allow.code.text, line: line), at: allow.span)
        }
      }
    }
    report.remove(at: allowed)
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

/// The warnings of a report by their code and by where they stand, so that each `@allow` looks at
/// those of its own declaration only.
private struct WarningPlaces {
  private var byCode: [String: [(span: Span, index: Int)]] = [:]

  init(_ diagnostics: [Diagnostic]) {
    for (index, diagnostic) in diagnostics.enumerated() where diagnostic.severity != .error {
      byCode[diagnostic.code.rawValue, default: []].append((diagnostic.span, index))
    }
    for code in byCode.keys { byCode[code]?.sort { $0.span < $1.span } }
  }

  /// The indices of those of a code that lie in a span.
  ///
  /// O(log n) and what is found.
  func found(_ code: String, in span: Span) -> [Int] {
    guard let warnings = byCode[code] else { return [] }
    let first = Span(file: span.file, start: span.start, end: span.start)
    var (low, high) = (0, warnings.count)
    while low < high {
      let middle = (low + high) / 2
      if warnings[middle].span < first { low = middle + 1 } else { high = middle }
    }
    return warnings[low...].prefix { $0.span.file == span.file && $0.span.start <= span.end }
      .filter { span.contains($0.span) }.map(\.index)
  }
}
