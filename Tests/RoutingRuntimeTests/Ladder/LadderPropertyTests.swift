import PolicySemantics
import PolicySyntax
import PolicyUnits
import RoutingRuntime
import Testing

@Suite struct `Any ladder under any script` {
  /// What one random run came to, so that a test that never climbs is noticed.
  struct Tally {
    var endings: [String: Int] = [:]
    var calls = 0
    var clamped = 0
    var overruns = 0
  }

  @Test(arguments: [UInt64(11), 12, 13, 14])
  func `ends within its attempts and its budget, and calls nothing afterwards`(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    var tally = Tally()
    for _ in 0..<10_000 { run(&random, &tally, seed: seed) }
    #expect(tally.endings.count >= 8, "seed \(seed): \(tally)")
    #expect(tally.clamped > 100 && tally.overruns > 100, "seed \(seed): \(tally)")
    print("seed \(seed): 10000 runs, \(tally.calls) calls, \(tally.endings)")
  }

  private func run(_ random: inout SeededGenerator, _ tally: inout Tally, seed: UInt64) {
    let climb = Climb.random(&random)
    var machine = LadderMachine(climb)
    let mayLie = random.oneIn(8)
    let most = climb.legs.reduce(0) { $0 + $1.steps.reduce(0) { $0 + $1.attempts } }
    var calls = 0
    var questions = 0
    var now: Int64 = 0
    // An event that does not fit gives the same order again.
    var isRepeated = false
    var action = machine.start()
    while true {
      let event: LadderEvent
      switch action {
      case .done(let outcome):
        settle(outcome, machine, climb, mayLie: mayLie, seed: seed)
        #expect(outcome.calls == calls)
        tally.count(outcome)
        expectSilence(&machine, &random, after: outcome, seed: seed)
        return
      case .call(let order):
        if !isRepeated { calls += 1 }
        tally.calls += 1
        expectRoom(machine, climb, order, seed: seed)
        let step = climb.legs[order.leg].steps[order.step]
        if order.maxOutput != step.outputCap { tally.clamped += 1 }
        expectLimits(order, step, seed: seed)
        event = .outcome(of: order, step, mayLie: mayLie, &random)
        if case .gate = event { isRepeated = true } else { isRepeated = false }
      case .ask(let question):
        questions += 1
        event = .gate(.random(&random), billed: .billed(question, &random))
      }
      guard calls <= most, questions <= most * 4 else {
        Issue.record("seed \(seed): \(calls) calls, \(most) allowed")
        return
      }
      now += Int64.random(in: 0...300, using: &random)
      action = machine.step(event, at: Milliseconds(now))
    }
  }

  /// What is on record before a call leaves covers all it may use.
  private func expectRoom(
    _ machine: LadderMachine, _ climb: Climb, _ order: CallOrder, seed: UInt64
  ) {
    let spending = machine.spending
    #expect(spending.pending.money >= order.reserved ?? .zero, "seed \(seed)")
    #expect(spending.pending.tokens >= order.reservedTokens ?? 0, "seed \(seed)")
    guard !machine.purse.isOverrun else { return }
    let most = spending.used + spending.pending
    for bound in climb.bounds { #expect(most.money <= bound.amount, "seed \(seed)") }
    for bound in climb.tokenBounds { #expect(most.tokens <= bound.left, "seed \(seed)") }
  }

  private func expectLimits(_ order: CallOrder, _ step: Climb.Step, seed: UInt64) {
    #expect(step.dropped == nil, "seed \(seed)")
    if let cap = step.outputCap {
      #expect((order.maxOutput ?? .max) <= cap, "seed \(seed)")
    }
  }

  /// The books balance: what the attempts cost is what was settled, and no bound was passed.
  private func settle(
    _ outcome: LadderOutcome, _ machine: LadderMachine, _ climb: Climb, mayLie: Bool, seed: UInt64
  ) {
    var (sum, count) = (CallCost.nothing, TokenCount.nothing)
    for attempt in outcome.attempts {
      sum = sum + attempt.cost
      count = count + attempt.tokens
      for gate in attempt.gates { (sum, count) = (sum + gate.cost, count + gate.tokens) }
    }
    #expect(sum == outcome.cost && count == outcome.tokens, "seed \(seed)")
    #expect(mayLie || !outcome.isOverrun, "seed \(seed): \(outcome)")
    if let money = outcome.cost.money {
      #expect(money == machine.purse.settled.money, "seed \(seed)")
    }
    if let tokens = outcome.tokens.tokens {
      #expect(tokens == machine.purse.settled.tokens, "seed \(seed)")
    }
    #expect(machine.spending.used == machine.purse.settled, "seed \(seed)")
    for bound in climb.bounds where !outcome.isOverrun {
      #expect(machine.purse.settled.money <= bound.amount, "seed \(seed): \(outcome)")
    }
    for bound in climb.tokenBounds where !outcome.isOverrun {
      #expect(machine.purse.settled.tokens <= bound.left, "seed \(seed): \(outcome)")
      #expect(outcome.tokens != .unknown, "seed \(seed): \(outcome)")
    }
    #expect(machine.purse.reserved == .zero, "seed \(seed): something is still set aside")
  }

  private func expectSilence(
    _ machine: inout LadderMachine, _ random: inout SeededGenerator, after outcome: LadderOutcome,
    seed: UInt64
  ) {
    for event in [LadderEvent.answered(AnswerFacts(text: "")), .failed(CallFault(.limited))] {
      guard case .done(let again) = machine.step(event) else {
        Issue.record("seed \(seed): an action after done")
        return
      }
      #expect(again.attempts.count == outcome.attempts.count, "seed \(seed)")
    }
  }
}

extension `Any ladder under any script`.Tally {
  mutating func count(_ outcome: LadderOutcome) {
    if outcome.isOverrun { overruns += 1 }
    let name =
      switch outcome.ending {
      case .answered(_, _, let isAccepted): isAccepted ? "accepted" : "returned"
      case .exhausted: "exhausted"
      case .failed(let failure): "failed \(failure.rawValue)"
      case .nothingToCall: "nothing to call"
      case .timeUp: "time up"
      case .brokenOff: "broken off"
      case .cancelled: "cancelled"
      }
    endings[name, default: 0] += 1
  }
}

extension LadderEvent {
  /// One of all the things that can become of a call; only a lying provider bills more than it was
  /// allowed.
  static func outcome(
    of order: CallOrder, _ step: Climb.Step, mayLie: Bool, _ random: inout SeededGenerator
  ) -> LadderEvent {
    let allowed = min(order.maxOutput ?? 5000, 100_000) * step.choices
    var usage = Usage.random(input: 0...step.inputBound, output: 0...allowed, &random)
    if mayLie, random.oneIn(2) { usage.output += 100_000 * step.choices }
    let billing: Billing =
      [.nothing, .usage(usage), .unknown].randomElement(using: &random)
      ?? .unknown
    switch Int.random(in: 0..<40, using: &random) {
    case 0: return .cancelled(billing)
    case 1: return .timeUp(billing)
    case 2: return .gate(.verdict(true), billed: nil)
    case 3..<20:
      let failure = CallFailure.allCases.randomElement(using: &random) ?? .limited
      return .failed(
        CallFault(
          failure, billing: billing, afterFirstByte: random.oneIn(20),
          isRepeatable: !random.oneIn(4),
          retryAfter: random.oneIn(5)
            ? Milliseconds(Int64.random(in: 0...60_000, using: &random)) : nil))
    default:
      return .answered(
        AnswerFacts(
          text: "", finish: random.oneIn(12) ? .contentFilter : .stop,
          usage: random.oneIn(4) ? nil : usage))
    }
  }
}

extension GateResult {
  static func random(_ random: inout SeededGenerator) -> GateResult {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: .failed
    case 1: .verdict(random.oneIn(2))
    default: .score(Score(millionths: Int64.random(in: 0...1_000_000, using: &random)))
    }
  }
}

extension Money {
  /// At most what was set aside for the question.
  static func billed(_ question: GateQuestion, _ random: inout SeededGenerator) -> Money? {
    guard let reserved = question.reserved, !random.oneIn(3) else { return nil }
    return Money(nanos: Int64.random(in: 0...reserved.nanos, using: &random))
  }
}

extension Climb {
  static func random(_ random: inout SeededGenerator) -> Climb {
    var climb = Climb(legs: [], streams: random.oneIn(4))
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      climb.bounds.append(
        .ladder(LadderID(0), Money(nanos: Int64.random(in: 0...8_000_000, using: &random))))
    }
    for _ in 0..<(random.oneIn(2) ? Int.random(in: 1...2, using: &random) : 0) {
      climb.tokenBounds.append(
        TokenBound(budget: BudgetID(0), left: Int64.random(in: 0...12_000, using: &random)))
    }
    for index in 0..<Int.random(in: 1...4, using: &random) {
      climb.legs.append(.random(isFirst: index == 0, &random))
    }
    return climb
  }
}

extension Climb.Leg {
  static func random(isFirst: Bool, _ random: inout SeededGenerator) -> Climb.Leg {
    var leg = Climb.Leg(steps: [])
    if !isFirst {
      leg.follows = Set(CallFailure.allCases.filter { _ in random.oneIn(2) })
      if random.oneIn(3) {
        leg.bound = .ladder(
          LadderID(1), Money(nanos: Int64.random(in: 0...4_000_000, using: &random)))
      }
    }
    leg.rules = Climb.Rules(
      onExhausted: [.best, .last, .fail].randomElement(using: &random) ?? .fail,
      climbsWhenFiltered: random.oneIn(2), stopsWhenFailed: random.oneIn(3),
      maxTime: random.oneIn(3) ? Milliseconds(Int64.random(in: 0...1500, using: &random)) : nil)
    for _ in 0..<Int.random(in: 1...4, using: &random) { leg.steps.append(.random(&random)) }
    leg.start = random.oneIn(6) ? Int.random(in: 0...leg.steps.count, using: &random) : 0
    return leg
  }
}

extension Climb.Step {
  static func random(_ random: inout SeededGenerator) -> Climb.Step {
    let prices = random.oneIn(12) ? ModelPrices() : ModelPrices.random(&random)
    var step = Climb.Step(
      call: 0, model: ModelID(0), tariff: Tariff(prices),
      inputBound: Int64.random(in: 0...2000, using: &random), isBounded: !random.oneIn(12),
      outputCap: random.oneIn(5) ? nil : Int64.random(in: 0...4000, using: &random),
      minOutput: random.oneIn(2) ? 256 : Int64.random(in: 1...500, using: &random),
      attempts: random.oneIn(3) ? Int.random(in: 1...4, using: &random) : 1,
      timeout: random.oneIn(3) ? Milliseconds(200) : nil,
      dropped: random.oneIn(10) ? .lacks(.tools) : nil,
      choices: random.oneIn(3) ? Int64.random(in: 2...8, using: &random) : 1)
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      var pass = Climb.Pass(gate: GateID(0), acceptsOnFailure: random.oneIn(4))
      if random.oneIn(2) {
        pass.threshold = .init(
          comparison: random.oneIn(4) ? .lessOrEqual : .greaterOrEqual,
          score: Score(millionths: Int64.random(in: 0...1_000_000, using: &random)))
      }
      let charge = Money(nanos: Int64.random(in: 0...500_000, using: &random))
      pass.charge = [.free, .unknown, .atMost(charge)].randomElement(using: &random) ?? .free
      pass.tokens = random.oneIn(6) ? nil : Int64.random(in: 0...800, using: &random)
      step.accepts.append(pass)
    }
    return step
  }
}
