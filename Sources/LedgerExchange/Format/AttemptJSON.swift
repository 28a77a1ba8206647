import JSONWriting
import PolicyUnits
import RoutingBudgets
import RoutingLedger

/// Attempts as objects of JSON; every member is there, `null` where nothing is known.
enum AttemptJSON {
  static func write(_ attempt: AttemptEntry, to json: inout JSONWriter) {
    json.object { json in
      json.member("model", orNull: attempt.model)
      json.member("provider", orNull: attempt.provider)
      json.member("upstream", orNull: attempt.upstream)
      json.member("upstream_served", orNull: attempt.upstreamServed)
      json.member("region", orNull: attempt.region)
      json.member("ladder", orNull: attempt.ladder)
      json.member("tier", orNull: attempt.tier)
      json.member("fallback", attempt.isFallback)
      json.member("attempt", attempt.attempt)
      json.member("verdict", attempt.verdict)
      json.member("reason", orNull: attempt.reason)
      json.array("gates") { json in for gate in attempt.gates { write(gate, to: &json) } }
      json.key("tokens")
      if let tokens = attempt.tokens { write(tokens, to: &json) } else { json.null() }
      json.array("parts") { json in write(attempt.parts, to: &json) }
      write(attempt.cost, to: &json)
      json.member("reserved_nanos", orNull: attempt.reserved?.nanos)
      json.member("max_output", orNull: attempt.maxOutput)
      json.member("http_status", orNull: attempt.httpStatus)
      json.member("first_byte_ms", orNull: attempt.firstByte?.count)
      json.member("latency_ms", attempt.latency.count)
      json.member("price_date", orNull: attempt.priceDate.map { ISOTime.text($0) })
      json.member("role", attempt.role.rawValue)
    }
  }

  static func write(_ cost: EntryCost, to json: inout JSONWriter) {
    json.member("cost", orNull: cost.money.map { Amounts.plain($0) })
    json.member("cost_nanos", orNull: cost.money?.nanos)
    json.member("certainty", cost.certainty.rawValue)
  }

  private static func write(_ tokens: TokenEntry, to json: inout JSONWriter) {
    json.object { json in
      json.member("input", tokens.input)
      json.member("cached_input", tokens.cachedInput)
      json.member("cache_write", tokens.cacheWrite)
      json.member("cache_write_long", tokens.cacheWriteLong)
      json.member("output", tokens.output)
      json.member("reasoning", tokens.reasoning)
      json.member("estimated", tokens.isEstimated)
    }
  }

  /// The kinds of tokens that cost something, in pico-units.
  static func write(_ parts: CostParts, to json: inout JSONWriter) {
    for (kind, part) in partKinds where parts[keyPath: part] != 0 {
      json.object { json in
        json.member("kind", kind)
        json.member("picos", parts[keyPath: part])
      }
    }
  }

  static var partKinds: [(kind: String, part: WritableKeyPath<CostParts, Int64>)] {
    [
      ("input", \.input), ("cached_input", \.cachedInput), ("cache_write", \.cacheWrite),
      ("cache_write_long", \.cacheWriteLong), ("output", \.output), ("reasoning", \.reasoning),
      ("fee", \.fee),
    ]
  }

  static func write(_ gate: GateEntry, to json: inout JSONWriter) {
    json.object { json in
      json.member("name", gate.name)
      json.member("score_millionths", orNull: gate.score)
      json.member("accepted", gate.isAccepted)
      json.member("failed", gate.hasFailed)
      write(gate.cost, to: &json)
      json.member("model", orNull: gate.model)
      json.member("calls", gate.calls)
    }
  }
}

/// What a row counted against budgets, as an object of JSON.
enum ChargeJSON {
  static func write(_ charge: ChargeEntry, to json: inout JSONWriter) {
    let window = Self.window(charge.key.window)
    json.object { json in
      json.member("budget", charge.key.budget)
      json.member("unit", charge.key.unit.rawValue)
      json.member("owner", orNull: charge.key.owner)
      json.member("window", window.word)
      json.member("date", orNull: window.date.map { ISOTime.text($0) })
      json.member("amount", charge.amount)
    }
  }

  private static func window(_ window: CounterWindow) -> (word: String, date: CalendarDate?) {
    switch window {
    case .running: ("running", nil)
    case .minute: ("minute", nil)
    case .hour: ("hour", nil)
    case .day(let date): ("day", date)
    case .week(let date): ("week", date)
    case .month(let date): ("month", date)
    }
  }
}
