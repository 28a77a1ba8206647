import JSONWriting
import OpenAIWire
import PolicyUnits
import RoutingBudgets
import RoutingCache

/// What a cache says of itself, for people and for machines.
enum CacheReport {
  // MARK: How much there is

  static func text(_ stats: CacheStats) -> String {
    guard !stats.routes.isEmpty else { return "nothing is kept, and nothing was looked up" }
    let hasSimilar = stats.questions > 0 || stats.similarHits > 0
    let similar = hasSimilar ? ["QUESTIONS", "SIMILAR"] : []
    var rows = [["ROUTE", "ANSWERS", "BYTES", "HITS", "MISSES"] + similar + ["HIT RATE"]]
    func add(
      _ name: String, _ entries: Int64, _ bytes: Int64, _ hits: Int64, _ misses: Int64,
      _ questions: Int64, _ near: Int64
    ) {
      rows.append(
        [name] + [entries, bytes, hits, misses].map(Amounts.grouped)
          + (hasSimilar ? [questions, near].map(Amounts.grouped) : [])
          + [rate(hits + near, misses)])
    }
    for route in stats.routes {
      add(
        route.route, route.entries, route.bytes, route.hits, route.misses, route.questions,
        route.similarHits)
    }
    if stats.routes.count > 1 {
      add(
        "all", stats.entries, stats.bytes, stats.hits, stats.misses, stats.questions,
        stats.similarHits)
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).enumerated().map { column, cell in
        let space = String(repeating: " ", count: cell.1 - cell.0.count)
        return column == 0 ? cell.0 + space : space + cell.0
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// In whole percent; `–` where nothing was looked up.
  private static func rate(_ hits: Int64, _ misses: Int64) -> String {
    let all = hits + misses
    return all == 0 ? "–" : "\((hits * 200 + all) / (2 * all))%"
  }

  static func json(_ stats: CacheStats) -> String {
    var json = JSONWriter()
    stats.write(to: &json)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  // MARK: Answers

  private static let noAnswer =
    "no such answer: a request that was answered from the cache has none of its own, `rung ledger show` "
    + "names the one it was given"

  static func text(_ answers: [StoredAnswer], at now: Timestamp) -> String {
    guard !answers.isEmpty else { return noAnswer }
    return answers.map { text($0, at: now) }.joined(separator: "\n\n")
  }

  private static func text(_ stored: StoredAnswer, at now: Timestamp) -> String {
    let answer = stored.answer
    let origin = answer.origin
    let left = answer.expiry.milliseconds - now.milliseconds
    let lines = [
      "key      \(stored.key.digest)",
      "request  \(origin.request)",
      "route    \(origin.route)",
      "tenant   \(origin.tenant ?? "–")",
      "model    \(origin.model)",
      "cost     \(origin.cost.map { Amounts.text($0, currency: origin.currency) } ?? "unknown")",
      "age      \(answer.age(at: now).count / 1000) s",
      left > 0 ? "left     \(left / 1000) s" : "left     none: it is past its time",
    ]
    let text = (try? ChatResponse(answer.body))?.text ?? ""
    return lines.joined(separator: "\n") + "\n\n" + text
  }

  static func json(_ answers: [StoredAnswer]) -> String {
    var json = JSONWriter()
    json.array { json in for answer in answers { answer.write(to: &json) } }
    return String(decoding: json.bytes, as: UTF8.self)
  }
}
