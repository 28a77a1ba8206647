import PolicyUnits
import TrafficLog

/// What some calls cost, as far as anybody knows.
struct CallCosts: Sendable {
  var calls: Int64 = 0
  var priced: Int64 = 0
  /// Nanos of those whose cost is known.
  var cost: Int128 = 0

  mutating func add(_ money: Money?) {
    calls += 1
    guard let money else { return }
    priced += 1
    cost += Int128(money.nanos)
  }

  mutating func add(_ other: CallCosts) {
    calls += other.calls
    priced += other.priced
    cost += other.cost
  }

  /// Of all of them, the others at the mean of the known; nil where nobody knows any.
  var estimate: Int128? {
    if calls == priced { return cost }
    return priced > 0 ? cost * Int128(calls) / Int128(priced) : nil
  }
}

/// The way of one request up a ladder.
struct Climb {
  struct Place {
    var answers = CallCosts()
    var failures = CallCosts()
    var judges = CallCosts()
    var isAccepted = false
  }

  private(set) var ladder: String?
  private(set) var places: [Int64: Place] = [:]
  private var last: (name: TierName, place: Int64)?

  mutating func answer(_ call: LoggedCalls.Call) {
    last = call.wasSent ? call.tier : nil
    guard let tier = last else { return }
    ladder = tier.name.ladder
    if call.verdict == .other {
      places[tier.place, default: Place()].failures.add(call.cost)
    } else {
      places[tier.place, default: Place()].answers.add(call.cost)
      if call.verdict == .accepted { places[tier.place]?.isAccepted = true }
    }
  }

  /// Takes in a call that gives no answer, and says whose answer it judged: the last one before it.
  ///
  /// What comes before the first tier, and a shadow, is paid with the last model at once as well.
  mutating func judge(_ call: LoggedCalls.Call) -> TierName? {
    guard let last, call.wasSent, call.isJudge else { return nil }
    places[last.place, default: Place()].judges.add(call.cost)
    return last.name
  }
}

/// What requests paid at each place of a ladder, whether they got an answer there or not.
struct LadderCosts: Sendable {
  private struct Place {
    var answers = CallCosts()
    var failures = CallCosts()
    var judges = CallCosts()
    var accepted: Int64 = 0
    /// Requests that called it and got no answer.
    var unanswered: Int64 = 0
    /// Requests that went no further.
    var ended: Int64 = 0
  }

  private(set) var requests: Int64 = 0
  private var places: [Int64: Place] = [:]

  mutating func add(_ climb: Climb) {
    guard let end = climb.places.keys.max() else { return }
    requests += 1
    for (number, own) in climb.places {
      var place = places[number] ?? Place()
      place.answers.add(own.answers)
      place.failures.add(own.failures)
      place.judges.add(own.judges)
      if own.isAccepted { place.accepted += 1 }
      if own.answers.calls == 0 { place.unanswered += 1 }
      if number == end { place.ended += 1 }
      places[number] = place
    }
  }

  /// Calls that failed and calls of judges whose cost nobody knows.
  var unpriced: Int64 {
    places.values.reduce(0) {
      $0 + $1.failures.calls - $1.failures.priced + $1.judges.calls - $1.judges.priced
    }
  }

  /// Those without an answer, and those that came so far: they ended there or further up.
  var unanswered: [(place: Int64, requests: Int64, of: Int64)] {
    var found: [(place: Int64, requests: Int64, of: Int64)] = []
    var reached = requests
    for (number, place) in places.sorted(by: { $0.key < $1.key }) {
      if place.unanswered > 0 { found.append((number, place.unanswered, reached)) }
      reached -= place.ended
    }
    return found
  }

  /// What a request paid on the ladder, every call of it, and what it would have paid at the last place.
  ///
  /// The last place in the log is the last of the ladder, or nobody ever needed it. At the bounds, the
  /// share of requests that end accepted at each place before it is another one, of all that came so far:
  /// a call that failed accepted nothing.
  var climbing: AuditLadder.Climbing? {
    let sorted = places.sorted { $0.key < $1.key }.map(\.value)
    guard sorted.count > 1, let last = sorted.last, last.answers.calls > 0,
      let answers = last.answers.estimate
    else { return nil }
    var paid: [Int128] = []
    for place in sorted {
      guard let answers = place.answers.estimate else { return nil }
      paid.append(answers + place.failures.cost + place.judges.cost)
    }
    var reached: [Int64] = []
    var left = requests
    for place in sorted {
      reached.append(left)
      left -= place.ended
    }
    guard let top = reached.last, top > 0, requests > 0 else { return nil }
    func cost(_ bound: (Int64, Int64) -> Double) -> Int128 {
      var value = paid[sorted.count - 1] / Int128(top)
      for place in sorted.indices.dropLast().reversed() {
        let all = reached[place]
        let others = all - min(sorted[place].accepted, all)
        let rejected = Int128(1_000_000 - TierBook.millionths(bound(all - others, all)))
        // Of those that were not accepted some may have given up.
        let climbed = others > 0 ? min(reached[place + 1], others) : 1
        value =
          paid[place] / Int128(all)
          + value * rejected * Int128(climbed) / (1_000_000 * Int128(max(1, others)))
      }
      return value
    }
    let expected = paid.reduce(0, +) / Int128(requests)
    return AuditLadder.Climbing(
      expected: Int64(clamping: expected),
      low: Int64(clamping: min(expected, cost { BinomialBounds.upper($0, of: $1) })),
      high: Int64(clamping: max(expected, cost { BinomialBounds.lower($0, of: $1) })),
      direct: Int64(clamping: (answers + last.failures.cost) / Int128(top)))
  }
}
