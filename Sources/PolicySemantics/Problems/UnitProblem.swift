import PolicyDiagnostics
import PolicySource
import PolicySyntax

/// A quantity in the wrong unit, or without the one it needs.
enum UnitProblem: Problem {
  case wrongUnit(String, expected: CountUnit?, found: CountUnit, cures: [FixIt])
  case missingUnit(String, units: [CountUnit], number: String)
  case missingZone(String)
  case wrongCurrency(found: String, catalog: String)
  /// The cures, the likeliest first.
  case missingCurrency(String, cures: [FixIt])
  case missingPerTokens(String, number: String)

  func diagnostic(at span: Span) -> Diagnostic {
    switch self {
    case .wrongUnit(let subject, let expected, let found, let cures):
      Diagnostic(
        .wrongUnit, .error,
        expected.map { "\(subject.quoted) counts \($0.rawValue), not \(found.rawValue)" }
          ?? "\(subject.quoted) has no unit, so not \(found.rawValue)",
        at: span, fixIts: cures)
    case .missingUnit(let subject, let units, let number):
      Diagnostic(
        .missingUnit, .error, "\(subject.quoted) needs a unit", at: span,
        notes: [Note("it is counted in \(units.map(\.rawValue).listed(joint: "or"))")],
        fixIts: units.map {
          FixIt("count \($0.rawValue)", edits: [Edit(span, "\(number) \($0.rawValue)")])
        })
    case .missingPerTokens(let subject, let number):
      Diagnostic(
        .missingUnit, .error, "\(subject.quoted) is a price and needs the tokens it is for",
        at: span,
        fixIts: [FixIt("price a million tokens", edits: [Edit(span, "\(number) per 1M tokens")])])
    case .wrongCurrency(let found, let catalog):
      Diagnostic(
        .wrongCurrency, .error, "the catalog counts in \(catalog.quoted), not in \(found.quoted)",
        at: span, notes: [Note("a catalog has one currency; nothing is converted")])
    case .missingCurrency(let subject, let cures):
      Diagnostic(
        .missingCurrency, .error, "\(subject.quoted) is money and needs a currency", at: span,
        fixIts: cures)
    case .missingZone(let field):
      Diagnostic(
        .missingZone, .error, "\(field.quoted) needs a zone to be read in", at: span,
        notes: [Note("declare one, such as `zone \"Europe/Berlin\"`")])
    }
  }
}
