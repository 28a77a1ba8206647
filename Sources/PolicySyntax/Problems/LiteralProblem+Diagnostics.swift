import PolicyDiagnostics
import PolicySource

extension LiteralProblem: SyntaxProblem {
  func diagnostic(at span: Span) -> Diagnostic {
    switch self {
    case .controlCharacter(let byte):
      let escape = "\\u{\(String(byte, radix: 16, uppercase: true))}"
      return Diagnostic(
        .controlCharacter, .error, "this string holds a control character", at: span,
        fixIts: [FixIt("write \(quoted(escape))", edits: [Edit(span, escape)], isSafe: true)])
    case .unterminatedString:
      let end = Span(file: span.file, start: span.end, end: span.end)
      return Diagnostic(
        .unterminatedString, .error, "this string does not end on its line", at: span,
        fixIts: [FixIt("close it here", edits: [Edit(end, "\"")])])
    case .unterminatedRegex:
      return Diagnostic(
        .unterminatedRegex, .error, "`/` starts a regular expression that does not end on its line",
        at: span,
        notes: [
          Note("there is no division; a slash inside a word has a letter or digit on each side")
        ])
    case .unknownEscape(let escape):
      return Diagnostic(
        .unknownEscape, .error, "\(quoted(escape)) is no escape of a string", at: span,
        notes: [Note("the escapes are `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u{…}`")],
        fixIts: [
          FixIt("write the backslash itself", edits: [Edit(Self.point(span), "\\")])
        ])
    case .regexFlags(let flags, let pattern):
      let isKnown = flags.utf8.allSatisfy { "imsU".utf8.contains($0) }
      let instead = "/(?\(flags))\(pattern)/"
      return Diagnostic(
        .regexFlags, .error, "a regular expression has no flags after it", at: span,
        notes: [Note("flags stand in front of the pattern, as in `/(?i)weather/`")],
        fixIts: isKnown ? [FixIt("move the flags", edits: [Edit(span, instead)], isSafe: true)] : []
      )
    case .malformedNumber(let written, let fault, let repair):
      return fault.diagnostic(written, repair, at: span)
    case .malformedDate(let written, let repair):
      return Diagnostic(
        .malformedDate, .error, "\(quoted(written)) is no date of the calendar", at: span,
        notes: [Note("a date is written year-month-day, as in `2027-01-31`")],
        fixIts: NumberFault.fixIts(repair, at: span))
    }
  }

  private static func point(_ span: Span) -> Span {
    Span(file: span.file, start: span.start, end: span.start)
  }
}

extension NumberFault {
  fileprivate func diagnostic(_ written: String, _ repair: String?, at span: Span) -> Diagnostic {
    let fixIts = Self.fixIts(repair, at: span)
    return switch self {
    case .unit(let unit):
      Diagnostic(
        .malformedNumber, .error, "\(quoted(written)) is no number: \(quoted(unit)) is no unit",
        at: span,
        notes: repair != nil
          ? []
          : [
            Note("directly behind digits stand `k M` (counts), `%`, or `ms s m h d` (durations)")
          ],
        fixIts: fixIts)
    case .fractionOfTime:
      Diagnostic(
        .malformedNumber, .error, "\(quoted(written)) is no duration: durations are whole",
        at: span,
        fixIts: fixIts)
    case .moneySpacing:
      Diagnostic(
        .malformedNumber, .error, "\(quoted(written)) is no amount of money", at: span,
        notes: [Note("an amount is written `$0.25` or `EUR 0.25`, with one space")],
        fixIts: fixIts)
    case .tooLong:
      Diagnostic(
        .malformedNumber, .error, "\(quoted(written)) is too long: a number has at most 18 digits",
        at: span)
    }
  }

  static func fixIts(_ repair: String?, at span: Span) -> [FixIt] {
    repair.map { [FixIt("write `\($0)`", edits: [Edit(span, $0)])] } ?? []
  }
}
