import PolicyExplain
import PolicyUnits
import RoutingRuntime

/// What a batch came to, at its end.
struct BatchReport {
  let tally: BatchTally
  let stop: BatchRun.Stop?
  let currency: String
  let answers: String
  let limit: Money?
  let elapsed: Duration

  /// Items without an answer that are named, and causes the others are counted by.
  private static let named = 10
  private static let causes = 8

  /// For people: figures, cost by route and by model, then every item without an answer.
  var text: String {
    var lines = [headline]
    if let figures { lines.append("  " + figures) }
    let now = BatchProgress.cost(tally.costNow, currency)
    let all = BatchProgress.cost(tally.cost, currency)
    lines.append(
      "  cost \(all)" + (tally.costNow == tally.cost ? "" : ", of which \(now) in this run"))
    if tally.shadows != .nothing {
      lines.append("  shadows beside: \(BatchProgress.cost(tally.shadows, currency))")
    }
    lines.append(tally.routes.text)
    lines += models
    if let leftWords { lines += ["", leftWords] }
    lines += unanswered("failed", tally.unanswered.filter { !$0.isLost })
    lines += unanswered("lost", tally.unanswered.filter(\.isLost))
    return lines.joined(separator: "\n")
  }

  private var headline: String {
    var parts = ["\(tally.answered) of \(Amounts.count(tally.total, "request")) answered"]
    if tally.failed > 0 { parts.append("\(tally.failed) failed") }
    if tally.lost > 0 { parts.append("\(tally.lost) lost") }
    if tally.left > 0 { parts.append("\(tally.left) left") }
    return parts.joined(separator: ", ") + ": \(answers)"
  }

  private var figures: String? {
    var parts: [String] = []
    if tally.before > 0 { parts.append("\(tally.before) answered by earlier runs") }
    if tally.repeated > 0 {
      parts.append("\(tally.repeated) given again from the ledger, without paying")
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private var models: [String] {
    guard !tally.models.isEmpty else { return [] }
    var table = Columns([.left, .right, .right])
    table.add(["model", "calls", "cost"])
    for (name, sum) in tally.models.sorted(by: { $0.key < $1.key }) {
      table.add([name, String(sum.calls), BatchProgress.cost(sum.cost, currency)])
    }
    return ["", "cost by model"] + table.lines
  }

  private var leftWords: String? {
    guard tally.left > 0 else { return nil }
    let items = "\(tally.left) \(tally.left == 1 ? "request is" : "requests are") left"
    switch stop {
    case .outOfMoney:
      let most = limit.map { " " + Amounts.text($0, currency: currency) } ?? ""
      return "\(items): the next could pass --max-cost\(most); the same command with more goes on"
    case .atProviders:
      return "\(items), all in providers' batches: the same command takes their answers"
    case .interrupted: return "\(items): the same command goes on where this one ended"
    case .failure, nil: return "\(items): the same command goes on"
    }
  }

  private func unanswered(_ word: String, _ lines: [BatchLine]) -> [String] {
    guard !lines.isEmpty else { return [] }
    var text = ["", "\(word)"]
    for line in lines.sorted(by: { $0.line < $1.line }).prefix(Self.named) {
      let status = line.status.map { " \($0)" } ?? ""
      let name = Terminal.harmless(line.customID)
      let problem = Terminal.harmless(line.problem ?? "no answer")
      text.append("  line \(line.line)  \(name):\(status) \(problem)")
    }
    text += rest(Array(lines.sorted(by: { $0.line < $1.line }).dropFirst(Self.named)))
    text.append("  --retry-\(word) asks \(lines.count == 1 ? "it" : "them") again")
    return text
  }

  /// Those that are not named, counted by their cause, the most frequent first.
  private func rest(_ lines: [BatchLine]) -> [String] {
    guard !lines.isEmpty else { return [] }
    var counts: [String: (count: Int, words: String)] = [:]
    for line in lines {
      let status = line.status.map { "\($0) " } ?? ""
      let words = status + Terminal.harmless(line.problem ?? "no answer")
      // What differs in its figures alone is one cause: `no answer in 1.2s`, `no answer in 1.3s`.
      let cause = words.replacing(/[0-9][0-9.,]*/, with: "0")
      counts[cause] = (1 + (counts[cause]?.count ?? 0), counts[cause]?.words ?? words)
    }
    let sorted = counts.values.sorted { ($1.count, $0.words) < ($0.count, $1.words) }
    var text = ["  and \(lines.count) more, in \(answers):"]
    for (count, words) in sorted.prefix(Self.causes) { text.append("  \(count) like  \(words)") }
    let others = sorted.dropFirst(Self.causes).reduce(0) { $0 + $1.count }
    if others > 0 { text.append("  \(others) for other causes") }
    return text
  }
}
