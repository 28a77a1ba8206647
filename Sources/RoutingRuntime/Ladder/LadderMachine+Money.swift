import PolicySemantics
import PolicyUnits

// Money is set aside before a call and settled after it.
extension LadderMachine {
  enum Ordered {
    case ordered(LadderAction)
    case dropped(DropReason)
  }

  /// Clamps a step to what is left, sets its money aside and orders its call.
  mutating func order(_ index: Int, attempt: Int, delay: Milliseconds) -> Ordered {
    let step = legs[leg.index].steps[index]
    if let reason = step.dropped { return .dropped(reason) }
    guard let model = step.model else { return .dropped(.notInCatalog("")) }
    let charges = step.charges
    let cap: Int64?
    switch clamp(step, charges: charges) {
    case .success(let tokens): cap = tokens
    case .failure(let drop): return .dropped(drop.reason)
    }
    let reserved = step.isBounded ? step.tariff.reservation(input: step.inputBound, cap: cap) : nil
    guard purse.reserve((reserved ?? .zero) + charges) else {
      return .dropped(tooLittleLeft(tokens: 0, least: step.leastOutput))
    }
    let order = CallOrder(
      leg: leg.index, step: index, call: step.call, model: model, attempt: attempt, maxOutput: cap,
      timeout: shorter(step.timeout, timeLeft(after: delay)), firstToken: step.firstToken,
      delay: delay, reserved: reserved,
      passesThrough: climb.streams && step.accepts.isEmpty)
    begin(order, gatesReserved: charges)
    return .ordered(.call(order))
  }

  private mutating func begin(_ order: CallOrder, gatesReserved: Money) {
    if leg.rejectedLast { climbs += 1 }
    leg.rejectedLast = false
    leg.wasCalled = true
    attempts.append(
      AttemptRecord(
        leg: order.leg, step: order.step, model: order.model, attempt: order.attempt,
        maxOutput: order.maxOutput, reserved: order.reserved, verdict: .cancelled, gates: [],
        cost: .nothing, latency: Milliseconds(0)))
    let flight = Flight(
      step: order.step, attempt: order.attempt, reserved: order.reserved,
      gatesReserved: gatesReserved)
    state = .calling(flight, order)
  }

  /// Records a step that is not called.
  mutating func skip(_ index: Int, _ reason: DropReason) {
    attempts.append(
      AttemptRecord(
        leg: leg.index, step: index, model: legs[leg.index].steps[index].model, attempt: 0,
        maxOutput: nil, reserved: nil, verdict: .dropped(reason), gates: [], cost: .nothing,
        latency: Milliseconds(0)))
  }

  private func clamp(
    _ step: Climb.Step, charges: Money
  ) -> Result<Int64?, Dropped> {
    guard let (bound, left) = purse.tightest else { return .success(step.outputCap) }
    guard step.tariff.isKnown else { return .failure(Dropped(.unknownPrice(under: bound))) }
    guard step.isBounded else { return .failure(Dropped(.unboundedImages(under: bound))) }
    let affordable =
      step.tariff.affordableOutput(within: left - charges, input: step.inputBound) ?? -1
    guard affordable >= step.leastOutput else {
      return .failure(Dropped(tooLittleLeft(tokens: affordable, least: step.leastOutput)))
    }
    if affordable == .max { return .success(step.outputCap) }
    return .success(min(affordable, step.outputCap ?? .max))
  }

  private func tooLittleLeft(tokens: Int64, least: Int64) -> DropReason {
    guard let bound = purse.tightest?.bound else { return .lacks(.text) }
    return .tooLittleLeft(bound, tokens: max(0, tokens), least: least)
  }

  private func shorter(_ a: Milliseconds?, _ b: Milliseconds?) -> Milliseconds? {
    guard let a else { return b }
    guard let b else { return a }
    return min(a, b)
  }
}

extension LadderMachine {
  /// Settles a call without an answer and records how it ended.
  mutating func close(
    _ flight: Flight, _ verdict: AttemptRecord.Verdict, billing: Billing,
    latency: Milliseconds = Milliseconds(0)
  ) {
    settle(flight, billing: billing, latency: latency)
    release(flight)
    attempts[attempts.count - 1].verdict = verdict
  }

  mutating func settle(_ flight: Flight, billing: Billing, latency: Milliseconds) {
    let bill = bill(billing, flight)
    purse.settle(bill.money ?? .zero, reserved: flight.reserved ?? .zero)
    cost = cost + bill
    attempts[attempts.count - 1].cost = bill
    attempts[attempts.count - 1].latency = latency
  }

  private func bill(_ billing: Billing, _ flight: Flight) -> CallCost {
    let assumed = flight.reserved.map(CallCost.atMost) ?? .unknown
    switch billing {
    case .nothing: return .nothing
    case .usage(let usage):
      let tariff = legs[leg.index].steps[flight.step].tariff
      return tariff.cost(of: usage).map(CallCost.exact) ?? assumed
    case .unknown: return assumed
    }
  }

  /// Gives back what was set aside for gates that will not be asked.
  mutating func release(_ flight: Flight) {
    purse.settle(.zero, reserved: flight.gatesReserved)
  }

  /// Settles one gate; without figures it counts at its bound.
  mutating func settle(
    _ charge: Climb.Charge, billed: Money?, _ flight: inout Flight
  ) -> CallCost {
    let billed = billed.map { max(.zero, $0) }
    let bill: CallCost
    switch charge {
    case .free: bill = .exact(billed ?? .zero)
    case .atMost(let bound): bill = billed.map(CallCost.exact) ?? .atMost(bound)
    case .unknown: bill = billed.map(CallCost.exact) ?? .unknown
    case .lost: bill = .nothing
    }
    let reserved = charge.reservation ?? .zero
    purse.settle(bill.money ?? .zero, reserved: reserved)
    flight.gatesReserved = flight.gatesReserved - reserved
    cost = cost + bill
    return bill
  }

  /// Ends a question nobody waits for any more.
  mutating func abandon(
    _ flight: Flight, pass: Int, billing: Billing, _ verdict: AttemptRecord.Verdict
  ) {
    var flight = flight
    let asked = legs[leg.index].steps[flight.step].accepts[pass]
    let bill = settle(asked.charge, billed: billing == .nothing ? .zero : nil, &flight)
    release(flight)
    let index = attempts.count - 1
    attempts[index].gates.append(
      GateRecord(gate: asked.gate, result: .failed, isAccepted: false, cost: bill))
    attempts[index].verdict = verdict
  }
}

private struct Dropped: Error {
  let reason: DropReason
  init(_ reason: DropReason) { self.reason = reason }
}
