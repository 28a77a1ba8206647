import LedgerExchange
package import PolicyExplain
import PolicyUnits
import RoutingBudgets
package import RoutingLedger

/// One row of the ledger for a reader: who asked, what was decided and called, what it cost.
///
/// Texts from outside are shown on one line, without control characters.
package struct RowPage {
  private let row: ChainedEntry
  private let style: Style
  private let ratings: [ReadRating]
  private var entry: LedgerEntry { row.entry }

  /// `ratings` are what was said of its answer, oldest first.
  package init(_ row: ChainedEntry, ratings: [ReadRating] = [], style: Style = .plain) {
    self.row = row
    self.ratings = ratings
    self.style = style
  }

  package var lines: [String] {
    var lines = [label("request") + style.bold(entry.id.description) + time(entry.time)]
    lines.append(label("status") + status)
    lines += line("beside", entry.parent.map { "request \($0)" } ?? "")
    lines += line("caller", caller)
    lines.append(label("asked") + asked)
    lines += line("decided", decided)
    lines += attempts
    lines.append(label("cost") + cost(entry.cost))
    lines += line("cache", cache)
    lines += line("saved", savings)
    lines += charges
    lines.append(label("latency") + latency)
    for (place, rating) in RatingLines(ratings).lines.enumerated() {
      lines.append(label(place == 0 ? "rated" : "") + rating)
    }
    lines += line("prints", prints)
    lines += line("imported", entry.origin.map(shown).map { "from \($0)" } ?? "")
    lines.append(
      style.faint(label("chain") + "row \(row.sequence), \(Hex.text(row.hash))"))
    return lines
  }

  // MARK: The request

  private var status: String {
    let words: String =
      switch entry.status {
      case .answered: "answered"
      case .notAccepted: "answered, though no gate accepted it"
      case .refused: "refused"
      case .failed: "failed"
      case .cancelled: "cancelled"
      case .lost: "lost: its process died; counted at the most it may have cost"
      }
    var text = entry.status == .answered ? style.good(words) : style.bad(words)
    if let model = entry.modelServed { text += " by \(shown(model))" }
    if let reason = entry.reason { text += ": \(shown(reason))" }
    return text
  }

  private var caller: String {
    let names = [
      ("tenant", entry.caller.tenant), ("user", entry.caller.user), ("key", entry.caller.key),
      ("conversation", entry.caller.conversation),
    ]
    return joined(names.map { name, value in value.map { "\(name) \(shown($0))" } })
  }

  private var asked: String {
    let streamed = entry.isStreamed ? ", streamed" : ""
    let commit = entry.commitPoint.map { " (\(shown($0)))" } ?? ""
    return "model \(shown(entry.modelAsked))" + streamed + commit
  }

  private var decided: String {
    joined([
      entry.route.map { "route \(shown($0))" }, entry.task.map { "task \(shown($0))" },
      entry.arm.map { "arm \(shown($0))" },
    ])
  }

  private var latency: String {
    let whole = "\(entry.elapsed.count)ms"
    return entry.firstByte.map { "first byte after \($0.count)ms, whole \(whole)" } ?? whole
  }

  private var prints: String {
    let prints = entry.fingerprints
    return joined([
      prints.policy.map { "policy \(shown($0))" }, prints.catalog.map { "catalog \(shown($0))" },
      prints.systemPrompt.map { "system prompt \(shown($0))" },
      prints.body.map { "body \(shown($0))" },
    ])
  }

  /// The words of the row: one, then how near which request's question was, then what stopped it.
  private var cache: String {
    guard let words = entry.savings.cache.map({ $0.split(separator: " ").map(String.init) }),
      let word = words.first
    else { return "" }
    let near = words.count > 2 ? "\(words[1]) near that of \(words[2])" : nil
    let text: String =
      switch word {
      case "exact": "hit: the answer to the same request"
      case "similar": "similar: the question is \(near ?? "near one that was answered")"
      case "miss": "miss" + (near.map { ": the nearest question is \($0)" } ?? "")
      case "guarded":
        "miss: the question is \(near ?? "near"), and differs in "
          + (words.count > 3 ? words[3].replacing("_", with: " ") : "something")
      case "failed": "miss: there was no vector of the question"
      case "repeated": "the answer of an idempotency key"
      default: words.joined(separator: " ")
      }
    return shown(text)
  }

  private var savings: String {
    let savings = entry.savings
    return joined([
      savings.compression.map { "compression \(shown($0))" },
      savings.batch.map { "one of a batch of \($0)" },
      savings.saved.map { Amounts.text($0, currency: entry.currency) },
    ])
  }

  // MARK: Calls and charges

  private var attempts: [String] {
    guard !entry.attempts.isEmpty else { return [] }
    var lines = [label("calls") + "\(entry.attempts.filter { $0.attempt > 0 }.count) made"]
    for attempt in entry.attempts { lines += AttemptLines(attempt, entry.currency).lines }
    return lines
  }

  private var charges: [String] {
    guard !entry.charges.isEmpty else { return [] }
    var table = Columns()
    for charge in entry.charges {
      table.add([
        shown(charge.key.budget), charge.key.owner.map(shown) ?? "all callers",
        window(charge.key.window), amount(charge),
      ])
    }
    return [label("charged") + "to budgets and limits"] + table.lines
  }

  private func amount(_ charge: ChargeEntry) -> String {
    switch charge.key.unit {
    case .money: Amounts.text(Money(nanos: charge.amount), currency: entry.currency)
    case .requests: Amounts.count(charge.amount, "request")
    case .tokens: Amounts.count(charge.amount, "token")
    case .atOnce: "\(charge.amount) at once"
    }
  }

  private func window(_ window: CounterWindow) -> String {
    switch window {
    case .running: "while it ran"
    case .minute: "the minute"
    case .hour: "the hour"
    case .day(let date): "day \(ISOTime.text(date))"
    case .week(let date): "week of \(ISOTime.text(date))"
    case .month(let date): "month of \(ISOTime.text(date))"
    }
  }

  // MARK: Words

  private func cost(_ cost: EntryCost) -> String {
    CostWords(currency: entry.currency).text(cost)
  }

  private func time(_ time: Timestamp) -> String {
    ISOTime.text(time).map { "  " + $0 } ?? ""
  }

  private func line(_ name: String, _ text: String) -> [String] {
    text.isEmpty ? [] : [label(name) + text]
  }

  private func joined(_ parts: [String?]) -> String {
    parts.compactMap { $0 }.joined(separator: " · ")
  }

  private func shown(_ text: String) -> String { ShownText.line(text) }

  private func label(_ text: String) -> String {
    text + String(repeating: " ", count: max(1, 10 - text.count))
  }
}
