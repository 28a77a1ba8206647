import JSONReading
import PolicyUnits
import RoutingBudgets
package import RoutingLedger

/// Attempts and charges as ``AttemptJSON`` and ``ChargeJSON`` wrote them.
package enum AttemptReading {
  /// The list of attempts of a row, as it stands in an export.
  package static func attempts(json bytes: [UInt8]) throws(RowProblem) -> [AttemptEntry] {
    guard let list = try? JSONText(bytes).root, list.kind == .array else {
      throw .notPlain(column: "attempts")
    }
    return try attempts(FieldValue(list, path: "attempts"))
  }

  /// Those of format 1 have no role and no calls of gates.
  static func attempts(
    _ list: FieldValue, isFirstFormat: Bool = false
  ) throws(RowProblem) -> [AttemptEntry] {
    try list.elements.map { value throws(RowProblem) in
      try attempt(value, isFirstFormat: isFirstFormat)
    }
  }

  static func charges(_ list: FieldValue) throws(RowProblem) -> [ChargeEntry] {
    try list.elements.map { value throws(RowProblem) in try charge(value) }
  }

  private static let attemptMembers: Set<String> = [
    "model", "provider", "upstream", "upstream_served", "region", "ladder", "tier", "fallback",
    "attempt", "verdict", "reason", "gates", "tokens", "parts", "cost", "cost_nanos", "certainty",
    "reserved_nanos", "max_output", "http_status", "first_byte_ms", "latency_ms", "price_date",
  ]

  private static func attempt(
    _ value: FieldValue, isFirstFormat: Bool
  ) throws(RowProblem) -> AttemptEntry {
    try value.checkObject(isFirstFormat ? attemptMembers : attemptMembers.union(["role"]))
    var attempt = AttemptEntry(
      verdict: try value.need("verdict").string(), cost: try cost(value))
    if !isFirstFormat { attempt.role = try role(try value.need("role")) }
    attempt.model = try value.member("model")?.string()
    attempt.provider = try value.member("provider")?.string()
    attempt.upstream = try value.member("upstream")?.string()
    attempt.upstreamServed = try value.member("upstream_served")?.string()
    attempt.region = try value.member("region")?.string()
    attempt.ladder = try value.member("ladder")?.string()
    attempt.tier = try value.member("tier")?.integer()
    attempt.isFallback = try value.need("fallback").bool()
    attempt.attempt = try value.need("attempt").integer()
    attempt.reason = try value.member("reason")?.string()
    attempt.gates = try value.need("gates").elements.map { gate throws(RowProblem) in
      try self.gate(gate, isFirstFormat: isFirstFormat)
    }
    attempt.tokens = try tokens(try value.member("tokens"))
    attempt.parts = try parts(try value.need("parts"))
    attempt.reserved = try value.member("reserved_nanos").map { nanos throws(RowProblem) in
      Money(nanos: try nanos.integer())
    }
    attempt.maxOutput = try value.member("max_output")?.integer()
    attempt.httpStatus = try value.member("http_status")?.integer()
    attempt.firstByte = try value.member("first_byte_ms").map { span throws(RowProblem) in
      Milliseconds(try span.integer())
    }
    attempt.latency = Milliseconds(try value.need("latency_ms").integer())
    if let date = try value.member("price_date") {
      guard let read = ISOTime.date(try date.string()) else { throw date.bad("is no date") }
      attempt.priceDate = read
    }
    return attempt
  }

  private static func cost(_ value: FieldValue) throws(RowProblem) -> EntryCost {
    let word = try value.need("certainty")
    let money = try value.member("cost_nanos").map { nanos throws(RowProblem) in
      Money(nanos: try nanos.integer())
    }
    guard try value.member("cost")?.string() == money.map({ Amounts.plain($0) }) else {
      throw value.bad("has a `cost` that is not what its `cost_nanos` says")
    }
    guard let certainty = EntryCost.Certainty(rawValue: try word.string()),
      let cost = EntryCost(money, certainty)
    else { throw word.bad("does not fit the cost") }
    return cost
  }

  private static func tokens(_ value: FieldValue?) throws(RowProblem) -> TokenEntry? {
    guard let value else { return nil }
    try value.checkObject([
      "input", "cached_input", "cache_write", "cache_write_long", "output", "reasoning",
      "estimated",
    ])
    return TokenEntry(
      input: try value.need("input").integer(),
      cachedInput: try value.need("cached_input").integer(),
      cacheWrite: try value.need("cache_write").integer(),
      cacheWriteLong: try value.need("cache_write_long").integer(),
      output: try value.need("output").integer(),
      reasoning: try value.need("reasoning").integer(),
      isEstimated: try value.need("estimated").bool())
  }

  private static func parts(_ list: FieldValue) throws(RowProblem) -> CostParts {
    var parts = CostParts()
    for part in list.elements {
      try part.checkObject(["kind", "picos"])
      let kind = try part.need("kind").string()
      guard let place = AttemptJSON.partKinds.first(where: { $0.kind == kind })?.part else {
        throw part.bad("has the unknown kind `\(ShownText.of(kind))`")
      }
      parts[keyPath: place] = try part.need("picos").integer()
    }
    return parts
  }

  private static func role(_ value: FieldValue) throws(RowProblem) -> AttemptEntry.Role {
    guard let role = AttemptEntry.Role(rawValue: try value.string()) else {
      throw value.bad("is no role")
    }
    return role
  }

  private static let gateMembers: Set<String> = [
    "name", "score_millionths", "accepted", "failed", "cost", "cost_nanos", "certainty",
  ]

  private static func gate(
    _ value: FieldValue, isFirstFormat: Bool
  ) throws(RowProblem) -> GateEntry {
    try value.checkObject(isFirstFormat ? gateMembers : gateMembers.union(["model", "calls"]))
    return GateEntry(
      name: try value.need("name").string(), score: try value.member("score_millionths")?.integer(),
      isAccepted: try value.need("accepted").bool(), hasFailed: try value.need("failed").bool(),
      cost: try cost(value),
      model: isFirstFormat ? nil : try value.member("model")?.string(),
      calls: isFirstFormat ? 0 : try value.need("calls").integer())
  }

  private static func charge(_ value: FieldValue) throws(RowProblem) -> ChargeEntry {
    try value.checkObject(["budget", "unit", "owner", "window", "date", "amount"])
    let unitValue = try value.need("unit")
    guard let unit = BudgetUnit(rawValue: try unitValue.string()) else {
      throw unitValue.bad("is no unit")
    }
    let key = CounterKey(
      budget: try value.need("budget").string(), unit: unit,
      owner: try value.member("owner")?.string(), window: try window(value))
    return ChargeEntry(key: key, amount: try value.need("amount").integer())
  }

  private static func window(_ value: FieldValue) throws(RowProblem) -> CounterWindow {
    let word = try value.need("window")
    var date: CalendarDate?
    if let written = try value.member("date") {
      date = ISOTime.date(try written.string())
      guard date != nil else { throw written.bad("is no date") }
    }
    switch (try word.string(), date) {
    case ("running", nil): return .running
    case ("minute", nil): return .minute
    case ("hour", nil): return .hour
    case ("day", let date?): return .day(date)
    case ("week", let date?): return .week(date)
    case ("month", let date?): return .month(date)
    case (_, _): throw word.bad("is no window, or its date does not fit")
    }
  }
}
