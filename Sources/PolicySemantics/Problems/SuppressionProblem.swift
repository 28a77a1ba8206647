package import PolicyDiagnostics
package import PolicySource
import PolicyUnits

/// An `@allow` that allows nothing.
enum SuppressionProblem: Problem {
  case unknownRule(String, near: String?)
  case isError(String)
  case missingReason(String)
  case expired(String, until: CalendarDate)
  /// `line` is what to delete with it: the white space up to what it stands before.
  case unused(String, line: Span)

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
    case .unused(let rule, let line):
      Diagnostic(
        .unusedSuppression, .error, "there is nothing here for \(rule.quoted) to allow", at: span,
        fixIts: [FixIt("remove it", edits: [Edit(line, "")], isSafe: true)])
    }
  }
}

extension CheckedSuppression {
  /// The finding of an `@allow` that hides nothing, for the phase that decides about its rule.
  package func unusedFinding(in sources: SourceMap) -> Diagnostic {
    let line = sources.spanWithSpace(after: span)
    return SuppressionProblem.unused(rule.rawValue, line: line).diagnostic(at: span)
  }
}

extension SourceMap {
  /// A span with the spaces and line ends behind it.
  func spanWithSpace(after span: Span) -> Span {
    guard let bytes = self[span.file]?.bytes else { return span }
    var end = Int(span.end)
    while end < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[end]) { end += 1 }
    return Span(file: span.file, start: span.start, end: UInt32(clamping: end))
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
