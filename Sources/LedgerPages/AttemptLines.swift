import LedgerExchange
import PolicyUnits
import RoutingLedger

/// One call, or one skipped step, with its tokens and costs by kind and what its gates said.
struct AttemptLines {
  private let attempt: AttemptEntry
  private let currency: String

  init(_ attempt: AttemptEntry, _ currency: String) {
    self.attempt = attempt
    self.currency = currency
  }

  var lines: [String] {
    var lines = ["  " + [step, place, verdict].filter { !$0.isEmpty }.joined(separator: "  ")]
    for detail in [figures, tokens, parts] where !detail.isEmpty { lines.append("    " + detail) }
    lines += attempt.gates.map { "    " + words($0) }
    return lines
  }

  private var step: String {
    var words: [String] = []
    if attempt.role != .answer { words.append("  " + attempt.role.rawValue) }
    if attempt.isFallback { words.append("fallback") }
    if let ladder = attempt.ladder { words.append(ShownText.line(ladder)) }
    if let tier = attempt.tier { words.append("tier \(tier)") }
    if let model = attempt.model ?? unnamed { words.append(ShownText.line(model)) }
    if attempt.attempt > 1 { words.append("again (\(attempt.attempt))") }
    return words.joined(separator: " ")
  }

  /// A service of the policy's own has no name in the catalog.
  private var unnamed: String? { attempt.role == .answer ? "requested" : nil }

  private var place: String {
    guard let provider = attempt.provider else { return "" }
    var text = "at " + ShownText.line(provider)
    if let region = attempt.region { text += " (\(ShownText.line(region)))" }
    if let upstream = attempt.upstream, upstream != attempt.model {
      text += " as \(ShownText.line(upstream))"
    }
    if let served = attempt.upstreamServed, served != attempt.upstream {
      text += ", which says it is \(ShownText.line(served))"
    }
    return text
  }

  private var verdict: String {
    let word = attempt.verdict.replacing("_", with: " ")
    guard let reason = attempt.reason, reason != attempt.verdict else {
      return ShownText.line(word)
    }
    return reason.hasPrefix(word) ? ShownText.line(reason) : ShownText.line("\(word): \(reason)")
  }

  private var figures: String {
    guard attempt.attempt > 0 else { return "" }
    let words = CostWords(currency: currency)
    var parts = ["cost \(words.text(attempt.cost))"]
    if let reserved = attempt.reserved {
      parts.append("\(Amounts.text(reserved, currency: currency)) set aside")
    }
    if let most = attempt.maxOutput { parts.append("at most \(Amounts.grouped(most)) out") }
    if let status = attempt.httpStatus { parts.append("HTTP \(status)") }
    if let first = attempt.firstByte { parts.append("first byte after \(first.count)ms") }
    parts.append("\(attempt.latency.count)ms")
    if let date = attempt.priceDate { parts.append("prices of \(ISOTime.text(date))") }
    return parts.joined(separator: " · ")
  }

  private var tokens: String {
    guard let tokens = attempt.tokens else { return "" }
    let input = kinds([
      ("cached", tokens.cachedInput), ("written to the cache", tokens.cacheWrite),
      ("written for long", tokens.cacheWriteLong),
    ])
    let output = kinds([("reasoning", tokens.reasoning)])
    return "tokens \(Amounts.grouped(tokens.input)) in\(input) · "
      + "\(Amounts.grouped(tokens.output)) out\(output)"
      + (tokens.isEstimated ? " · at most, as the provider gave no figures" : "")
  }

  private func kinds(_ kinds: [(name: String, count: Int64)]) -> String {
    let known = kinds.filter { $0.count != 0 }.map { "\(Amounts.grouped($0.count)) \($0.name)" }
    return known.isEmpty ? "" : " (" + known.joined(separator: ", ") + ")"
  }

  private var parts: String {
    let parts = attempt.parts
    let kinds: [(String, Int64)] = [
      ("input", parts.input), ("cached input", parts.cachedInput),
      ("cache writes", parts.cacheWrite), ("long cache writes", parts.cacheWriteLong),
      ("output", parts.output), ("reasoning", parts.reasoning), ("fee", parts.fee),
    ]
    let words = CostWords(currency: currency)
    let known = kinds.filter { $0.1 != 0 }.map { "\($0.0) \(words.text(picos: $0.1))" }
    return known.isEmpty ? "" : "of it " + known.joined(separator: " · ")
  }

  private func words(_ gate: GateEntry) -> String {
    var text = "gate \(ShownText.line(gate.name)) "
    text += gate.hasFailed ? "failed, taken as " : ""
    text += gate.isAccepted ? "accepted" : "rejected"
    if let score = gate.score { text += " at \(Amounts.decimal(score, scale: 6))" }
    if let model = gate.model { text += " by \(ShownText.line(model))" }
    if gate.cost != .exact(.zero) {
      text += ", cost \(CostWords(currency: currency).text(gate.cost))"
    }
    return text
  }
}

/// Amounts of a row in words.
struct CostWords {
  let currency: String

  func text(_ cost: EntryCost) -> String {
    guard let money = cost.money else { return "unknown" }
    let text = Amounts.text(money, currency: currency)
    return switch cost.certainty {
    case .exact: text
    case .atMost: "at most " + text
    case .unknown: "unknown"
    }
  }

  func text(picos: Int64) -> String {
    let symbol = currency == "USD" ? "$" : currency + " "
    return symbol + Amounts.decimal(picos, scale: 12)
  }
}
