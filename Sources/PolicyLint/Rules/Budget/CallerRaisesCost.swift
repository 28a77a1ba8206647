import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits

/// Something a caller writes that raises the worst case of a request ten times and more.
enum CallerRaisesCost: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("caller_raises_cost"), .note,
    finds:
      "A fact a caller writes, or the model it names, that makes its request ten times dearer.",
    why: """
      Facts from `metadata` and headers are the caller's word, and so is `model`. Where nothing \
      bounds the money of a request, one line of a script then costs what a hundred requests did. \
      The figures are those of a short question, decided with and without the line. A fact \
      `from key` is beyond a caller's reach, and a `max_budget` or a budget per request bounds the \
      damage.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      facts { hard : bool = false }
      route hard_ones when hard { use large }
      otherwise { use small }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      facts { hard : bool = false from key }
      route hard_ones when hard { use large }
      otherwise { use small }
      """,
    fix: """
      Takes the fact from the caller's key. That changes decisions, so it is not applied unless you \
      ask for unsafe fixes.
      """)

  /// How many times dearer is worth a word.
  private static let factor: Int64 = 10

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let policy = subject.policy
    let silent = RequestInput.silent(policy)
    guard let usual = WorstCase(of: silent, subject), usual.money > .zero else { return }
    let tried = ValuesTried(policy)
    for (index, fact) in policy.facts.enumerated() where fact.isCallers {
      var worst: (WorstCase, FactValue)?
      for value in tried.values(of: FactID(index), in: policy) {
        var input = silent
        input.set(fact, to: value)
        guard let found = WorstCase(of: input, subject) else { continue }
        if worst.map({ found.money > $0.0.money }) ?? true { worst = (found, value) }
      }
      guard let (found, value) = worst, isMuch(found, usual) else { continue }
      let end = Span(file: fact.span.file, start: fact.span.end, end: fact.span.end)
      var cures: [FixIt] = []
      if fact.origin == .metadata {
        cures = [FixIt("take it from the caller's key", edits: [Edit(end, " from key")])]
      }
      report.add(
        message("\(fact.name) = \(fact.text(of: value))", found, usual, subject), at: fact.span,
        notes: notes(found, subject), fixIts: cures)
    }
    checkModels(silent, usual, tried, subject, &report)
  }

  private static func checkModels(
    _ silent: RequestInput, _ usual: WorstCase, _ tried: ValuesTried, _ subject: LintSubject,
    _ report: inout LintReport
  ) {
    var worst: (WorstCase, String)?
    for name in tried.modelNames(in: subject.policy) {
      var input = silent
      input.model = name
      guard let found = WorstCase(of: input, subject) else { continue }
      if worst.map({ found.money > $0.0.money }) ?? true { worst = (found, name) }
    }
    guard let (found, name) = worst, isMuch(found, usual) else { return }
    report.add(
      message("model = \"\(name)\"", found, usual, subject),
      at: subject.policy[found.route].conditionSpan, notes: notes(found, subject))
  }

  private static func isMuch(_ found: WorstCase, _ usual: WorstCase) -> Bool {
    let (least, overflow) = usual.money.nanos.multipliedReportingOverflow(by: factor)
    return !overflow && found.money.nanos >= least
  }

  private static func message(
    _ written: String, _ found: WorstCase, _ usual: WorstCase, _ subject: LintSubject
  ) -> String {
    let times = found.money.nanos / max(1, usual.money.nanos)
    return "a caller who writes `\(written)` raises the worst case "
      + "\(Amounts.count(times, "time")), from \(subject.text(usual.money)) to "
      + subject.text(found.money)
  }

  private static func notes(_ found: WorstCase, _ subject: LintSubject) -> [Note] {
    let route = subject.policy[found.route]
    return [Note("then `\(route.name)` answers", at: route.conditionSpan)]
  }
}
