import PolicyUnits

extension FullBudget {
  /// One line that names the budget, what it has left, and when it frees.
  ///
  /// `budget tenant_daily of $100.00 a day for tenant acme has $0.40 left, this request may need
  /// $2.00; resets in 3h or less`
  package func message(currency: String) -> String {
    let kind = key.unit == .money ? "budget" : "limit"
    let words = UnitWords(unit: key.unit, currency: currency)
    var text = "\(kind) `\(key.budget)` of \(words.amount(cap))"
    text += key.window.words + (key.owner.map { " for \(Self.name(of: $0))" } ?? "")
    text += " has \(words.amount(left)) left"
    if let needed {
      text += ", this request may need \(words.amount(needed))"
    } else if left > 0 {
      text += ", too little for this request"
    }
    return switch reset {
    case .whenOneEnds: text + "; frees when a running request ends"
    case .within(let time): text + "; resets in \(Self.span(time)) or less"
    case .never:
      text + (needed == nil ? ", though it is all there is" : ", more than the whole of it")
    }
  }

  /// `tenant:acme` as `tenant acme`, on one line: callers choose such names.
  private static func name(of owner: String) -> String {
    guard let colon = owner.firstIndex(of: ":") else { return shown(owner[...]) }
    return "\(shown(owner[..<colon])) `\(shown(owner[owner.index(after: colon)...]))`"
  }

  /// At most eighty characters, those a terminal would obey as `·`.
  private static func shown(_ text: Substring) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(80) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: shown.append("·")
      case _: shown.append(scalar == "`" ? "·" : scalar)
      }
    }
    return String(shown) + (text.unicodeScalars.dropFirst(80).isEmpty ? "" : "…")
  }

  /// Days from two on, hours below.
  private static func span(_ time: Milliseconds) -> String {
    let hours = time.count / 3_600_000
    return hours >= 48 ? "\((hours + 23) / 24)d" : Amounts.text(time)
  }
}

private struct UnitWords {
  let unit: BudgetUnit
  let currency: String

  func amount(_ amount: Int64) -> String {
    switch unit {
    case .money: Amounts.text(Money(nanos: amount), currency: currency)
    case .requests, .atOnce: Amounts.count(amount, "request")
    case .tokens: Amounts.count(amount, "token")
    }
  }
}

extension CounterWindow {
  fileprivate var words: String {
    switch self {
    case .running: " at once"
    case .minute: " a minute"
    case .hour: " an hour"
    case .day: " a day"
    case .week: " a week"
    case .month: " a month"
    }
  }
}
