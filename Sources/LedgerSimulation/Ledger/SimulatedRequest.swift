import RoutingBudgets
import RoutingLedger

/// One request, with everything its provider will do already drawn from the seed.
struct SimulatedRequest: Sendable {
  /// All that binds it.
  let reservation: Reservation
  let ending: RequestEnding
  let calls: [Call]
  /// What it is repeated under, if it is.
  let key: IdempotencyRecord.Key?
  let body: String
  var phase = Phase.arriving
  /// Calls that have ended.
  var made = 0

  enum Phase: Hashable, Sendable {
    case arriving, claiming, reserving, granted, calling, noting, closing, releasing
  }

  /// What one call may cost and what it does.
  struct Call: Sendable {
    let cost: Figures
    let billed: Figures
    /// Whether the provider says what it billed; if not, the most is counted.
    let isReported: Bool

    var counted: Figures { isReported ? billed : cost }
  }

  struct Figures: Sendable {
    var money: Int64
    var tokens: Int64
  }

  var id: RequestID { reservation.id }

  /// Whether its answer may be given again.
  var answers: Bool {
    switch ending {
    case .answered, .answeredWithoutUsage, .answeredAfterUnbilledFault, .answeredAfterBilledFault,
      .acceptedAfterRejection, .overrun:
      true
    default: false
    }
  }

  /// What the provider bills beyond what it was allowed.
  var excess: Int64 { calls.reduce(0) { $0 + max(0, $1.billed.money - $1.cost.money) } }

  /// What has been used by the calls that have ended, for each claim.
  func used(leavingOutLast: Bool = false) -> [Int64] {
    let ended = calls.prefix(max(0, made - (leavingOutLast ? 1 : 0)))
    return reservation.claims.map { claim in
      switch claim.key.unit {
      case .money: ended.reduce(0) { $0 + $1.counted.money }
      case .tokens: ended.reduce(0) { $0 + $1.counted.tokens }
      case .requests, .atOnce: made > 0 ? 1 : 0
      }
    }
  }

  /// What is used, and what the next call may use on top.
  var progress: Progress {
    let next = made < calls.count ? calls[made].cost : Figures(money: 0, tokens: 0)
    return Progress(
      used: used(),
      pending: reservation.claims.map { claim in
        switch claim.key.unit {
        case .money: next.money
        case .tokens: next.tokens
        case .requests, .atOnce: made > 0 ? 0 : 1
        }
      })
  }
}

extension SimulatedRequest.Call {
  /// The calls of a request that may cost `money` and `tokens` in all.
  static func all(
    of ending: RequestEnding, money: Int64, tokens: Int64, by random: inout SeededRandom
  ) -> [SimulatedRequest.Call] {
    let kinds = Kind.of(ending)
    guard !kinds.isEmpty else { return [] }
    let count = Int64(kinds.count)
    return kinds.map { kind in
      let cost = SimulatedRequest.Figures(money: money / count, tokens: tokens / count)
      var billed = SimulatedRequest.Figures(
        money: random.part(of: cost.money), tokens: random.part(of: cost.tokens))
      switch kind {
      case .reported, .unreported: break
      case .unbilled: billed = SimulatedRequest.Figures(money: 0, tokens: 0)
      case .lying: billed.money = cost.money + random.amount(in: 1...Scopes.usualCost)
      }
      return SimulatedRequest.Call(cost: cost, billed: billed, isReported: kind != .unreported)
    }
  }

  private enum Kind {
    case reported, unreported, unbilled, lying

    static func of(_ ending: RequestEnding) -> [Kind] {
      switch ending {
      case .answered, .hung, .failedBilled: [.reported]
      case .answeredWithoutUsage, .timedOut, .cancelledAfterSending: [.unreported]
      case .answeredAfterUnbilledFault: [.unbilled, .reported]
      case .answeredAfterBilledFault: [.unreported, .reported]
      case .acceptedAfterRejection: [.reported, .reported]
      case .rejectedToTheEnd: [.reported, .reported, .reported]
      case .failedUnbilled, .cancelledBeforeSending: [.unbilled]
      case .overrun: [.lying]
      case .cacheHit, .refusedByGuard, .refusedByBudget, .refusedByDisk, .withheld, .repeated,
        .otherBody, .keyLost, .expired, .crashedBeforeOpenCommit, .crashedBeforeCall,
        .crashedInCall, .crashedBeforeNoteCommit, .crashedBeforeEndCommit:
        []
      }
    }
  }
}
