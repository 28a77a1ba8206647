import PolicySemantics
import PolicyUnits
import RoutingBudgets
import TrafficAudit
import TrafficLog

/// A log of lines, audited.
struct AuditedLog {
  let report: AuditReport
  let log: SpendLog

  init(
    _ text: String, by: [AuditDimension] = [.task, .model], since: Int64? = nil,
    against: Int64? = nil, prices: AuditPrices = .none
  ) {
    var log = SpendLog()
    var audit = CurrencyAudits(
      AuditOptions(
        by: by, since: since.map { Timestamp(milliseconds: $0) },
        against: against.map { Timestamp(milliseconds: $0) }, prices: prices))
    func take(_ row: borrowing SpendRow, _ log: borrowing SpendLog) { audit.add(row, of: log) }
    log.read(.bytes(Array(text.utf8)), take)
    log.read(.end, take)
    report = audit.report(log)
    self.log = log
  }
}

/// A request as a line of a log has it, and what an oracle knows of it.
struct MadeRow {
  var time: Int64
  var task: String?
  var tenant: String?
  var route: String?
  var model = "small"
  var input: Int64 = 100
  var cached: Int64 = 0
  var output: Int64 = 20
  /// Nanos; nil is not in the line.
  var cost: Int64?
  var prompt: String?
  var policy: String?
  var body: String?
  var isHit = false
  var extra = ""

  var line: String {
    var parts = ["\"time\":\(time)", "\"model\":\"\(model)\""]
    func add(_ name: String, _ value: String?) {
      if let value { parts.append("\"\(name)\":\"\(value)\"") }
    }
    add("task", task)
    add("tenant", tenant)
    add("route", route)
    add("system_prompt_fingerprint", prompt)
    add("policy_fingerprint", policy)
    add("body_fingerprint", body)
    if !isHit {
      parts.append("\"input_tokens\":\(input),\"output_tokens\":\(output)")
      parts.append("\"cached_input_tokens\":\(cached)")
    }
    if let cost { parts.append("\"cost_nanos\":\(cost)") }
    if isHit { parts.append("\"cache\":\"exact\"") }
    return "{" + parts.joined(separator: ",") + extra + "}"
  }
}

/// Prices of six models, in picos a token: whole nanos, so that no bill is rounded.
enum MadePrices {
  static let picos: [String: (input: Int64, cached: Int64, output: Int64)] = [
    "small": (10_000, 5_000, 10_000), "middle": (100_000, 20_000, 300_000),
    "large": (2_500_000, 1_250_000, 10_000_000), "larger": (5_000_000, 500_000, 20_000_000),
    "fifth": (400_000, 100_000, 1_600_000), "stepped": (6_000_000, 3_000_000, 24_000_000),
  ]

  /// More input tokens than this make a call to `stepped` three times as dear.
  static let step: Int64 = 1_000

  static var catalog: AuditPrices {
    let models = picos.keys.sorted().map { name in
      let own = picos[name] ?? (0, 0, 0)
      return AuditPrices.Model(
        name: name,
        prices: ModelPrices(
          input: Price(picosPerToken: own.input), output: Price(picosPerToken: own.output),
          cachedInput: Price(picosPerToken: own.cached),
          longContext: name != "stepped"
            ? []
            : [
              LongContextStep(
                threshold: step, input: Price(picosPerToken: own.input * 3),
                output: Price(picosPerToken: own.output * 3),
                cachedInput: Price(picosPerToken: own.cached * 3), appliesToWholeRequest: true)
            ]))
    }
    return AuditPrices(models: models, aliases: [:], currency: "USD")
  }

  /// In nanos, by the oracle's own arithmetic.
  static func nanos(_ row: MadeRow) -> Int64 { Int64((picos(row) + 999) / 1000) }

  static func picos(_ row: MadeRow) -> Int128 {
    let price = picos[row.model] ?? (0, 0, 0)
    let flat =
      Int128(row.input - row.cached) * Int128(price.input)
      + Int128(row.cached) * Int128(price.cached) + Int128(row.output) * Int128(price.output)
    return row.model == "stepped" && row.input > step ? flat * 3 : flat
  }
}
