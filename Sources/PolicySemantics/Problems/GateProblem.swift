import PolicyDiagnostics
import PolicySource

/// A gate, ladder or price that promises what it cannot hold.
enum GateProblem: Problem {
  case missingThreshold(String, at: Span, lowerIsBetter: Bool)
  case needlessThreshold(String, cure: FixIt)
  case wrongDirection(String, written: String, right: String, cure: FixIt?)
  case mixedDirections(String)
  case sharesNotWhole(String, sum: String)
  case bestNotComparable(reason: String)
  case missingPrice(
    model: String, which: [String], bound: String, boundAt: Span, isRequested: Bool)
  case unreachableTier(String)
  case tooLarge(String)

  func diagnostic(at span: Span) -> Diagnostic {
    switch self {
    case .missingThreshold(let name, let end, let lower):
      Diagnostic(
        .missingThreshold, .error, "\(name.quoted) is a score and needs a threshold", at: span,
        notes: [Note("scores run from 0 to 1; say what is good enough")],
        fixIts: [
          FixIt("ask for a threshold", edits: [Edit(end, lower ? " <= 0.2" : " >= 0.8")])
        ])
    case .needlessThreshold(let name, let cure):
      Diagnostic(
        .needlessThreshold, .error, "\(name.quoted) is a yes or no and takes no threshold",
        at: span, fixIts: [cure])
    case .wrongDirection(let name, let written, let right, let cure):
      Diagnostic(
        .wrongDirection, .error,
        "\(name.quoted) is held against its direction with \(written.quoted)", at: span,
        notes: [Note("its threshold is written with \(right.quoted)")],
        fixIts: cure.map { [$0] } ?? [])
    case .mixedDirections(let name):
      Diagnostic(
        .wrongDirection, .error,
        "\(name.quoted) is better when lower and cannot be mixed with scores that are better when"
          + " higher",
        at: span)
    case .sharesNotWhole(let what, let sum):
      Diagnostic(
        .sharesNotWhole, .error, "the shares of \(what) add up to \(sum), not to 100%", at: span)
    case .bestNotComparable(let reason):
      Diagnostic(
        .bestNotComparable, .error, "`return best` cannot compare the answers: \(reason)", at: span,
        notes: [
          Note("`best` is the highest on the first gate of `accept`, which all gated tiers share")
        ])
    case .missingPrice(let model, let which, let bound, let place, let isRequested):
      Diagnostic(
        .missingPrice, .error,
        "\(model.quoted) has no known \(which.joined(separator: " or ")) price, so \(bound.quoted)"
          + " cannot bound it",
        at: span,
        notes: (isRequested ? [Note("the caller may ask for any model of the catalog")] : []) + [
          Note("the bound is set here", at: place),
          Note("add the price to the catalog: a missing price is unknown, never zero"),
        ])
    case .unreachableTier(let name):
      Diagnostic(
        .unreachableTier, .error, "tier \(name.quoted) can never be asked", at: span,
        notes: [
          Note("the tier before it accepts every answer, and `on failed stop` ends the ladder")
        ])
    case .tooLarge(let name):
      Diagnostic(
        .gateTooLarge, .error,
        "\(name.quoted) reads more than 1,000 gates, with those that its gates read", at: span,
        notes: [Note("a gate that is read twice counts twice, with all that it reads")])
    }
  }
}
