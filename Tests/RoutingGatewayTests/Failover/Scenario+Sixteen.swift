import RoutingLedger
import StandInProvider

/// failoverbench's sixteen scenarios in a shortened profile: seconds for its minutes.
///
/// The gateway has a primary, `cheap`, and a fallback, `dear`; a provider has two seconds for its first
/// byte and five for all of an answer. S14 has another fallback after the one that refuses.
extension Scenario {
  static let sixteen: [Scenario] = refusals + connections + streams + judgements + recoveries

  private static let refusals = [
    Scenario(
      "S01", "429 with Retry-After 2",
      rules: [Rule(model: "cheap", times: 1, fault: .status429Seconds, retryAfter: "2")]
    ) { trial in
      let answer = await trial.ask()
      return Judgement(
        answer, "\(trial.calls("cheap")) calls",
        [
          (answer.isAnswer, else: .fail, "an answer"),
          (trial.calls("cheap") == 2 && answer.model == "cheap", else: .partial, "asked again"),
          (answer.seconds >= 1.8, else: .fail, "the wait that was asked for"),
        ])
    },
    Scenario(
      "S02", "429 forever", rules: [Rule(model: "cheap", fault: .status429)]
    ) { trial in
      let answer = await trial.ask()
      return Judgement(
        answer, "\(trial.calls("cheap")) calls",
        [
          (answer.isAnswer && answer.model == "dear", else: .safe, "the fallback's answer"),
          (answer.isAnswer || answer.isCleanError, else: .fail, "a clean end"),
          (trial.calls("cheap") <= 4, else: .fail, "at most four attempts"),
        ])
    },
    Scenario(
      "S03", "500 once", rules: [Rule(model: "cheap", times: 1, fault: .status500)]
    ) { trial in
      let answer = await trial.ask()
      return Judgement(
        answer, "\(trial.calls("cheap")) calls",
        [
          (answer.isAnswer, else: .fail, "an answer"),
          (answer.model == "cheap" && trial.calls("cheap") == 2, else: .partial, "one more try"),
        ])
    },
    Scenario(
      "S04", "503 forever",
      rules: [Rule(model: "cheap", fault: .status503, retryAfter: "0.2")]
    ) { trial in
      let answer = await trial.ask()
      return Judgement(
        answer, "\(trial.calls("cheap")) calls",
        [
          (answer.isAnswer && answer.model == "dear", else: .fail, "the fallback's answer"),
          (trial.calls("cheap") <= 4, else: .fail, "at most four attempts"),
        ])
    },
  ]

  private static let connections = [
    Scenario(
      "S05", "reset before headers",
      rules: [Rule(model: "cheap", times: 1, fault: .resetBeforeHeaders)]
    ) { trial in
      let answer = await trial.ask()
      return Judgement(
        answer, "\(trial.calls("cheap")) calls",
        [(answer.isAnswer, else: .fail, "an answer")])
    },
    Scenario("S06", "no answer", rules: [Rule(model: "cheap", fault: .hang)]) { trial in
      let answer = await trial.ask()
      return Judgement(
        answer, "\(trial.calls("cheap")) calls",
        [
          (answer.isAnswer || answer.isCleanError, else: .fail, "a clean end"),
          (answer.isAnswer, else: .safe, "the fallback's answer"),
          (answer.seconds <= 6, else: .fail, "an end in time"),
          (trial.calls("cheap") == 1, else: .partial, "one attempt"),
        ])
    },
    Scenario(
      "S07", "first token late",
      policy: "otherwise { use cheap attempts 3 first_token 1s fallback dear }",
      rules: [Rule(model: "cheap", fault: .slowFirstByte, delay: 4000)]
    ) { trial in
      let answer = await trial.ask()
      return Judgement(
        answer, "\(trial.calls("cheap")) calls",
        [
          (answer.isAnswer, else: .fail, "an answer"),
          (answer.model == "dear" && answer.seconds < 3.5, else: .partial, "a switch in time"),
          (trial.calls("cheap") == 1, else: .partial, "one attempt"),
        ])
    },
  ]

  /// Mid-stream a caller who has had bytes gets an error, never an end that looks like one; where the
  /// answer was awaited whole, the fallback answers.
  private static let streams = [
    Scenario("S08", "stream cut", rules: [Rule(model: "cheap", fault: .streamCut)]) { trial in
      try await midStream(trial, within: 6)
    },
    Scenario("S09", "stream silent", rules: [Rule(model: "cheap", fault: .streamSilent)]) { trial in
      try await midStream(trial, within: 7)
    },
    Scenario("S10", "malformed event", rules: [Rule(model: "cheap", fault: .brokenEvent)]) {
      trial in
      try await midStream(trial, within: 6)
    },
    Scenario(
      "S11", "no [DONE]", rules: [Rule(model: "cheap", fault: .streamWithoutDone)]
    ) { trial in
      let answer = await trial.ask()
      return Judgement(
        answer, "usage \(answer.usage)",
        [
          (answer.isAnswer, else: .fail, "an answer with a proper end"),
          (answer.seconds < 6, else: .fail, "an end in time"),
          (answer.usage.count == 2 && answer.usage.allSatisfy { $0 > 0 }, else: .partial, "usage"),
        ])
    },
  ]

  private static func midStream(_ trial: Trial, within limit: Double) async throws -> Judgement {
    let answer = await trial.ask()
    let row = try trial.lastRow()
    let calls = trial.calls("cheap") + trial.calls("dear")
    let isAlive = await trial.isAlive()
    let hasBegun = trial.streams && answer.status == 200 && !answer.isAnswer
    // A call that broke before its first byte went out may have been made again; none may follow.
    let callsBefore = answer.headers["x-rung-calls"].flatMap { Int($0) }
    return Judgement(
      answer, "\(calls) calls, row \(row?.status.rawValue ?? "-")",
      [
        (answer.isAnswer || answer.isCleanError, else: .fail, "an answer or an error"),
        (
          !hasBegun || (answer.isCleanError && calls == callsBefore), else: .fail,
          "nothing after its bytes"
        ),
        (hasBegun || answer.isAnswer, else: .safe, "the fallback's answer"),
        (row?.status == (answer.isAnswer ? .answered : .failed), else: .fail, "a true row"),
        (answer.seconds < limit, else: .fail, "an end in time"),
        (isAlive, else: .fail, "alive afterwards"),
      ])
  }

  private static let judgements = [
    Scenario(
      "S12", "context length",
      policy: "otherwise { use cheap attempts 3 fallback on too_long dear }",
      rules: [Rule(model: "cheap", fault: .contextLength)]
    ) { trial in
      let answer = await trial.ask()
      return Judgement(
        answer, "\(trial.calls("cheap")) calls",
        [
          (trial.calls("cheap") == 1, else: .fail, "one attempt on the model"),
          (answer.isAnswer && answer.model == "dear", else: .safe, "a model that holds it"),
        ])
    },
    Scenario("S13", "content filter", rules: [Rule(model: "cheap", fault: .contentFilter)]) {
      trial in
      let answer = await trial.ask()
      return Judgement(
        answer, "\(trial.calls("cheap")) + \(trial.calls("dear")) calls",
        [
          (
            answer.isCleanError && (400..<500).contains(answer.status), else: .fail, "a clean error"
          ),
          (trial.calls("cheap") == 1 && trial.calls("dear") == 0, else: .fail, "not routed around"),
        ])
    },
    Scenario(
      "S14", "fallback refuses prefill",
      policy: "otherwise { use cheap fallback dear fallback spare }",
      rules: [
        Rule(model: "cheap", fault: .status500), Rule(model: "dear", fault: .badRequest),
      ]
    ) { trial in
      let answer = await trial.ask()
      return Judgement(
        answer, "\(trial.calls("cheap")) + \(trial.calls("dear")) + \(trial.calls("spare")) calls",
        [
          (answer.isAnswer || answer.isCleanError, else: .fail, "a clean end"),
          (answer.isAnswer && answer.model == "spare", else: .safe, "the next fallback's answer"),
          (trial.calls("dear") == 1, else: .partial, "one attempt where it is refused"),
        ])
    },
    Scenario(
      "S16", "accounting", rules: [Rule(model: "cheap", fault: .status503, retryAfter: "0.1")]
    ) {
      trial in
      let answer = await trial.ask()
      let row = try trial.lastRow()
      let tokens = row?.attempts.last?.tokens
      return Judgement(
        answer, "usage \(answer.usage)",
        [
          (answer.isAnswer, else: .fail, "an answer"),
          (answer.model == "dear", else: .fail, "the fallback's name"),
          (answer.usage == trial.counted("dear"), else: .fail, "the fallback's usage"),
          (row?.modelServed == "dear", else: .fail, "the fallback in the row"),
          (
            tokens.map { [Int($0.input), Int($0.output)] } == answer.usage, else: .fail,
            "the same figures in the row"
          ),
        ])
    },
  ]

  private static let recoveries = [
    Scenario(
      "S15", "primary down, twenty requests", rules: [Rule(model: "cheap", fault: .status500)]
    ) {
      trial in
      var (served, last) = (0, FailoverExchange())
      for number in 1...20 {
        last = await trial.ask()
        served += last.isAnswer ? 1 : 0
        try await Task.sleep(for: .milliseconds(number < 20 ? 100 : 0))
      }
      let calls = trial.calls("cheap")
      trial.ground.standIn.follow(Script())
      let clock = ContinuousClock()
      let recovery = clock.now
      var back: Duration?
      while back == nil, clock.now - recovery < .seconds(30) {
        last = await trial.ask()
        served += last.isAnswer ? 0 : -1
        if last.model == "cheap" { back = clock.now - recovery }
        try await Task.sleep(for: .milliseconds(100))
      }
      let seconds = back.map { ($0 / .milliseconds(100)).rounded() / 10 }
      return Judgement(
        last, "\(served) of 20 served, \(calls) calls, back after \(seconds ?? -1) s",
        [
          (served == 20, else: .fail, "every request served"),
          (back != nil, else: .fail, "back on the primary"),
          (calls <= 5 + 2, else: .partial, "a circuit"),
        ])
    }
  ]
}

extension Trial {
  /// The row of the last request.
  func lastRow() throws -> LedgerEntry? {
    try LedgerReader(path: ground.ledgerPath).last(1).first?.entry
  }
}
