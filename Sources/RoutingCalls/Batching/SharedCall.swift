import OpenAIWire
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBatches
import RoutingCatalog
import RoutingRuntime
import TokenEstimates

/// One call for several requests: what it asks, what it may cost, and what it is to each.
struct SharedCall: Sendable {
  private let offers: [BatchOffer]
  private let composer: BatchComposer
  private let chat: ChatRequest
  private let order: CallOrder
  private let family: TokenFamily

  /// Nil if it could cost more, in money or in tokens, than what its requests set aside together for
  /// being asked alone.
  init?(_ offers: [BatchOffer], in catalog: Catalog, random: () -> UInt64) {
    guard let first = offers.first,
      catalog.vocabulary.models.indices.contains(first.order.model.index)
    else { return nil }
    let model = catalog.vocabulary.models[first.order.model.index]
    let takesJSON = model.capabilities.contains(.json)
    let composer = BatchComposer(
      offers.map(\.request.question), first.request.form, random: random)
    guard let chat = try? composer.request(like: first.request.request, takesJSON: takesJSON) else {
      return nil
    }
    let family = TokenFamily(model.tokenizer)
    let alone = first.step.inputBound - first.questionTokens(model.tokenizer).bound
    let input =
      max(0, alone) + TokenEstimate(text: composer.text.utf8.span, family: family).bound
      + Int64(composer.formatBytes(takesJSON: takesJSON))
    guard let most = Self.output(offers, input: input, mostOfModel: model.maxOutput) else {
      return nil
    }
    let reserved =
      first.step.isBounded ? first.step.tariff.reservation(input: input, cap: most.cap) : nil
    order = CallOrder(
      inPlaceOf: offers.map(\.order), maxOutput: most.cap, reserved: reserved,
      reservedTokens: first.step.isBounded ? most.cap.map { $0 + input } : nil)
    self.offers = offers
    self.composer = composer
    self.chat = chat
    self.family = family
  }

  private struct Output {
    /// Nil if nothing limits it.
    let cap: Int64?
  }

  /// The most the one answer may have; nil if what is left of what was set aside is too little.
  private static func output(
    _ offers: [BatchOffer], input: Int64, mostOfModel: Int64?
  ) -> Output? {
    guard let first = offers.first else { return nil }
    let caps = offers.map(\.order.maxOutput)
    var cap = mostOfModel ?? .max
    var need: Int64 = 0
    for most in caps {
      need += min(most ?? .max, BatchFit.ordinaryAnswer) + BatchComposer.answerFrame
    }
    if !caps.contains(nil) {
      let sum = caps.reduce(Int64(0)) { sum, cap in
        sum + min(cap ?? 0, 1 << 40) + BatchComposer.answerFrame
      }
      cap = min(cap, sum)
    }
    let money = offers.compactMap(\.order.reserved)
    if money.count == offers.count {
      let all = money.reduce(Money.zero, +)
      cap = min(cap, first.step.tariff.affordableOutput(within: all, input: input) ?? -1)
    }
    let tokens = offers.compactMap(\.order.reservedTokens)
    if tokens.count == offers.count {
      let all = tokens.reduce(Int64(0)) { $0 + min($1, 1 << 40) }
      cap = min(cap, all - input)
    }
    guard cap >= min(need, mostOfModel ?? .max) else { return nil }
    return Output(cap: cap == .max ? nil : cap)
  }

  // MARK: What came of it

  /// Makes the call; one word for each request, in their order.
  func words(by runner: RequestRunner) async -> [BatchWord] {
    let plan = offers[0].plan
    let reading = await runner.place(order, plan) { call in
      call.body(for: chat, plan: plan, streaming: false)
    }
    return words(reading.event, reading.record)
  }

  private func words(_ event: LadderEvent, _ record: CallRecord) -> [BatchWord] {
    var items = [BatchAnswers.Item](repeating: .missing, count: offers.count)
    let billing: Billing
    switch event {
    case .answered(let facts):
      billing = facts.usage.map(Billing.usage) ?? facts.bound.map(Billing.atMost) ?? .unknown
      if facts.finish != .contentFilter, let text = record.response?.text {
        items = BatchAnswers(text, for: composer.ids, composer.form).items
      }
    case .failed(let fault): billing = fault.billing
    case .cancelled(let known), .timeUp(let known): billing = known
    case .gate: billing = .unknown
    }
    let lengths = items.map { item -> TokenEstimate in
      guard case .answer(let text) = item else { return .zero }
      return TokenEstimate(text: text.utf8.span, family: family)
    }
    for place in offers.indices {
      guard let most = offers[place].order.maxOutput, lengths[place].low > most else { continue }
      // Alone it would have been cut there.
      items[place] = .malformed
    }
    let bill = CallBill(
      billing, by: offers[0].step.tariff, reserved: order.reserved,
      reservedTokens: order.reservedTokens)
    let parts = offers.indices.map { place in
      BatchShares.Part(
        input: offers[place].question(family).expected, output: lengths[place].expected,
        money: offers[place].order.reserved, tokens: offers[place].order.reservedTokens)
    }
    let shares = BatchShares.of(bill, among: parts)
    return offers.indices.map { place in
      .read(reading(items[place], shares[place], event, record))
    }
  }

  private func reading(
    _ item: BatchAnswers.Item, _ share: CallBill, _ event: LadderEvent, _ record: CallRecord
  ) -> SharedReading {
    var record = record
    record.counted = share.usage
    record.usage = share.usage.map(OpenAIWire.Usage.init)
    record.estimate = nil
    let whole = record.response
    record.response = nil
    var problem: String?
    let told: LadderEvent
    switch event {
    case .answered(let facts):
      if case .answer(let text) = item {
        var answer = AnswerFacts(text: text, usage: share.usage, latency: facts.latency)
        answer.share = share
        record.response = ChatResponse(
          id: whole?.id, model: whole?.model, created: whole?.created,
          systemFingerprint: whole?.systemFingerprint,
          choices: [ChatResponse.Choice(text: text, finish: .stop)], usage: record.usage)
        told = .answered(answer)
      } else {
        problem = item.word
        record.problem = "the batch has no answer for it that can be used"
        told = .failed(Self.alone(share, facts.latency))
      }
    case .failed(var fault):
      fault.billing = .share(share)
      fault.isOfBatch = record.cause?.isOfOneRequest ?? false
      told = .failed(fault)
    case .cancelled, .timeUp, .gate: told = .cancelled(.share(share))
    }
    record.batch = .shared(
      name: composer.mark, size: offers.count, problem: problem)
    return SharedReading(event: told, record: record, share: share)
  }

  private static func alone(_ share: CallBill, _ latency: Milliseconds) -> CallFault {
    var fault = CallFault(
      .unavailable, billing: .share(share), isRepeatable: false, latency: latency)
    fault.isOfBatch = true
    return fault
  }
}

extension BatchOffer {
  fileprivate func question(_ family: TokenFamily) -> TokenEstimate {
    TokenEstimate(text: request.question.utf8.span, family: family)
  }
}

extension CallCause {
  /// Whether a provider turned the request away for what stands in it: one of several may be why.
  fileprivate var isOfOneRequest: Bool {
    switch self {
    case .provider(let kind, _):
      switch kind {
      case .tooLong, .filtered, .badRequest: true
      case .unavailable, .limited, .unauthorized, .unpaid, .notFound: false
      }
    case .unreachable, .silent, .broken, .unsent, .held: false
    }
  }
}

extension OpenAIWire.Usage {
  /// In the convention of the wire: what was cached and what was written are parts of the prompt.
  fileprivate init(_ usage: RoutingRuntime.Usage) {
    self.init(
      prompt: usage.input, completion: usage.output, cached: usage.cachedInput,
      cacheWritten: usage.cacheWrite, cacheWrittenLong: usage.cacheWriteLong,
      reasoning: usage.reasoning)
  }
}
