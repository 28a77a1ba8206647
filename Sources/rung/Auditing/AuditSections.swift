import PolicyUnits
import TrafficAudit

/// What an audit shows, part by part, for every format.
struct AuditSections {
  struct Section {
    let title: String
    var lines: [String] = []
    var table: Table?
  }

  struct Table {
    var columns: [(title: String, isFigure: Bool)]
    var rows: [[String]]
    /// Rows there are beyond these.
    var more = 0
  }

  let words: AuditWords
  /// How many rows a table shows.
  let shown: Int

  private var report: AuditReport { words.report }

  var all: [Section] {
    let first = [changes, spending].compactMap { $0 }
    return first + details(pareto) + [cures].compactMap { $0 }
  }

  /// Those a page has no chart of its own for.
  var parts: [Section] { [spending].compactMap { $0 } + details(nil) }

  private func details(_ pareto: Section?) -> [Section] {
    (others + [pareto, repeats, prompts, endings, calls, stays]).compactMap { $0 }
  }

  private var changes: Section? {
    guard let change = report.comparison else { return nil }
    var rows = [
      ["before", AuditWords.count(change.requestsBefore, "request"), words.money(change.before)]
    ]
    rows += change.parts.filter { $0.nanos != 0 }.map { part in
      [AuditWords.word(part.cause), "", words.signed(part.nanos)]
    }
    rows.append([
      "after", AuditWords.count(change.requestsAfter, "request"), words.money(change.after),
    ])
    return Section(
      title: words.changeTitle, lines: [words.answer(change)] + words.changeNotes(change),
      table: Table(columns: [("", false), ("", true), ("", true)], rows: rows))
  }

  private var spending: Section? {
    guard report.total.requests > 0 else { return nil }
    // A name that no row has would be a column of nothing.
    let places = report.by.indices.filter { place in
      report.by.count == 1 || report.groups.contains { $0.names[place] != nil }
    }
    let by = places.map { report.by[$0].rawValue }.joined(separator: " and ")
    var columns = places.map { (title: report.by[$0].rawValue, isFigure: false) }
    let countsCalls = countsCalls(report.by)
    columns += Self.figures(countsCalls)
    let groups = report.groups.prefix(shown)
    let rows = groups.map { group in
      places.map { AuditWords.name(group.names[$0]) } + figures(group.sum, countsCalls)
    }
    var lines = countsCalls ? [Self.callsNote] : []
    if report.restOfGroups.requests > 0 {
      lines.append(
        "groups past the first 65,536: \(AuditWords.count(report.restOfGroups.requests, "request")), "
          + words.money(report.restOfGroups.cost))
    }
    return Section(
      title: "By \(by)", lines: lines,
      table: Table(columns: columns, rows: rows, more: report.groups.count - groups.count))
  }

  /// By model, of rows that list their calls, a request and its calls are different things.
  private func countsCalls(_ by: [AuditDimension]) -> Bool {
    by.contains(.model) && report.withCalls > 0
  }

  private static let callsNote =
    "requests are of the model that answered; calls and cost are of the model that was called, tiers "
    + "before the answer and judges among them"

  private static func figures(_ countsCalls: Bool) -> [(title: String, isFigure: Bool)] {
    let counts = countsCalls ? ["requests", "of all", "calls"] : ["requests", "of all"]
    let titles = counts + ["cost", "of all", countsCalls ? "a call" : "each"]
    return titles.map { ($0, true) }
  }

  private func figures(_ sum: AuditSum, _ countsCalls: Bool) -> [String] {
    var figures = [Amounts.grouped(sum.requests), words.ofRequests(sum.requests)]
    if countsCalls { figures.append(Amounts.grouped(sum.calls)) }
    let priced = sum.requests - sum.unpriced
    let pricedCalls = sum.calls - sum.unpricedCalls
    guard priced > 0 || pricedCalls > 0 else { return figures + ["unknown", "", ""] }
    let each = countsCalls ? pricedCalls : priced
    return figures + [
      words.money(sum.cost), words.ofCost(sum.cost), each > 0 ? words.each(sum.cost, each) : "",
    ]
  }

  /// Each kind of name that the table above has not, the few dearest.
  private var others: [Section?] {
    AuditDimension.allCases.filter { !report.by.contains($0) && $0 != .day }.map { dimension in
      let groups = report.groups(of: dimension)
      guard groups.contains(where: { $0.names.first != .some(nil) }) else { return nil }
      let shown = groups.prefix(min(shown, 5))
      let countsCalls = countsCalls([dimension])
      return Section(
        title: "By \(dimension.rawValue)", lines: countsCalls ? [Self.callsNote] : [],
        table: Table(
          columns: [(dimension.rawValue, false)] + Self.figures(countsCalls),
          rows: shown.map {
            [AuditWords.name($0.names.first ?? nil)] + figures($0.sum, countsCalls)
          },
          more: groups.count - shown.count))
    }
  }

  private var pareto: Section? { lines("Few requests, most of the money", words.pareto) }
  private var repeats: Section? { lines("Asked again", words.repeats) }
  private var endings: Section? { lines("Paid for and cut or refused", words.endings) }

  private var prompts: Section? {
    guard !report.prompts.isEmpty else { return nil }
    let shown = report.prompts.prefix(min(shown, 5))
    var lines: [String] = []
    if let bill = report.inputCost, bill > 0 {
      let costs = report.prompts.compactMap(\.cost)
      if costs.count == report.prompts.count {
        let low = costs.reduce(Int128(0)) { $0 + $1.lowerBound }
        let high = costs.reduce(Int128(0)) { $0 + $1.upperBound }
        lines.append(
          "together \(words.range(low...high)) of \(words.money(bill)) for all input")
      }
    }
    return Section(
      title: "System prompts, sent again and again", lines: lines,
      table: Table(
        columns: [("", false), ("times", true), ("tokens", true), ("cost", true), ("", false)],
        rows: shown.map { prompt in
          [
            prompt.fingerprint, Amounts.grouped(prompt.times), AuditWords.tokens(prompt.tokens),
            prompt.cost.map { words.range($0) } ?? "no price", "line \(prompt.example)",
          ]
        },
        more: report.prompts.count - shown.count))
  }

  private var calls: Section? {
    lines("Gates, tiers and ladders", words.gates + words.ladders)
  }

  private var stays: Section? {
    lines("Cheaper, and too small", Array(words.stays.prefix(shown)))
  }

  private var cures: Section? {
    guard !report.cures.isEmpty else { return nil }
    return Section(
      title: "What could be done",
      lines: report.cures.prefix(shown).flatMap { cure in
        [
          "\(words.title(cure)): \(words.saves(cure))",
          "  \(words.arithmetic(cure))", "  \(words.restsOn(cure))",
        ]
      })
  }

  private func lines(_ title: String, _ lines: [String]) -> Section? {
    lines.isEmpty ? nil : Section(title: title, lines: lines)
  }
}
