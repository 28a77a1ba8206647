import ContextCompression
import PolicySemantics
import PolicyUnits
import RoutingEvaluation
import RoutingRuntime
import TrafficLog

/// A prompt and its shorter version, for a reader.
struct PromptReport {
  let findings: PromptFindings
  /// What was written, in the order it was.
  var written: [String] = []
  var width = 80
  var coloured = false

  /// Spans of a kind that are named.
  private static let named = 60

  private var currency: String { findings.policy.vocabulary.currency }

  var text: String {
    var lines = [label("prompt") + findings.path, label("shorter") + origin]
    lines += sizes
    lines += spans("lost", findings.loss.lost, "of the original not in the shorter one")
    lines += spans("new", findings.loss.added, "of the shorter one not in the original")
    if findings.loss.lost.isEmpty, findings.loss.added.isEmpty, findings.isShorter {
      lines.append(label("spans") + "every number, date, name, address, quote, not and bound stays")
    }
    if findings.isShorter {
      lines.append("changes")
      lines += PromptDifference(findings.prompts).text(width: width - 2, coloured: coloured)
        .map { "  " + $0 }
    } else {
      lines.append(
        label("changes") + "none: nothing stands there twice, and no white space is spare")
    }
    lines += trial + year
    lines += written.enumerated().map { label($0 == 0 ? "written" : "") + $1 }
    if !written.isEmpty, !findings.replaces, let output = findings.output {
      lines.append(label("use") + "replace system file \"\(output)\", by a path from the policy")
    }
    return lines.joined(separator: "\n")
  }

  private func label(_ name: String) -> String {
    name + String(repeating: " ", count: max(1, 10 - name.count))
  }

  private var origin: String {
    switch findings.origin {
    case .written(let path): "\(path), as it is written"
    case .proposed(let model, let cost): "by \(model), for \(words(cost))"
    case .lossless:
      findings.isShorter
        ? "without loss: white space, and what stands there twice"
        : "nothing to be had without loss; --by MODEL proposes, --candidate FILE takes one"
    }
  }

  private func words(_ cost: CallCost) -> String {
    switch cost {
    case .exact(let money): Amounts.text(money, currency: currency)
    case .atMost(let money): "at most \(Amounts.text(money, currency: currency))"
    case .unknown: "an unknown amount"
    }
  }

  /// One line for all models that count alike.
  private var sizes: [String] {
    var lines: [(names: [String], words: String)] = []
    for model in findings.models {
      let (before, after) = findings.prompts.tokens(at: model)
      let share = before == 0 ? 0 : (before - after) * 1000 / before
      let words =
        "\(Amounts.grouped(before)) become \(Amounts.grouped(after)) (\(after > before ? "more" : "\(share / 10).\(abs(share % 10)) % less"))"
      if let place = lines.firstIndex(where: { $0.words == words }) {
        lines[place].names.append(model.name)
      } else {
        lines.append(([model.name], words))
      }
    }
    return lines.enumerated().flatMap { number, line in
      Self.wrapped(
        "\(line.words) at \(line.names.joined(separator: ", "))",
        label(number == 0 ? "tokens" : ""),
        width)
    }
  }

  private static func wrapped(_ text: String, _ label: String, _ width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, label.count + line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    lines.append(line)
    let margin = String(repeating: " ", count: label.count)
    return lines.enumerated().map { ($0 == 0 ? label : margin) + $1 }
  }

  private func spans(_ name: String, _ facts: [TextFact], _ what: String) -> [String] {
    guard !facts.isEmpty else { return [] }
    var lines = [label(name) + "\(facts.count) \(facts.count == 1 ? "span" : "spans") \(what)"]
    for fact in facts.prefix(Self.named) {
      let kind = fact.kind.rawValue
      let mark = "  " + kind + String(repeating: " ", count: max(1, 12 - kind.count))
      lines += Self.wrapped("“\(Terminal.harmless(fact.text))”", mark, width)
    }
    if facts.count > Self.named { lines.append("  and \(facts.count - Self.named) more") }
    return lines
  }

  // MARK: - Evidence

  private var trial: [String] {
    guard let trial = findings.trial else { return [] }
    let sums = trial.outcomes
    var lines = [
      label("gold")
        + "\(Amounts.count(sums.total, "request")): \(sums.both) pass with both, \(sums.onlyFirst) with "
        + "the original only, ",
      label("") + "\(sums.onlySecond) with the shorter one only, \(sums.neither) with neither",
      label("")
        + "McNemar exact p = \(Self.figure(sums.chance, places: 4)); at 95 % the shorter one "
        + "loses at most",
      label("") + "\(Self.figure(sums.lossAtMost * 100, places: 1)) % of such requests "
        + "(Clopper-Pearson)",
      label("")
        + "cost \(words(trial.originalCost)) with the original, \(words(trial.shorterCost)) "
        + "with the shorter one",
    ]
    lines[0] = String(lines[0].dropLast())
    for name in trial.lost { lines.append("  lost        \(name)") }
    for name in trial.unanswered { lines.append("  no answer   \(name)") }
    return lines
  }

  private var year: [String] {
    if let savings = findings.savings { return year(savings) }
    guard let perDay = findings.requestsPerDay else { return [] }
    return findings.models.enumerated().flatMap { number, model -> [String] in
      let (before, after) = findings.prompts.tokens(at: model)
      let head = label(number == 0 ? "year" : "")
      let calls = Int64(clamping: Int128(perDay) * 365)
      guard let price = model.prices.input else {
        return [head + "unknown at \(model.name): the catalog has no price for its input"]
      }
      let picos = Int128(calls) * Int128(before - after) * Int128(price.picosPerToken)
      let money = Amounts.text(PromptSavings.money(picos), currency: currency)
      return [
        head
          + "\(money) at \(model.name), if nothing is cached: \(Amounts.grouped(perDay)) a day × "
          + "365 ×",
        label("")
          + "\(Amounts.count(before - after, "token")) × \(Amounts.perMillion(price, currency: currency)) "
          + "per 1M",
      ]
    }
  }

  private func year(_ savings: PromptSavings) -> [String] {
    var lines = [
      label("log") + "\(Amounts.grouped(Int64(savings.requests))) of "
        + "\(Amounts.count(savings.all, "request")) have this prompt"
    ]
    for model in savings.models {
      let money = Amounts.text(PromptSavings.money(model.spared), currency: currency)
      let cached =
        model.fewerCached == 0
        ? "" : " and \(Amounts.grouped(model.fewerCached)) read from its cache"
      lines += Self.wrapped(
        "\(money) less at \(model.name): \(Amounts.count(model.calls, "call")), "
          + "\(Amounts.grouped(model.fewer)) input tokens fewer" + cached,
        label(""), width)
    }
    if savings.uncounted > 0 {
      lines.append(
        label("") + "\(Amounts.count(savings.uncounted, "call")) "
          + (savings.uncounted == 1 ? "is not counted: its" : "are not counted: their")
          + " tokens or prices are unknown"
      )
    }
    let spared = Amounts.text(savings.spared, currency: currency)
    guard let year = savings.inAYear, let uncached = savings.inAYearUncached,
      let covered = savings.covered
    else {
      return lines + [
        label("year") + "unknown: the log covers less than a day; it spares \(spared)"
      ]
    }
    lines.append(
      label("year")
        + "\(Amounts.text(year, currency: currency)): \(spared) × 365 / \(covered.days)")
    lines += Self.wrapped("the log covers \(covered.words)", label(""), width)
    if let gaps = LogNotes.gaps(savings.gaps) { lines += Self.wrapped(gaps, label(""), width) }
    if uncached != year {
      lines.append(
        label("") + "\(Amounts.text(uncached, currency: currency)) if the provider's cache kept "
          + "nothing of the shorter one")
    }
    return lines
  }

  /// With a fixed number of decimals, rounded up: a chance or a bound is never told as smaller.
  static func figure(_ value: Double, places: Int) -> String {
    let scale = (0..<places).reduce(1.0) { product, _ in product * 10 }
    let scaled = Int64((value * scale - 1e-9).rounded(.up))
    let whole = scaled / Int64(scale)
    let rest = String(scaled % Int64(scale))
    return "\(whole)." + String(repeating: "0", count: places - rest.count) + rest
  }
}
