package import PolicyGraph
package import PolicySemantics
package import RoutingRuntime
package import TrafficLog

/// One request of a log with the decision about it, for whoever says why.
package struct DecidedRow: Sendable {
  package let decision: Decision
  package var facts: RequestFacts
  /// What the decision's expected cost rests on: the log's output, acceptance as it was given.
  package let expectations: Expectations
  /// The request with its texts; nil if the log did not keep them.
  package let input: RequestInput?
  /// Of the route's split; 0 without one.
  let arm: Int
}

/// What a log says of one request, as one policy reads it.
package struct KnownRequest: Sendable {
  /// Without messages where the texts are not known.
  package let input: RequestInput
  package let hasTexts: Bool
  /// Of the prompt, where the log counts them.
  package let promptTokens: Int64?
}

// One row by itself: to explain it, or to look it up in a region. Nothing is counted.
extension Replay {
  /// The decision that ``add(_:_:of:)`` counts, in full; with `use`, that of a request before which
  /// others have used so much of each budget.
  package mutating func decided(
    _ request: LoggedRequest, _ texted: TextedRequest?, of log: borrowing TrafficLog,
    using use: [BudgetID: Int64] = [:]
  ) throws(LeftOut.Reason) -> DecidedRow {
    guard let moment = moments.moment(request.time)?.moment else { throw .noMoment }
    guard let tokens = request.input else { throw .noTokens }
    var expected = Expectations(
      acceptance: rates.acceptance, output: request.output ?? Expectations.ordinaryOutput)
    expected.answers = request.output
    let served = model(served: request.served, log)
    if served != SingleModel.none { expected.cached = (ModelID(served), request.cachedInput) }
    if let texted {
      // Its cost is counted at the logged tokens, whatever its text is estimated at.
      expected.input = tokens
      expected.output = Self.each(expected.output, of: texted.input.choices)
      return try decided(texted, moment, expecting: expected, use)
    }
    guard let record = request.record else {
      guard !countsMessages else { throw .noText }
      guard !use.isEmpty else {
        let place = try readShape(request.shape, log)
        return try decided(request, moment, tokens, at: place, expecting: expected, use)
      }
      shapes.append(try shape(number: request.shape, of: log, using: use))
      defer { shapes.removeLast() }
      return try decided(request, moment, tokens, at: shapes.count - 1, expecting: expected, use)
    }
    // A record has the sizes of what came, the log the tokens of what was sent.
    expected.input = tokens
    shapes.append(try shape(of: record, moment, using: use))
    defer { shapes.removeLast() }
    return try decided(request, moment, tokens, at: shapes.count - 1, expecting: expected, use)
  }

  /// One answer's tokens, of those of all that were asked for: rounded up, as none is cheaper.
  private static func each(_ tokens: Int64, of choices: Int64) -> Int64 {
    let choices = max(1, choices)
    return tokens / choices + (tokens % choices == 0 ? 0 : 1)
  }

  /// A shape of the log for one request alone, whose facts know how far budgets are used.
  private mutating func shape(
    number: Int, of log: borrowing TrafficLog, using use: [BudgetID: Int64]
  ) throws(LeftOut.Reason) -> AskedShape {
    var input = log.shape(number)
    input.state.budgetUse = use
    do throws(FactProblem) {
      return AskedShape(try LoggedFacts(input, for: decider.graph), input, in: decider.frozen)
    } catch {
      throw .badFacts("\(error)")
    }
  }

  private mutating func decided(
    _ texted: TextedRequest, _ moment: LocalMoment, expecting expected: Expectations,
    _ use: [BudgetID: Int64]
  ) throws(LeftOut.Reason) -> DecidedRow {
    var input = texted.input
    input.moment = moment
    input.state.budgetUse = use
    do throws(FactProblem) {
      var facts = try decider.graph.facts(of: input)
      let decision = decider.decide(input, &facts, expecting: expected, in: &scratch)
      return DecidedRow(
        decision: decision, facts: facts, expectations: expected, input: input,
        arm: decision.arm?.index ?? 0)
    } catch {
      throw .badFacts("\(error)")
    }
  }

  private mutating func decided(
    _ request: LoggedRequest, _ moment: LocalMoment, _ tokens: Int64, at place: Int,
    expecting all: Expectations, _ use: [BudgetID: Int64]
  ) throws(LeftOut.Reason) -> DecidedRow {
    var expected = all
    expected.output = Self.each(all.output, of: shapes[place].asked.output.choices)
    shapes[place].facts.set(moment, promptTokens: tokens)
    switch shapes[place].facts.decide(by: decider.graph, in: &scratch) {
    case .needs(let classifier): throw .needs(decider.frozen.policy[classifier].name)
    case .unreadable: throw .noText
    case .route(let route, let task):
      let arm = arm(of: route, request, shapes[place].asked.identities)
      let decision = planned(
        route, task, arm: arm, place, input: tokens, using: use, expecting: expected)
      guard !shapes[place].facts.missesText else { throw .noText }
      return DecidedRow(
        decision: decision, facts: shapes[place].facts.requestFacts, expectations: expected,
        input: nil, arm: arm)
    }
  }

  /// The request as far as the log tells of it, at its moment in this policy's zone.
  package mutating func known(
    _ request: LoggedRequest, _ texted: TextedRequest?, of log: borrowing TrafficLog
  ) throws(LeftOut.Reason) -> KnownRequest {
    guard let moment = moments.moment(request.time)?.moment else { throw .noMoment }
    var input: RequestInput
    if let texted {
      input = texted.input
    } else if let record = request.record {
      guard let earlier = earlierPolicy(record.archive) else { throw .noRecord }
      input = try recordedInput(record, moment, earlier).0
    } else {
      input = log.shape(request.shape)
      input.messages = []
    }
    input.moment = moment
    // A ledger counts what was sent, which a compression may have shortened.
    let tokens = request.record == nil ? request.input : nil
    return KnownRequest(input: input, hasTexts: texted != nil, promptTokens: tokens)
  }
}
