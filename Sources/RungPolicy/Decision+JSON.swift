import JSONWriting
import PolicyUnits

extension Decision {
  /// One JSON object on one line, members always in this order; money in nano-units of `currency`,
  /// `null` where it is unknown, with the reason beside it.
  ///
  /// New members may appear; `version` counts up when one changes its meaning or goes away.
  public var json: String { String(decoding: jsonBytes, as: UTF8.self) }

  /// The same in UTF-8.
  public var jsonBytes: [UInt8] {
    var json = JSONWriter(reserving: 1024)
    write(to: &json)
    return json.bytes
  }

  private func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("version", 1)
      json.member("outcome", outcome.rawValue)
      json.member("route", orNull: route)
      json.member("task", orNull: task)
      json.member("arm", orNull: arm)
      json.member("model", orNull: model)
      json.array("tiers") { json in
        for tier in tiers { tier.write(to: &json) }
      }
      json.array("effects") { json in
        for effect in effects {
          json.object { json in
            json.member("text", effect.text)
            json.member("applies", effect.applies)
          }
        }
      }
      json.array("budgets") { json in
        for budget in budgets { budget.write(to: &json) }
      }
      json.object("cost") { cost.write(to: &$0) }
      if let refusal {
        json.key("refusal")
        refusal.write(to: &json)
      } else {
        json.member("refusal", orNull: String?.none)
      }
      json.member("classifier", orNull: classifier)
      json.member("policy", policy)
      json.member("catalog", catalog)
    }
  }
}

extension Decision.Tier {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("step", step)
      json.member("ladder", orNull: ladder)
      json.member("model", model)
      json.array("deployments") { json in
        for deployment in deployments { json.string(deployment) }
      }
      json.array("follows") { json in
        for failure in follows { json.string(failure) }
      }
      json.member("attempts", attempts)
      json.member("max_output", orNull: maxOutput)
      json.object("cost") { cost.write(to: &$0) }
    }
  }
}

extension Decision.Budget {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("name", name)
      json.member("unit", unit.rawValue)
      json.member("cap", cap)
      json.member("used", used)
      json.member("left", left)
    }
  }
}

extension Decision.Refusal {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("code", code)
      json.member("text", text)
      guard let place else { return json.member("place", orNull: String?.none) }
      json.object("place") { json in
        json.member("path", place.path)
        json.member("line", place.line)
        json.member("column", place.column)
      }
    }
  }
}

extension Decision.Cost {
  fileprivate func write(to json: inout JSONWriter) {
    let amounts = [("at_least", atLeast), ("expected", expected), ("at_most", atMost)]
    for (name, amount) in amounts {
      switch amount {
      case .known(let nanos, _): json.member(name, nanos)
      case .unknown(let reason):
        json.member(name, orNull: Int64?.none)
        json.member(name + "_unknown", reason)
      }
    }
    let currency = amounts.lazy.compactMap { $0.1.currency }.first
    json.member("currency", orNull: currency)
  }
}

extension Decision.Amount {
  fileprivate var currency: String? {
    switch self {
    case .known(_, let currency): currency
    case .unknown: nil
    }
  }
}

extension Decision.Amount: CustomStringConvertible {
  /// `$0.0015`, `EUR 12.00`, or `unknown: ` and the reason.
  public var description: String {
    switch self {
    case .known(let nanos, let currency): Amounts.text(Money(nanos: nanos), currency: currency)
    case .unknown(let reason): "unknown: \(reason)"
    }
  }
}
