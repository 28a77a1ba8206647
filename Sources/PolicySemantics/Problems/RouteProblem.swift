import PolicyDiagnostics
import PolicySource

/// A line that has no place where it stands, or stands there once too often.
enum RouteProblem: Problem {
  case missingAction(String)
  case repeatedAction(String, first: String, firstSpan: Span)
  case repeatedPart(String, first: Span)
  case uselessLine(String, because: String)
  case optionOnLadder(String, ladder: String, cure: FixIt)
  case requestedWithoutFallback
  case repeatedTarget(String, first: Span)
  case protectedText(String)
  case unsized(String)
  case costlyCondition(String, reads: String)
  case guardFailsOpen(String, classifier: String, failure: String, label: String, declared: Span)

  func diagnostic(at span: Span) -> Diagnostic {
    switch self {
    case .missingAction(let route):
      Diagnostic(
        .routeAction, .error, "\(route.quoted) does not say what to do", at: span,
        notes: [Note("every route has one of `use`, `split` and `refuse`")])
    case .repeatedAction(let second, let first, let place):
      Diagnostic(
        .routeAction, .error, "\(second.quoted) comes after \(first.quoted)", at: span,
        notes: [
          Note("the first is here", at: place),
          Note("every route has exactly one of `use`, `split` and `refuse`"),
        ])
    case .repeatedPart(let what, let first):
      Diagnostic(
        .repeatedPart, .error, "\(what) is written twice", at: span,
        notes: [Note("first written here", at: first)])
    case .uselessLine(let line, let reason):
      Diagnostic(.uselessLine, .error, "\(line.quoted) does nothing here: \(reason)", at: span)
    case .optionOnLadder(let option, let ladder, let cure):
      Diagnostic(
        .optionOnLadder, .error, "\(option.quoted) does not go with the ladder \(ladder.quoted)",
        at: span, notes: [Note("options belong to a model: write it on the ladder's tiers")],
        fixIts: [cure])
    case .requestedWithoutFallback:
      Diagnostic(
        .requestedWithoutFallback, .error,
        "`use requested` needs a fallback for a model the catalog does not have", at: span,
        notes: [Note("the caller names the model; add `fallback` and a model of the catalog")])
    case .repeatedTarget(let name, let first):
      Diagnostic(
        .repeatedTarget, .warning, "\(name.quoted) is asked again in the same way", at: span,
        notes: [
          Note("first asked here", at: first), Note("to repeat a failed call write `attempts 2`"),
        ])
    case .protectedText(let part):
      Diagnostic(
        .protectedText, .error, "\(part.quoted) is never compressed", at: span,
        notes: [Note("system rules and the live question are protected")],
        fixIts: [FixIt("compress the context", edits: [Edit(span, "context")])])
    case .unsized(let method):
      Diagnostic(
        .missingSize, .error, "\(method.quoted) has to be told how much is to be left", at: span,
        notes: [
          Note("write `to 50% with \(method)`, or `to 800 tokens with \(method)`"),
          Note("only `lossless` needs no size: it is as short as it turns out to be"),
        ])
    case .costlyCondition(let name, let reads):
      Diagnostic(
        .costlyCondition, .error,
        "\(name.quoted) counts every request and may read cheap facts only, not \(reads.quoted)",
        at: span,
        notes: [Note("classifiers and budgets are read after the budgets that apply are known")])
    case .guardFailsOpen(let name, let classifier, let failure, let label, let declared):
      Diagnostic(
        .guardFailsOpen, .error,
        "guard \(name.quoted) opens when \(classifier.quoted) fails", at: span,
        notes: [
          Note("when it fails it reads \(failure.quoted)", at: declared),
          Note(
            "the guard may hold for \(label.quoted) and not for \(failure.quoted): let it hold for"
              + " both, or fail to \(label.quoted)"),
        ])
    }
  }
}
