import AnswerSimilarity
import JSONWriting
import PolicyUnits
import RoutingRuntime

/// What a threshold and encoder would have shared on a log.
struct MeasuredLogReport: Sendable {
  let line: MeasuredLine
  let replay: SimilarityReplay
  let log: QuestionLog
  let encoded: EncodedTexts
  let currency: String

  // MARK: For people

  var text: String {
    let cost = encoded.cost.money.map { Amounts.text($0, currency: currency) } ?? "an unknown cost"
    var lines = [
      "cache similar >= \(Amounts.text(line.threshold)) by \(line.encoderName), "
        + (line.routes.count == 1 ? "route " : "routes ") + line.routes.joined(separator: ", "),
      "\(replay.questions) of \(Amounts.count(log.requests, "request")), \(replay.repeated) of them "
        + "word for word as one before; \(Amounts.count(encoded.calls, "call")) of \(encoded.models.joined(separator: ", ")), \(cost)",
    ]
    let left = [
      (log.silent, "without a question"), (log.undecided, "that hang on a classifier"),
      (log.refused, "that are refused"), (log.unplaced, "that are not looked for"),
      (log.withoutText, "whose text was not kept"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    if !left.isEmpty { lines.append("left out: " + left.joined(separator: ", ")) }
    lines += ["", "  THRESHOLD  SIMILAR HITS  WITH THE GUARDS"]
    for row in replay.rows {
      lines.append(
        (row.threshold == line.threshold ? "▸ " : "  ")
          + Self.padded(Amounts.text(row.threshold), 9) + "  "
          + Self.padded(rate(row.alone), 12) + "  " + Self.padded(rate(row.guarded), 15))
    }
    let guarded = replay.pairs.filter { $0.difference == nil }
    lines += [
      "",
      Amounts.count(guarded.count, "pair")
        + " would have shared an answer; nobody has said yet whether rightly: label them "
        + "(--pairs-out) and measure with --pairs",
    ]
    for measured in guarded.prefix(5) {
      lines.append(
        "  \(MeasureReport.decimal(measured.similarity))  \(MeasureReport.shown(measured.pair.one)) | "
          + MeasureReport.shown(measured.pair.other))
    }
    return lines.joined(separator: "\n")
  }

  private func rate(_ hits: Int) -> String {
    guard replay.questions > 0 else { return "–" }
    return MeasureReport.percent(
      Double(hits) / Double(replay.questions), .toNearestOrAwayFromZero)
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  // MARK: To be labelled

  /// A line for each pair; `same` is what a person writes in.
  var pairLines: String {
    replay.pairs.map { measured in
      var json = JSONWriter()
      json.object { json in
        json.member("a", measured.pair.one)
        json.member("b", measured.pair.other)
        json.member("same", orNull: String?.none)
        json.member("similarity", millionths: MeasureReport.millionths(measured.similarity))
        json.member("guard", orNull: measured.difference?.rawValue)
      }
      return json.text + "\n"
    }.joined()
  }

  // MARK: For machines

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("encoder", line.encoderName)
      json.member("threshold", millionths: line.threshold.millionths)
      json.array("routes") { json in for route in line.routes { json.string(route) } }
      json.member("guards", QuestionGuards.fingerprint)
      json.member("requests", log.requests)
      json.member("questions", replay.questions)
      json.member("repeated", replay.repeated)
      json.member("calls", encoded.calls)
      json.member("cost", encoded.cost)
      json.array("rows") { json in
        for row in replay.rows {
          json.object { json in
            json.member("threshold", millionths: row.threshold.millionths)
            json.member("hits", row.alone)
            json.member("hits_guarded", row.guarded)
          }
        }
      }
      json.member("pairs", replay.pairs.count { $0.difference == nil })
    }
  }
}
