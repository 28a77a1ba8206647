package import OpenAIWire
import PolicySemantics
import PolicyUnits
import RoutingCatalog
package import RoutingGates
package import RoutingRuntime

/// Asks gates: makes the calls a verdict hangs on and reads what they say.
///
/// Every call is one of the plan's, so what it may cost has been set aside, and has a deadline. Nothing
/// is tried twice: a call that fails is a score nobody has.
package struct GateAsker: Sendable {
  let runner: RequestRunner
  let gates: GateBook
  let vectors: VectorBook
  let request: ChatRequest
  let about: GateRequest
  let plan: Plan

  /// `request` is as it came: a second opinion is asked the same; `about` is the question and what came
  /// with it.
  package init(
    _ gates: GateBook, _ vectors: VectorBook, runner: RequestRunner, request: ChatRequest,
    about: GateRequest, plan: Plan
  ) {
    self.runner = runner
    self.gates = gates
    self.vectors = vectors
    self.request = request
    self.about = about
    self.plan = plan
  }

  /// Never throws: what cannot be asked has failed.
  package func ask(_ question: GateQuestion, about answer: AnswerFacts) async -> GateAnswer {
    let clock = ContinuousClock()
    let start = clock.now
    var inquiry = GateInquiry(gates, question.gate, answer, about)
    var calls: [CallRecord] = []
    while true {
      switch inquiry.next() {
      case .done(let result):
        return GateAnswer(result, of: calls)
      case .ask(let ask):
        var left = AsideDeadlines.model
        if let time = question.timeLeft {
          left = min(left, Milliseconds(time.count - Milliseconds(since: start, clock).count))
        }
        guard left > Milliseconds(0) else {
          inquiry.take(nil, of: ask.key)
          continue
        }
        let (score, record) = await score(ask, question, answer.text, within: left)
        if let record { calls.append(record) }
        inquiry.take(score, of: ask.key)
      }
    }
  }

  private func score(
    _ ask: GateNeeds.Ask, _ question: GateQuestion, _ answer: String, within left: Milliseconds
  ) async -> (Score?, CallRecord?) {
    switch ask.score {
    case .judge(_, let wish):
      return await judge(wish, planned(ask, question), answer, within: left)
    case .agrees:
      return await second(planned(ask, question), answer, within: left)
    case .http(let url, _):
      let service = ServiceCall(client: runner.client, url: url, role: .scorer)
      var (body, record) = await service.send(
        [("question", about.question), ("answer", answer), ("context", about.context)],
        within: min(left, AsideDeadlines.service))
      let score = body.flatMap(ServiceReply.score)
      if body != nil, score == nil { record.aside?.ending = .unreadable }
      return (score, record)
    case .similar(let file):
      guard let examples = gates.examples.gold[file] else { return (nil, nil) }
      return await similar(planned(ask, question), examples, answer, within: left)
    case .logprob, .gate, .mix:
      return (nil, nil)
    }
  }

  /// Where the call for a score stands in the plan: the plan has them in the gate's own order, right
  /// after the tier.
  private func planned(_ ask: GateNeeds.Ask, _ question: GateQuestion) -> Int? {
    let asks = GateNeeds(question.gate, of: gates.policy).asks.filter { $0.target != nil }
    guard let place = asks.firstIndex(where: { $0.key == ask.key }) else { return nil }
    let after = plan.calls.indices.dropFirst(question.call + 1)
    let judges = after.prefix { plan.calls[$0].step.gate != nil }
      .filter { plan.calls[$0].step.gate == question.gate }
    return judges.indices.contains(place) ? judges[place] : nil
  }

  private func judge(
    _ wish: String, _ planned: Int?, _ answer: String, within left: Milliseconds
  ) async -> (Score?, CallRecord?) {
    guard let planned, let order = CallOrder(aside: planned, of: plan, timeout: left) else {
      return (nil, nil)
    }
    let prompt = JudgePrompt(wish, question: about.question, answer: answer)
    let reading = await runner.aside(order, as: .judge, of: plan) { call in
      AsideBody.chat(
        model: call.deployment.upstream, system: prompt.system, user: prompt.user,
        maxTokens: order.maxOutput)
    }
    guard let reply = reading.record.response else { return (nil, reading.record) }
    let score = JudgePrompt.score(reply.text)
    if score == nil { reading.record.aside?.ending = .unreadable }
    return (score, reading.record)
  }

  /// How near the answer is to the nearest of the examples.
  private func similar(
    _ planned: Int?, _ examples: ExampleFile, _ answer: String, within left: Milliseconds
  ) async -> (Score?, CallRecord?) {
    let clock = ContinuousClock()
    let start = clock.now
    let shown = JudgePrompt.shown(answer)
    guard let planned, !shown.isEmpty,
      let known = await vectors.vectors(of: examples, within: left)
    else { return (nil, nil) }
    let rest = Milliseconds(max(1, left.count - Milliseconds(since: start, clock).count))
    let (vector, record) = await runner.embed(shown, as: planned, of: plan, within: rest)
    return (vector.flatMap { Nearness.nearest(to: $0, among: known)?.score }, record)
  }

  /// The same request to another model, and how far the two say the same.
  private func second(
    _ planned: Int?, _ answer: String, within left: Milliseconds
  ) async -> (Score?, CallRecord?) {
    guard let planned, let order = CallOrder(aside: planned, of: plan, timeout: left) else {
      return (nil, nil)
    }
    let reading = await runner.aside(order, as: .judge, of: plan) { call in
      call.body(for: request, plan: plan, streaming: false)
    }
    guard let reply = reading.record.response else { return (nil, reading.record) }
    return (Agreement.score(answer, reply.text), reading.record)
  }
}

extension GateAnswer {
  /// What asking came to, added up over the calls: with a bill that is not known, at the most it may
  /// be.
  init(_ result: GateResult, of calls: [CallRecord]) {
    var cost = CallCost.nothing
    var tokens = TokenCount.nothing
    for bill in calls.compactMap(\.aside) {
      cost = cost + bill.cost
      tokens = tokens + bill.tokens
    }
    self.init(result, billed: cost.money, tokens: tokens.tokens, calls: calls)
    if case .atMost = cost { isBound = true }
    if case .atMost = tokens { isBound = true }
  }
}
