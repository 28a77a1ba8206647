import OpenAIWire
import PolicyCompiler
import PolicyExplain
import PolicySemantics
import PolicyUnits
import RoutingCalls
import RoutingRuntime
import RoutingService

/// Cost by route, beside what the same tokens would have cost on one model for everything.
struct CostTable {
  private struct Line {
    var requests = 0
    var answered = 0
    var cost = CallCost.nothing
    /// By baseline; nil once a figure is missing.
    var elsewhere: [Money?]
  }

  private let compiled: CompiledPolicy
  private let baselines: [ModelID]
  private var lines: [String: Line] = [:]
  private var total: Line
  private var refused = 0

  init(_ compiled: CompiledPolicy, baselines: [ModelID] = []) {
    self.compiled = compiled
    self.baselines = baselines
    total = Line(elsewhere: baselines.map { _ in .zero })
  }

  init(_ rows: [RunRow], compiled: CompiledPolicy, baselines: [ModelID]) {
    self.init(compiled, baselines: baselines)
    for row in rows {
      change(row.explanation?.route?.name) {
        Self.add(row, to: &$0, beside: baselines, in: compiled)
      }
      if row.isRefused { refused += 1 }
    }
  }

  /// One more request; no baseline is told of it.
  mutating func add(route: String?, cost: CallCost, isAnswered: Bool) {
    change(route) { line in
      line.requests += 1
      line.cost = line.cost + cost
      if isAnswered { line.answered += 1 }
    }
  }

  private mutating func change(_ route: String?, _ body: (inout Line) -> Void) {
    let empty = Line(elsewhere: baselines.map { _ in .zero })
    body(&lines[route ?? "–", default: empty])
    body(&total)
  }

  /// As the policy has them, then what is no route of it.
  private var routes: [String] {
    let order = compiled.policy.routes.map(\.name)
    return order.filter { lines[$0] != nil }
      + lines.keys.filter { !order.contains($0) }.sorted()
  }

  var text: String {
    var table = Columns([.left, .right, .right, .right] + baselines.map { _ in .right })
    let names = baselines.map { "all on \(compiled.policy[$0].name)" }
    table.add(["route", "requests", "answered", "cost"] + names)
    for name in routes {
      if let line = lines[name] { table.add(cells(name, line)) }
    }
    table.add(cells("total", total))
    var text = ["", "cost by route"] + table.lines
    for (baseline, money) in zip(baselines, total.elsewhere) {
      text.append("  " + saving(baseline, money))
    }
    if refused > 0 { text.append("  \(refused) refused by the policy, nothing was called") }
    return text.joined(separator: "\n")
  }

  /// What each route came to.
  var byRoute: [(route: String, requests: Int, answered: Int, cost: CallCost)] {
    routes.compactMap { name in
      lines[name].map { (name, $0.requests, $0.answered, $0.cost) }
    }
  }

  private func cells(_ name: String, _ line: Line) -> [String] {
    let money = line.elsewhere.map { $0.map(amount) ?? "unknown" }
    return [name, String(line.requests), String(line.answered), words(line.cost)] + money
  }

  /// Per thousand, by integers.
  private func saving(_ baseline: ModelID, _ elsewhere: Money?) -> String {
    let name = compiled.policy[baseline].name
    guard let elsewhere, elsewhere > .zero, let cost = total.cost.money else {
      return "beside \(name): unknown"
    }
    let saved = Int128(elsewhere.nanos - cost.nanos) * 1000 / Int128(elsewhere.nanos)
    let share = "\(abs(saved) / 10).\(abs(saved) % 10) % \(saved < 0 ? "more" : "less")"
    let prices = compiled.policy[baseline].prices
    let quoted = [prices.input, prices.output].map { price in
      price.map { amount(Money(nanos: $0.picosPerToken * 1000)) } ?? "unknown"
    }
    return "\(share) than everything on \(name) "
      + "(\(quoted[0]) in, \(quoted[1]) out per million tokens)"
  }

  private static func add(
    _ row: RunRow, to line: inout Line, beside baselines: [ModelID], in compiled: CompiledPolicy
  ) {
    line.requests += 1
    if let record = row.record { line.cost = line.cost + record.outcome.cost }
    if let hit = row.hit { line.cost = line.cost + hit.spent }
    guard let answer = row.answer else { return }
    line.answered += 1
    if row.isRepeated { return }
    for (index, baseline) in baselines.enumerated() {
      let cost = answer.usage.flatMap { usage in
        Tariff(compiled.policy[baseline].prices).cost(
          of: RoutingRuntime.Usage(input: usage.prompt, output: usage.completion))
      }
      if let sum = line.elsewhere[index], let cost {
        line.elsewhere[index] = sum + cost
      } else {
        line.elsewhere[index] = nil
      }
    }
  }

  private func amount(_ money: Money) -> String {
    Amounts.text(money, currency: compiled.policy.vocabulary.currency)
  }

  private func words(_ cost: CallCost) -> String {
    RunWords(compiled).cost(cost)
  }
}
