import PolicySemantics
import PolicyUnits

extension LadderMachine {
  enum State: Sendable {
    case idle
    case calling(Flight, CallOrder)
    indirect case asking(Flight, AnswerFacts, pass: Int, GateQuestion)
    case done(LadderOutcome)
  }

  /// A call under way and the money set aside for it and for the gates after it.
  struct Flight: Sendable {
    let order: CallOrder
    /// What the call alone set aside.
    let reserved: Spend
    var gatesReserved: Spend

    var step: Int { order.step }
    var attempt: Int { order.attempt }
  }

  /// What has happened on the current leg.
  struct LegState: Sendable {
    let index: Int
    /// The failure that led here; nil on the first leg.
    let entered: CallFailure?
    let since: Milliseconds
    /// The last call or step that failed after the last answer.
    var failure: CallFailure?
    var wasCalled = false
    var last: Candidate?
    var best: Candidate?
    var rejectedLast = false
  }

  /// A rejected answer that may still be returned.
  ///
  /// A class: few ladders have one, and every ladder would hold room for two.
  final class Candidate: Sendable {
    let answer: AnswerFacts
    let attempt: Int
    /// Of the first gate, so that more is better; nil if that gate failed.
    let rank: Int64?

    init(answer: AnswerFacts, attempt: Int, rank: Int64?) {
      self.answer = answer
      self.attempt = attempt
      self.rank = rank
    }
  }
}
