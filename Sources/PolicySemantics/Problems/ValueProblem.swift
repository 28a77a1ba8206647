import PolicyDiagnostics
import PolicySource

/// A value of the right type that makes no sense where it stands.
enum ValueProblem: Problem {
  case outOfRange(String, allowed: String, found: String)
  /// An hour that the clocks of a zone go past; `then` is the next they show.
  case skippedHour(Int, date: String, zone: String, then: FixIt?)
  case neverHolds(because: String)
  case alwaysHolds(because: String)
  case emptyText(String)
  case repeatedValue(String, first: Span)
  case invalidPattern(String, advice: String?)

  func diagnostic(at span: Span) -> Diagnostic {
    switch self {
    case .outOfRange(let subject, let allowed, let found):
      Diagnostic(
        .outOfRange, .error, "\(subject.quoted) is \(allowed), not \(found.quoted)", at: span)
    case .skippedHour(let hour, let date, let zone, let fix):
      Diagnostic(
        .outOfRange, .error, "the clocks of \"\(zone)\" go past hour \(hour) on \(date)", at: span,
        notes: [Note("no request is asked then, so no test is about one")],
        fixIts: fix.map { [$0] } ?? [])
    case .neverHolds(let reason):
      Diagnostic(.neverHolds, .error, "this can never hold: \(reason)", at: span)
    case .alwaysHolds(let reason):
      Diagnostic(
        .alwaysHolds, .warning, "this always holds: \(reason)", at: span,
        notes: [Note("leave the test out")])
    case .emptyText(let what):
      Diagnostic(.emptyText, .error, "\(what) is empty", at: span)
    case .repeatedValue(let value, let first):
      Diagnostic(
        .repeatedValue, .warning, "\(value.quoted) is listed twice", at: span,
        notes: [Note("first listed here", at: first)])
    case .invalidPattern(let reason, let advice):
      Diagnostic(.invalidPattern, .error, reason, at: span, notes: advice.map { [Note($0)] } ?? [])
    }
  }
}
