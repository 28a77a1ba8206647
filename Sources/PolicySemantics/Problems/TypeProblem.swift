import PolicyDiagnostics
import PolicySource

/// A test whose parts do not fit each other.
enum TypeProblem: Problem {
  case wrongType(String, expected: String, found: String, cure: FixIt? = nil)
  case wrongOperator(String, written: String, allowed: String, cure: FixIt? = nil)
  case missingComparison(String, example: String)
  case needlessComparison(String, cure: FixIt?)
  case wrongArguments(String, usage: String, cure: FixIt? = nil)
  /// What another language calls a type of a fact; here it would be its only value.
  case borrowedType(String, instead: String)

  func diagnostic(at span: Span) -> Diagnostic {
    switch self {
    case .wrongType(let subject, let expected, let found, let cure):
      Diagnostic(
        .wrongType, .error, "\(subject.quoted) takes \(expected), not \(found)", at: span,
        fixIts: cure.map { [$0] } ?? [])
    case .wrongOperator(let subject, let written, let allowed, let cure):
      Diagnostic(
        .wrongOperator, .error, "\(subject.quoted) cannot be tested with \(written.quoted)",
        at: span, notes: [Note("it is tested with \(allowed)")], fixIts: cure.map { [$0] } ?? [])
    case .missingComparison(let subject, let example):
      Diagnostic(
        .missingComparison, .error, "\(subject.quoted) is no yes or no by itself", at: span,
        notes: [Note("hold it against a value, as in `\(example)`")])
    case .needlessComparison(let subject, let cure):
      Diagnostic(
        .needlessComparison, .error, "\(subject.quoted) is a yes or no and is not compared",
        at: span, notes: [Note("write it bare, or with `not` before it")],
        fixIts: cure.map { [$0] } ?? [])
    case .wrongArguments(let subject, let usage, let cure):
      Diagnostic(
        .wrongArguments, .error, "\(subject.quoted) does not take these arguments", at: span,
        notes: [Note("write it as `\(usage)`")], fixIts: cure.map { [$0] } ?? [])
    case .borrowedType(let word, let instead):
      Diagnostic(
        .wrongType, .error, "the type \(word.quoted) is spelled `\(instead)`", at: span,
        fixIts: [FixIt("write `\(instead)`", edits: [Edit(span, instead)])])
    }
  }
}
