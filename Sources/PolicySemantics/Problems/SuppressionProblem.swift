import PolicyDiagnostics
import PolicySource
import PolicyUnits

/// An `@allow` that allows nothing.
enum SuppressionProblem: Problem {
  case unknownRule(String, near: String?)
  case isError(String)
  case missingReason(String)
  case expired(String, until: CalendarDate)
  case unused(String)

  func diagnostic(at span: Span) -> Diagnostic {
    switch self {
    case .unknownRule(let rule, let near):
      Diagnostic(
        .unknownRule, .error, "there is no rule \(rule.quoted)", at: span,
        fixIts: near.map { [FixIt("did you mean \($0.quoted)?", edits: [Edit(span, $0)])] } ?? [])
    case .isError(let rule):
      Diagnostic(
        .unknownRule, .error, "\(rule.quoted) is an error and cannot be allowed", at: span)
    case .missingReason(let rule):
      Diagnostic(
        .missingReason, .error, "allowing \(rule.quoted) needs a reason", at: span,
        notes: [Note("whoever reads it next year should learn why")])
    case .expired(let rule, let date):
      Diagnostic(
        .expiredSuppression, .error,
        "\(rule.quoted) was allowed until \(date.text) and no longer is", at: span,
        notes: [Note("cure what it hides, or give it a new date and reason")])
    case .unused(let rule):
      Diagnostic(
        .unusedSuppression, .error, "there is nothing here for \(rule.quoted) to allow", at: span,
        fixIts: [FixIt("remove it", edits: [Edit(span, "")], isSafe: true)])
    }
  }
}

extension CalendarDate {
  /// As `2027-01-31`.
  var text: String {
    func padded(_ number: Int, to width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }
}
