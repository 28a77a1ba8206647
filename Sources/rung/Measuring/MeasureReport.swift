import AnswerSimilarity
import JSONWriting
import PolicyUnits
import RoutingRuntime

/// What a measurement on labelled pairs showed of one threshold and encoder.
struct MeasureReport: Sendable {
  let line: MeasuredLine
  let table: SimilarityTable
  let texts: Int
  let encoded: EncodedTexts
  let currency: String

  /// The share of wrong hits that has to be excluded, as the rule `similar_without_evidence` wants.
  static let most = 0.01

  var isEnough: Bool { (table.lineRow?.guarded.wrongBound ?? 1) <= Self.most }

  // MARK: For people

  var text: String {
    let counts = table.lineRow?.guarded
    var lines = [
      "cache similar >= \(Amounts.text(line.threshold)) by \(line.encoderName), "
        + (line.routes.count == 1 ? "route " : "routes ") + line.routes.joined(separator: ", "),
      "\(Amounts.count(table.pairs.count, "pair")): \(counts?.same ?? 0) share an answer, "
        + "\(counts?.different ?? 0) do not; \(Amounts.count(texts, "text")) in "
        + "\(Amounts.count(encoded.calls, "call")) of "
        + "\(encoded.models.joined(separator: ", ")), \(costText)", "",
    ]
    lines += tableLines
    lines += ["", "shares are followed by their bound with 95 % confidence"]
    lines += stoppedLines + wrongLines
    lines += ["", verdict]
    return lines.joined(separator: "\n")
  }

  private var costText: String {
    switch encoded.cost {
    case .exact(let money): Amounts.text(money, currency: currency)
    case .atMost(let money): "at most " + Amounts.text(money, currency: currency)
    case .unknown: "at a cost nobody knows"
    }
  }

  private var tableLines: [String] {
    var rows = [
      ["", "THRESHOLD", "HITS", "WRONG HITS", "GUARDED: HITS", "WRONG HITS"]
    ]
    for row in table.rows {
      rows.append([
        row.threshold == line.threshold ? "▸" : "", Amounts.text(row.threshold),
        Self.hits(row.alone), Self.wrong(row.alone), Self.hits(row.guarded),
        Self.wrong(row.guarded),
      ])
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        String(repeating: " ", count: width - cell.count) + cell
      }
      return cells.joined(separator: "  ")
    }
  }

  private static func hits(_ counts: SimilarityTable.Counts) -> String {
    guard counts.same > 0 else { return "–" }
    return "\(counts.hits)/\(counts.same) ≥ \(percent(counts.hitBound, .down))"
  }

  private static func wrong(_ counts: SimilarityTable.Counts) -> String {
    guard counts.different > 0 else { return "–" }
    return "\(counts.wrong)/\(counts.different) ≤ \(percent(counts.wrongBound, .up))"
  }

  /// In tenths of a percent, in hundredths below ten; rounded as the rule says.
  static func percent(_ share: Double, _ rule: FloatingPointRoundingRule) -> String {
    // What a rounding of the last bit adds must not show.
    let slack = rule == .up ? -1e-9 : rule == .down ? 1e-9 : 0
    let isFine = share < 0.1
    let steps = Int(((share + slack) * (isFine ? 10_000 : 1000)).rounded(rule))
    let digits = String(max(0, steps) % (isFine ? 100 : 10))
    let zero = isFine && digits.count < 2 ? "0" : ""
    return "\(max(0, steps) / (isFine ? 100 : 10)).\(zero)\(digits)%"
  }

  private var stoppedLines: [String] {
    let stopped = table.stopped
    guard !stopped.isEmpty else { return [] }
    let wrong = stopped.filter { $0.wrong > 0 }.map { "\($0.guard.rawValue) \($0.wrong)" }
    let same = stopped.filter { $0.same > 0 }.map { "\($0.guard.rawValue) \($0.same)" }
    var lines = [""]
    if !wrong.isEmpty {
      lines.append("wrong hits the guards stopped: \(wrong.joined(separator: ", "))")
    }
    if !same.isEmpty {
      lines.append("right ones they stopped too:   \(same.joined(separator: ", "))")
    }
    return lines
  }

  private var wrongLines: [String] {
    let guarded = table.wrong(guarded: true)
    let alone = table.wrong(guarded: false)
    var lines: [String] = []
    if !guarded.isEmpty {
      lines += ["", "wrong with the guards, worst first:"] + guarded.prefix(10).map(Self.line)
    }
    if !alone.isEmpty {
      lines += ["", "wrong without the guards, worst first:"] + alone.prefix(5).map(Self.line)
    }
    return lines
  }

  private static func line(_ measured: MeasuredPair) -> String {
    let stopped = measured.difference.map { "  (\($0.inWords))" } ?? ""
    return "  \(decimal(measured.similarity))  \(shown(measured.pair.one)) | "
      + "\(shown(measured.pair.other))\(stopped)"
  }

  static func decimal(_ similarity: Double) -> String {
    let thousandths = Int((min(1, max(-1, similarity)) * 1000).rounded())
    let digits = String(thousandths.magnitude % 1000)
    return (thousandths < 0 ? "-" : "") + "\(thousandths.magnitude / 1000)."
      + String(repeating: "0", count: 3 - digits.count) + digits
  }

  /// On one line, harmless for a terminal.
  static func shown(_ text: String) -> String {
    let line = String(
      text.map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 0x20 } ? " " : $0 })
    return line.count > 70 ? line.prefix(70) + "…" : line
  }

  private var verdict: String {
    guard let counts = table.lineRow?.guarded else { return "" }
    let bound = Self.percent(counts.wrongBound, .up)
    if isEnough {
      return
        "with the guards \(counts.wrong) of \(counts.different) are wrong: at most \(bound) with "
        + "95 % confidence, and 1 % is allowed"
    }
    if counts.wrong == 0 {
      return "too few pairs: none of \(counts.different) is wrong, which only shows that at most "
        + "\(bound) are; 299 pairs that do not share an answer would show 1 %"
    }
    return
      "not good enough: \(counts.wrong) of \(counts.different) are wrong with the guards, up to "
      + "\(bound) with 95 % confidence, and 1 % is allowed"
  }
}
