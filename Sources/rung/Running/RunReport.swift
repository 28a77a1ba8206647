import JSONWriting
import OpenAIWire
import PolicyCompiler
import PolicyExplain
import PolicySemantics
import PolicyUnits
import RoutingCalls
import RoutingRuntime
import RoutingService

/// Lays out what was run: one request with its answer, or a line for each of many.
struct RunReport {
  private let compiled: CompiledPolicy
  private let baselines: [ModelID]
  private let isSingle: Bool
  let words: RunWords
  private let style = Style(coloured: Terminal.coloursOutput)

  init(_ compiled: CompiledPolicy, baselines: [ModelID], isSingle: Bool) {
    self.compiled = compiled
    self.baselines = baselines
    self.isSingle = isSingle
    words = RunWords(compiled)
  }

  func text(of row: RunRow, number: Int, of count: Int) -> String {
    isSingle ? page(of: row) : line(of: row, number: number, of: count)
  }

  func table(of rows: [RunRow]) -> String {
    CostTable(rows, compiled: compiled, baselines: baselines).text
  }

  // MARK: One request

  private func page(of row: RunRow) -> String {
    var lines: [String] = []
    if let answer = row.answer {
      lines += [answer.text, ""]
      for call in answer.toolCalls { lines.append("calls \(call.name)(\(call.arguments))") }
    }
    if let record = row.record, let plan = row.decision?.plan {
      var table = Columns()
      for (index, attempt) in record.outcome.attempts.enumerated() {
        let call = record.call(ofAttempt: index)
        table.add([
          words.step(attempt, plan, record, index), words.verdict(attempt, call),
          attempt.wasCalled ? words.cost(attempt.cost) : "",
          attempt.wasCalled ? "\(attempt.latency.count)ms" : "",
        ])
      }
      lines += table.lines
    }
    lines.append("answered  \(words.ending(of: row))")
    if row.explanation != nil {
      lines.append("route     \(route(row))\(because(row, separator: ": "))")
    }
    if let look = row.outcome?.similar { lines.append("cache     \(words.words(look))") }
    if let record = row.record {
      lines.append("cost      \(words.total(record.outcome))")
    } else if let hit = row.hit, hit.calls > 0 {
      lines.append("cost      \(words.cost(hit.spent))")
    }
    if let id = row.row { lines.append("row       \(id)") }
    return lines.joined(separator: "\n")
  }

  // MARK: A line of many

  private func line(of row: RunRow, number: Int, of count: Int) -> String {
    let width = String(count).count
    let place = String(repeating: " ", count: width - String(number).count) + "\(number)/\(count)"
    let name = padded(Self.baseName(row.name), 26)
    let cost = row.record.map { words.cost($0.outcome.cost) } ?? "–"
    let head = "\(place)  \(name)  \(padded(route(row), 15))  "
    let climbs = row.record.map(\.outcome.climbs) ?? 0
    var ending = words.ending(of: row)
    if climbs > 0 { ending += " after \(climbs) rejected" }
    // A line of many names who refused; the whole reason is on the request's own page.
    if ending.count > 44 { ending = ending.prefix(43) + "…" }
    if row.record?.outcome.isOverrun == true { ending += ", billed more than allowed" }
    let rest = because(row) + (row.row.map { "  row \($0)" } ?? "")
    return head + "\(padded(ending, 44))  \(padded(cost, 14))\(style.faint(rest))"
  }

  private func route(_ row: RunRow) -> String {
    row.explanation?.route?.name ?? "no route"
  }

  /// The first of the reasons, as it was seen.
  private func because(_ row: RunRow, separator: String = "  ") -> String {
    row.explanation?.route?.why.first.map { separator + $0.observed } ?? ""
  }

  private static func baseName(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.hasSuffix(".json") ? String(name.dropLast(5)) : name
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
