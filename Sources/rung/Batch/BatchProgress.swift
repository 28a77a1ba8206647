import PolicyUnits
import RoutingCalls
import RoutingRuntime

/// How far a batch has come, in a line: `412/500 done, 2 failed, 31.4/s, $0.0123 so far, 3 s left`.
struct BatchProgress {
  let currency: String

  func text(_ tally: BatchTally, after time: Duration) -> String {
    var parts = ["\(tally.done)/\(tally.total) done"]
    if !tally.unanswered.isEmpty { parts.append("\(tally.unanswered.count) failed") }
    let milliseconds = max(1, Milliseconds(time).count)
    parts.append(Self.rate(tally.now, in: milliseconds))
    parts.append("\(Self.cost(tally.cost, currency)) so far")
    if tally.now > 0, tally.left > 0 {
      let left = Int128(tally.left) * Int128(milliseconds) / Int128(tally.now)
      parts.append("\(Self.span(Int64(clamping: left))) left")
    }
    return parts.joined(separator: ", ")
  }

  /// In tenths, by integers.
  static func rate(_ count: Int, in milliseconds: Int64) -> String {
    let tenths = Int128(count) * 10_000 / Int128(max(1, milliseconds))
    // What is slower than one a second is told by the minute.
    guard tenths < 10 else { return "\(tenths / 10).\(tenths % 10)/s" }
    let byMinute = Int128(count) * 600_000 / Int128(max(1, milliseconds))
    return "\(byMinute / 10).\(byMinute % 10)/min"
  }

  /// `41 s`, `3 min 20 s`, `2 h 5 min`.
  static func span(_ milliseconds: Int64) -> String {
    let seconds = (milliseconds + 999) / 1000
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
    return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
  }

  static func cost(_ cost: CallCost, _ currency: String) -> String {
    switch cost {
    case .exact(let money): Amounts.text(money, currency: currency)
    case .atMost(let money): "at most " + Amounts.text(money, currency: currency)
    case .unknown: "cost unknown"
    }
  }
}
