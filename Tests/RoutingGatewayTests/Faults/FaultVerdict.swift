import HTTPUpstream
import JSONReading
import PolicyUnits
import RoutingLedger
import StandInProvider

/// What became of one cell, seen from all sides, and what is wrong with it.
struct FaultVerdict {
  let cell: FaultCell
  let answer: CallerAnswer
  let rows: [LedgerEntry]
  let wall: Stats
  let elapsed: Duration
  let openRequests: Int
  private(set) var problems: [String] = []

  init(
    _ cell: FaultCell, _ answer: CallerAnswer, rows: [LedgerEntry], wall: Stats,
    elapsed: Duration, openRequests: Int
  ) {
    self.cell = cell
    self.answer = answer
    self.rows = rows
    self.wall = wall
    self.elapsed = elapsed
    self.openRequests = openRequests
    checkAnswer()
    checkTime()
    checkCalls()
    checkMoney()
  }

  /// What the ledger says of each call, for whoever looks for a mistake.
  var attempts: String {
    (rows.first?.attempts ?? []).map {
      "\($0.model ?? "?") \($0.verdict) \($0.reason ?? "") after \($0.latency.count) ms"
    }.joined(separator: ", ")
  }

  /// One word for the table.
  var ending: String {
    if let error = answer.error {
      let code = error.root["error"]?["code"]?.string ?? "null"
      return answer.status == 200 ? "event \(code)" : "\(answer.status ?? 0) \(code)"
    }
    return answer.model ?? "nothing"
  }

  private mutating func expect(_ holds: Bool, _ problem: String) {
    if !holds { problems.append(problem) }
  }

  // MARK: The caller

  private mutating func checkAnswer() {
    problems += answer.oddities
    expect(answer.failure == nil, "the answer broke off: \(answer.failure ?? "")")
    expect(answer.headers?["x-request-id"] != nil, "no x-request-id")
    switch cell.expected {
    case .answer(let model):
      expect(answer.status == 200, "status \(answer.status ?? 0)")
      expect(answer.error == nil, "an error beside an answer")
      expect(answer.model == model, "the model is \(answer.model ?? "missing")")
      expect(answer.headers?["x-rung-model"] == model, "x-rung-model is not \(model)")
      expect(answer.text == FaultGround.answers[model], "the text is `\(answer.text)`")
      if cell.isStreamed { expect(answer.isDone, "no [DONE]") }
      expect(answer.finish == "stop", "finish_reason \(answer.finish ?? "missing")")
    case .error:
      expect(answer.error != nil, "no error object, but `\(answer.text)`")
      expect(!answer.isDone, "a broken stream has a proper end")
      let isEvent = cell.isStreamed && answer.status == 200
      expect(isEvent || (400..<600).contains(answer.status ?? 0), "status \(answer.status ?? 0)")
      let message = answer.error?.root["error"]?["message"]?.string ?? ""
      let name = answer.headers?["x-request-id"] ?? "?"
      expect(message.contains(name), "the error does not name its request: \(message)")
    }
  }

  private mutating func checkTime() {
    let most = Duration.milliseconds(FaultGround.deadline.count) + .seconds(1)
    expect(elapsed <= most, "took \(elapsed)")
  }

  // MARK: Ledger and wall

  private mutating func checkCalls() {
    expect(rows.count == 1, "\(rows.count) rows")
    expect(openRequests == 0, "\(openRequests) requests are still open")
    guard let row = rows.first else { return }
    let called = row.attempts.filter { $0.attempt > 0 }
    for model in ["cheap", "dear"] {
      let inLedger = called.count { $0.model == model }
      let onWall = wall.models[model]?.calls ?? 0
      let reached = model == "dear" || cell.fault.reachesProvider
      expect(
        onWall == (reached ? inLedger : 0), "\(model): \(inLedger) in the ledger, \(onWall) seen")
    }
    expect(wall.requests == wall.calls, "\(wall.requests) requests for \(wall.calls) calls")
    expect(
      answer.headers?["x-rung-calls"] == String(called.count),
      "x-rung-calls \(answer.headers?["x-rung-calls"] ?? "missing") of \(called.count)")
    let isAnswer = if case .answer = cell.expected { true } else { false }
    expect((row.status == .answered) == isAnswer, "the row says \(row.status)")
    expect(row.isStreamed == cell.isStreamed, "the row says streamed: \(row.isStreamed)")
  }

  private mutating func checkMoney() {
    guard let row = rows.first else { return }
    var sum = Money.zero
    for attempt in row.attempts where attempt.attempt > 0 {
      guard let money = attempt.cost.money, let seen = attempt.model else {
        problems.append("a call of unknown cost")
        continue
      }
      sum = sum + money
      check(attempt, money, wall.models[seen])
    }
    expect(row.cost.money == sum, "the row costs \(row.cost), its calls \(sum)")
    expect(
      row.charges.map(\.amount) == (sum == .zero ? [] : [sum.nanos])
        || row.charges.map(\.amount) == [sum.nanos], "charged \(row.charges.map(\.amount))")
    checkUsage(row)
  }

  private mutating func check(_ attempt: AttemptEntry, _ money: Money, _ seen: Stats.Model?) {
    let name = attempt.model ?? ""
    guard let tokens = attempt.tokens else {
      expect(attempt.cost == .exact(.zero), "\(name): no tokens, but \(attempt.cost)")
      expect((seen?.workedTokens ?? 0) == 0, "\(name): worked, but is not in the ledger")
      return
    }
    if tokens.isEstimated {
      expect(attempt.cost.certainty == .atMost, "\(name): an estimate, but \(attempt.cost)")
      let worked = Int64(seen?.workedTokens ?? 0)
      expect(tokens.input + tokens.output >= worked, "\(name): counts less than \(worked) tokens")
    } else {
      let told = (Int64(seen?.promptTokens ?? 0), Int64(seen?.completionTokens ?? 0))
      expect((tokens.input, tokens.output) == told, "\(name): \(tokens), \(told) were told")
      expect(money == Self.price(name, told), "\(name): \(money) for \(told)")
    }
  }

  /// What the caller is told of tokens is what the ledger has of the call that answered.
  private mutating func checkUsage(_ row: LedgerEntry) {
    guard case .answer(let model) = cell.expected,
      let tokens = row.attempts.last(where: { $0.model == model })?.tokens
    else { return }
    guard !tokens.isEstimated else { return }
    expect(
      answer.usage.map { $0 == (tokens.input, tokens.output) } ?? false,
      "the caller is told \(answer.usage.map { "\($0)" } ?? "no usage"), the ledger \(tokens)")
  }

  /// Worked out apart from the tariff, from the catalog's prices in billionths for a token.
  private static func price(_ model: String, _ tokens: (Int64, Int64)) -> Money {
    let (input, output, fee): (Int64, Int64, Int64) =
      model == "cheap" ? (130, 570, 0) : (2130, 7770, 1_000_000)
    return Money(nanos: tokens.0 * input + tokens.1 * output + fee)
  }
}
